import type {CatalogueRule, CommandLine, Refusal, ResourceReference} from '../model/index.js';
import {snapshotKey} from '../model/index.js';
import {type Bytes, bytesOf, textOf} from './bytes.js';
import {type RawObject, readObject, readObjects, stringIn} from './raw-json.js';
import type {ExportedFinding, ExportedRefusal} from './schema.js';
import type {ExportSource} from './source.js';

/** What an entry's lines say besides the entry. */
export type WriterSource = Pick<ExportSource, 'headers' | 'catalogue' | 'isMuted' | 'fill'>;

export type EntryWriter = {
	/** The resources among the entries, each as JSON text. */
	resources(texts: readonly Bytes[]): Iterable<Bytes>;
	/** What the rules and the services say in these entries, each finding as JSON text. */
	findings(texts: readonly Bytes[]): Iterable<Bytes>;
};

// Members that stand next to each other in the cache as they do in the export.
const judgedNames = ['verdict', 'severity', 'reason'];
const evidenceNames = ['expected', 'observed', 'operation'];
const observedNames = ['firstObservedAt', 'lastObservedAt'];
const stateNames = ['score', 'recordState', 'marks'];

/** As `JSON.stringify({value: entry})` begins, and goes on after a resource. The type of an entry is its first member. */
const wrapper = '{"value":';
const typeAt = '{"value":{"entry":'.length;
const judgementsFollow = ',"judgements":';

/**
 * Entries as the export has them, from the text in which the cache keeps them. A large account has a hundred thousand findings of
 * two kilobytes: most of that is passed on as it is, so it never becomes values. What a rule or a resource always says is
 * put together once. The members' order is that of the schema, checked by test. A text that is no entry is left out.
 */
export const entryWriter = (source: WriterSource): EntryWriter => {
	const {isMuted} = source;
	const capturedAt = new Map(source.headers.map(header => [bytesOf(snapshotKey(header)), JSON.stringify(header.capturedAt ?? null)]));
	// By the key, not by the resource: GuardDuty in one Region may tell of a resource that is in none.
	const capturedAtOf = (key: string): string => capturedAt.get(snapshotOf(key)) ?? 'null';

	const ofRule = new Map<string, {readonly identity: string; readonly rule: CatalogueRule | undefined}>();
	const ruleParts = (ruleId: string) => {
		let parts = ofRule.get(ruleId);
		if (parts === undefined) {
			const rule = source.catalogue.rules[ruleId];
			const known: Pick<ExportedFinding, 'ruleId' | 'securityControlIds' | 'title'> = {
				ruleId,
				securityControlIds: [...(rule?.published.securityControlIds ?? [])],
				title: rule?.title ?? ruleId,
			};
			parts = {identity: bytesOf(JSON.stringify(known).slice(1, -1)), rule};
			ofRule.set(ruleId, parts);
		}

		return parts;
	};

	const judgementsOf = function* (entry: RawObject, resource: RawObject, judgements: Iterable<RawObject>): Generator<Bytes> {
		const rawKey = entry.get('key') ?? '""';
		const reference = referenceText(resource);
		// Only where a name has to be matched or put into a command.
		let parsed: ResourceReference | undefined;
		const referred = (): ResourceReference => {
			parsed ??= parseReference(reference);
			return parsed;
		};

		const begin = `{"id":${rawKey.slice(0, -1)}#`;
		const middle = `","source":"rule","service":${raw(entry, 'service')},`;
		const shared = `,"resource":${reference},"firstObservedAt":`;
		const lastObservedAt = capturedAtOf(stringIn(rawKey) ?? '');
		const readAt = readObject(resource.get('readAt') ?? '{}', 0);
		for (const judgement of judgements) {
			const rawRule = judgement.get('ruleId');
			const ruleId = ruleIdIn(rawRule);
			if (rawRule === undefined || ruleId === undefined) {
				continue;
			}

			const {identity, rule} = ruleParts(ruleId);
			const verdict = raw(judgement, 'verdict');
			const needsDoing = verdict === '"FAIL"' || verdict === '"UNKNOWN"';
			yield `${begin}${rawRule.slice(1, -1)}${middle}${identity},${written(judgement, judgedNames)},"evidence":${evidenceText(judgement.get('evidence'), readAt, lastObservedAt)}${shared}${raw(judgement, 'firstObservedAt')},"lastObservedAt":${lastObservedAt},"muted":${isMuted?.(referred(), ruleId) ?? false},"remediation":${
				rule !== undefined && needsDoing ? bytesOf(JSON.stringify(toRemediation(rule, commandIn(judgement), referred(), source))) : 'null'
			},"lastKnown":${raw(judgement, 'lastKnown')},"reported":null}`;
		}
	};

	const reportedOf = (entry: RawObject, finding: RawObject): string => {
		const reference = referenceText(readObject(finding.get('resource') ?? '{}', 0));
		const muted = isMuted?.(parseReference(reference), ruleIdIn(finding.get('type')) ?? '') ?? false;
		// A finding that its own service has laid aside no longer fails anything.
		const verdict = finding.get('recordState') === '"active"' ? 'FAIL' : 'NOT_APPLICABLE';
		return `{"id":${raw(entry, 'key')},"source":${raw(finding, 'source')},"service":${raw(entry, 'service')},"ruleId":null,"securityControlIds":[],"title":${raw(finding, 'title')},"verdict":"${verdict}","severity":${raw(finding, 'severity')},"reason":${raw(finding, 'reason')},"evidence":null,"resource":${reference},${written(finding, observedNames)},"muted":${muted},"remediation":${reportedRemediationText(finding.get('remediation'))},"lastKnown":null,"reported":{"id":${raw(finding, 'id')},"type":${raw(finding, 'type')},${written(finding, stateNames)},"updatedAt":${raw(finding, 'updatedAt')},"details":${raw(finding, 'details')}}}`;
	};

	return {
		*resources(texts) {
			for (const text of texts) {
				const entry = readResource(text);
				if (entry !== undefined) {
					yield resourceText(entry, capturedAtOf(stringIn(entry.get('key')) ?? ''));
				}
			}
		},
		*findings(texts) {
			for (const text of texts) {
				// Cells and facts, a third of an entry, come last: they are not looked at.
				const isReported = text.startsWith('"finding"', typeAt);
				const head = readEntry(text, isReported ? 'finding' : 'resource');
				const body = head === undefined ? undefined : readObject(text, head.end);
				if (head !== undefined && body !== undefined && isReported) {
					yield reportedOf(head, body);
				} else if (head !== undefined && body !== undefined && text.startsWith(judgementsFollow, body.end)) {
					yield* judgementsOf(head, body, readObjects(text, body.end + judgementsFollow.length));
				} else {
					// In another order than that in which we write.
					const entry = readResource(text);
					const resource = readObject(entry?.get('resource') ?? '', 0);
					const judgements = readObjects(entry?.get('judgements') ?? '', 0);
					yield* entry === undefined || resource === undefined ? [] : judgementsOf(entry, resource, judgements);
				}
			}
		},
	};
};

