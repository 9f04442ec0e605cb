import type {CatalogueRule, Refusal, ResourceReference} from '../model/index.js';
import {snapshotKey} from '../model/index.js';
import {type Bytes, bytesOf, textOf} from './bytes.js';
import {type RawObject, readObject, readObjects, stringIn} from './raw-json.js';
import type {ExportedFinding, ExportedRefusal} from './schema.js';
import type {ExportSource} from './source.js';

type Members = RawObject['members'];
type EntryWriter = {
	/** The resources among the entries, each as JSON text. */
	resources(texts: readonly Bytes[]): Iterable<Bytes>;
	/** What the rules and the services say in these entries, each finding as JSON text. */
	findings(texts: readonly Bytes[]): Iterable<Bytes>;
};

/** As `JSON.stringify({value: entry})` begins, and goes on after a resource. The type of an entry is its first member. */
const wrapper = '{"value":';
const typeAt = '{"value":{"entry":'.length;
const judgementsFollow = ',"judgements":';

/**
 * Entries as the export has them, from the text in which the cache keeps them. A large account has a hundred thousand findings of
 * two kilobytes: most of that is passed on as it is, so it never becomes values. What a rule or a resource always says is
 * put together once. The members' order is that of the schema, checked by test. A text that is no entry is left out.
 */
export const entryWriter = (source: ExportSource): EntryWriter => {
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

	const judgementsOf = function* (entry: Members, resource: Members, judgements: Iterable<RawObject>): Generator<Bytes> {
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
		const readAt = readObject(resource.get('readAt') ?? '{}', 0)?.members;
		for (const {members: judgement} of judgements) {
			const rawRule = judgement.get('ruleId');
			const ruleId = ruleIdIn(rawRule);
			if (rawRule === undefined || ruleId === undefined) {
				continue;
			}

			const {identity, rule} = ruleParts(ruleId);
			const verdict = raw(judgement, 'verdict');
			const needsDoing = verdict === '"FAIL"' || verdict === '"UNKNOWN"';
			yield `${begin}${rawRule.slice(1, -1)}${middle}${identity},"verdict":${verdict},"severity":${raw(judgement, 'severity')},"reason":${raw(judgement, 'reason')},"evidence":${evidenceText(judgement.get('evidence'), readAt, lastObservedAt)}${shared}${raw(judgement, 'firstObservedAt')},"lastObservedAt":${lastObservedAt},"muted":${isMuted?.(referred(), ruleId) ?? false},"remediation":${
				rule !== undefined && needsDoing ? bytesOf(JSON.stringify(toRemediation(rule, referred(), source))) : 'null'
			},"lastKnown":${raw(judgement, 'lastKnown')},"reported":null}`;
		}
	};

	const reportedOf = (entry: Members, finding: Members): string => {
		const reference = referenceText(readObject(finding.get('resource') ?? '{}', 0)?.members);
		const muted = isMuted?.(parseReference(reference), ruleIdIn(finding.get('type')) ?? '') ?? false;
		// A finding that its own service has laid aside no longer fails anything.
		const verdict = finding.get('recordState') === '"active"' ? 'FAIL' : 'NOT_APPLICABLE';
		return `{"id":${raw(entry, 'key')},"source":${raw(finding, 'source')},"service":${raw(entry, 'service')},"ruleId":null,"securityControlIds":[],"title":${raw(finding, 'title')},"verdict":"${verdict}","severity":${raw(finding, 'severity')},"reason":${raw(finding, 'reason')},"evidence":null,"resource":${reference},"firstObservedAt":${raw(finding, 'firstObservedAt')},"lastObservedAt":${raw(finding, 'lastObservedAt')},"muted":${muted},"remediation":${reportedRemediationText(finding.get('remediation'))},"lastKnown":null,"reported":{"id":${raw(finding, 'id')},"type":${raw(finding, 'type')},"score":${raw(finding, 'score')},"recordState":${raw(finding, 'recordState')},"marks":${raw(finding, 'marks')},"updatedAt":${raw(finding, 'updatedAt')},"details":${raw(finding, 'details')}}}`;
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
					yield reportedOf(head.members, body.members);
				} else if (head !== undefined && body !== undefined && text.startsWith(judgementsFollow, body.end)) {
					yield* judgementsOf(head.members, body.members, readObjects(text, body.end + judgementsFollow.length));
				} else {
					// In another order than that in which we write.
					const entry = readResource(text);
					const resource = readObject(entry?.get('resource') ?? '', 0)?.members;
					const judgements = readObjects(entry?.get('judgements') ?? '', 0);
					yield* entry === undefined || resource === undefined ? [] : judgementsOf(entry, resource, judgements);
				}
			}
		},
	};
};

