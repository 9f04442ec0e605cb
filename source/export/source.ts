import type {Catalogue, Change, CommandLine, ExpirationRow, Overview, ResourceReference, SnapshotHeader} from '../model/index.js';
import type {Bytes} from './bytes.js';
import type {ExportedSnapshot} from './schema.js';

/** All that an export is made of. The iterables are read once each, in order, and no faster than the reader takes the text. */
export type ExportSource = {
	readonly generatedAt: string;
	readonly overview: Pick<Overview, 'score' | 'coverage' | 'trend' | 'counts' | 'account'>;
	readonly headers: readonly SnapshotHeader[];
	readonly catalogue: Catalogue;
	countsOf(header: SnapshotHeader): ExportedSnapshot['counts'];
	/** Entries in key order, some at a time, each as the cache keeps it: `{"value": entry}` in JSON. May leave out those that are no resources. */
	resources(): AsyncIterable<readonly Bytes[]>;
	entries(): AsyncIterable<readonly Bytes[]>;
	expirations(): AsyncIterable<ExpirationRow>;
	changes(): AsyncIterable<Change>;
	/** Whether somebody accepts this finding: the rule's id or the reported type. Undefined where nobody accepts any. */
	readonly isMuted: ((resource: ResourceReference, ruleId: string) => boolean) | undefined;
	/** A command line with the resource's words, and the values, in the template's places, quoted for a shell. */
	fill(template: string, resource: ResourceReference, values?: CommandLine['values']): string;
};