const raw = (members: RawObject | undefined, name: string): string => members?.get(name) ?? 'null';

/** These members, `"a":1,"b":2`, null where there is none. Mostly they stand there just so, and are passed on in one piece. */
const written = (object: RawObject | undefined, names: readonly string[]): string =>
	object?.run(names) ?? names.map(name => `"${name}":${raw(object, name)}`).join();

const readEntry = (text: string, until?: string): RawObject | undefined =>
	text.startsWith(wrapper) ? readObject(text, wrapper.length, until) : undefined;

const readResource = (text: string): RawObject | undefined => {
	const entry = readEntry(text);
	return entry?.get('entry') === '"resource"' ? entry : undefined;
};

const resourceText = (entry: RawObject, capturedAt: string): string => {
	const resource = readObject(entry.get('resource') ?? '{}', 0);
	const configuration = resource?.get('configuration');
	const unread = resource?.get('unread') ?? '{}';
	return `${referenceText(resource).slice(0, -1)},"service":${raw(entry, 'service')},"tags":${resource?.get('tags') ?? '{}'}${
		configuration === undefined ? '' : `,"configuration":${configuration}`
	},"unread":${unread === '{}' ? '[]' : unreadText(unread)},"capturedAt":${capturedAt},"readAt":${resource?.get('readAt') ?? '{}'},"firstObservedAt":${raw(entry, 'firstObservedAt')},"usdPerMonth":${raw(entry, 'usdPerMonth')}}`;
};

// Only collectors write them, as `Resource` has it.
const unreadText = (unread: string): string =>
	JSON.stringify(Object.values(JSON.parse(unread) as Readonly<Record<string, Refusal>>).map(refusal => toRefusal(refusal)));

export const toRefusal = ({operation, status, iamAction, error, message, explicitDeny = false}: Refusal): ExportedRefusal => ({
	operation,
	status,
	iamAction,
	error,
	message,
	explicitDeny,
});

/** The first three of `account/region/service/kind/id`. */
const snapshotOf = (key: string): string => key.slice(0, key.indexOf('/', key.indexOf('/', key.indexOf('/') + 1) + 1));

const referenceNames = ['arn', 'resourceType', 'resourceId', 'resourceName', 'accountId', 'awsRegion'];

const referenceText = (resource: RawObject | undefined): string => `{${written(resource, referenceNames)}}`;

// Its members are those that `referenceText` has written.
const parseReference = (text: string): ResourceReference => JSON.parse(textOf(text)) as ResourceReference;

const ruleIdIn = (text: string | undefined): string | undefined => {
	const ruleId = stringIn(text);
	return ruleId === undefined ? undefined : textOf(ruleId);
};

const evidenceText = (text: string | undefined, readAt: RawObject | undefined, capturedAt: string): string => {
	const evidence = text === undefined ? undefined : readObject(text, 0);
	if (evidence === undefined) {
		return 'null';
	}

	const operation = raw(evidence, 'operation');
	const at = readAt === undefined || readAt.size === 0 ? undefined : readAt.get(operation.slice(1, -1));
	return `{${written(evidence, evidenceNames)},"readAt":${at ?? capturedAt}}`;
};

/** As the rule gave it: what is kept was made by this program. */
const commandIn = (judgement: RawObject): CommandLine | undefined => {
	const text = judgement.get('command');
	return text === undefined ? undefined : (JSON.parse(text) as CommandLine);
};

const toRemediation = (
	{remediation}: CatalogueRule,
	command: CommandLine | undefined,
	resource: ResourceReference,
	source: WriterSource,
): ExportedFinding['remediation'] => ({
	text: remediation.text,
	cli:
		command !== undefined
			? source.fill(command.cli, resource, command.values)
			: remediation.cli === undefined
				? null
				: source.fill(remediation.cli, resource),
	url: remediation.url,
});

const reportedRemediationText = (text: string | undefined): string => {
	const remediation = text === undefined ? undefined : readObject(text, 0);
	return remediation === undefined ? 'null' : `{"text":${raw(remediation, 'text')},"cli":null,"url":${raw(remediation, 'url')}}`;
};