const raw = (members: Members | undefined, name: string): string => members?.get(name) ?? 'null';

const readEntry = (text: string, until?: string): RawObject | undefined =>
	text.startsWith(wrapper) ? readObject(text, wrapper.length, until) : undefined;

const readResource = (text: string): Members | undefined => {
	const entry = readEntry(text)?.members;
	return entry?.get('entry') === '"resource"' ? entry : undefined;
};

const resourceText = (entry: Members, capturedAt: string): string => {
	const resource = readObject(entry.get('resource') ?? '{}', 0)?.members ?? new Map<string, string>();
	const configuration = resource.get('configuration');
	const unread = resource.get('unread') ?? '{}';
	return `${referenceText(resource).slice(0, -1)},"service":${raw(entry, 'service')},"tags":${resource.get('tags') ?? '{}'}${
		configuration === undefined ? '' : `,"configuration":${configuration}`
	},"unread":${unread === '{}' ? '[]' : unreadText(unread)},"capturedAt":${capturedAt},"readAt":${resource.get('readAt') ?? '{}'},"firstObservedAt":${raw(entry, 'firstObservedAt')},"usdPerMonth":${raw(entry, 'usdPerMonth')}}`;
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

const referenceText = (resource: Members | undefined): string =>
	`{"arn":${raw(resource, 'arn')},"resourceType":${raw(resource, 'resourceType')},"resourceId":${raw(resource, 'resourceId')},"resourceName":${raw(resource, 'resourceName')},"accountId":${raw(resource, 'accountId')},"awsRegion":${raw(resource, 'awsRegion')}}`;

// Its members are those that `referenceText` has written.
const parseReference = (text: string): ResourceReference => JSON.parse(textOf(text)) as ResourceReference;

const ruleIdIn = (text: string | undefined): string | undefined => {
	const ruleId = stringIn(text);
	return ruleId === undefined ? undefined : textOf(ruleId);
};

const evidenceText = (text: string | undefined, readAt: Members | undefined, capturedAt: string): string => {
	const evidence = text === undefined ? undefined : readObject(text, 0)?.members;
	if (evidence === undefined) {
		return 'null';
	}

	const operation = raw(evidence, 'operation');
	const at = readAt === undefined || readAt.size === 0 ? undefined : readAt.get(operation.slice(1, -1));
	return `{"expected":${raw(evidence, 'expected')},"observed":${raw(evidence, 'observed')},"operation":${operation},"readAt":${at ?? capturedAt}}`;
};

const toRemediation = (
	{remediation}: CatalogueRule,
	resource: ResourceReference,
	source: ExportSource,
): ExportedFinding['remediation'] => ({
	text: remediation.text,
	cli: remediation.cli === undefined ? null : source.fill(remediation.cli, resource),
	url: remediation.url,
});

const reportedRemediationText = (text: string | undefined): string => {
	const remediation = text === undefined ? undefined : readObject(text, 0)?.members;
	return remediation === undefined ? 'null' : `{"text":${raw(remediation, 'text')},"cli":null,"url":${raw(remediation, 'url')}}`;
};
