import type {Cell, Change, Entry, ExpirationRow, Json, Refusal, ResourceReference, Row, SnapshotHeader} from '../model/index.js';

/** A made-up word for a real one, the same each time. It begins with `kind`, such as `account`. */
export type Pseudonym = (kind: string, text: string) => string;

/**
 * Entries, headers and changes without the words that tell whose they are: account ids, ARNs, names, ids, tags, addresses and
 * every text in a configuration that is no word of AWS's own. Verdicts, times, Regions, types and numbers stay. Console paths are
 * emptied.
 */
export type Redactor = {
	entry(entry: Entry): Entry;
	header(header: SnapshotHeader): SnapshotHeader;
	change(change: Change): Change;
	expiration(row: ExpirationRow): ExpirationRow;
	/** Its key stays: it is asked by, and not shown. */
	row(row: Row): Row;
	account(accountId: string): string;
	/** A sentence of ours that may quote what it speaks of: `names` are replaced wherever they stand. */
	text(text: string, names?: Iterable<string>): string;
};

// Anything that looks like a name from outside, wherever it stands in a sentence.
const telling = new RegExp(
	[
		String.raw`(?<arn>\barn:[a-z-]+:[^\s"'(),;]+)`,
		String.raw`(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)`,
		String.raw`(?<uuid>\b(?:mrk-[\da-f]{32}|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\b)`,
		String.raw`(?<address>\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?\b|\b(?:[\da-f]{1,4}:){3,7}[\da-f:]{1,}\b)`,
		String.raw`(?<host>(?:\*\.)?\b(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}\b)`,
		String.raw`(?<id>\b(?:[a-z]{1,8}-[\da-f]{8,17}|A(?:KIA|SIA|ROA|IDA|GPA|NPA)[A-Z\d]{12,})\b)`,
		String.raw`(?<account>(?<!\d)\d{12}(?!\d))`,
	].join('|'),
	'giu',
);

// Words that AWS and we coined: enumeration values, types, Regions, actions, times, numbers.
const coined =
	/^(?:[A-Z][A-Z\d_]{1,63}|AWS::[\w:]+|(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso\w?)?-(?:north|south|east|west|central)+-\d|[a-z\d-]{2,24}:[A-Z*][A-Za-z*]{0,63}|\d{4}-\d{2}-\d{2}T[\d:.]+Z|-?\d{1,11}(?:\.\d+)?|true|false|Allow|Deny|Enabled|Disabled|CVE-\d+-\d+)?$/;
// `yes`, `every 365 days`, `RSA 2048`, `customer managed`: columns write in words and numbers, with nothing in them that a name has.
const ourWords = /^(?:yes|no|none|never|on|off|\d[\d,.]* ?[a-zA-Z%]{0,10}|(?:every|in) \d+ [a-z]+|[A-Z]{2,4}[ _]?\d{2,4})$/;

const escaped = (word: string): string => word.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);

const memberName = /^[A-Za-z][A-Za-z\d]*$/;

export const createRedactor = (pseudonym: Pseudonym): Redactor => {
	const account = (id: string): string => (id === '' ? '' : pseudonym('account', id));
	const name = (text: string): string => (text === '' ? '' : pseudonym('name', text));

	const arn = (text: string): string => {
		const [prefix = 'arn', partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
		return [prefix, partition, service, region, account(accountId), name(rest.join(':'))].join(':');
	};

	const replaceTelling = (text: string): string =>
		text.replaceAll(telling, (found: string, ...rest: unknown[]) => {
			// The last argument of a replacer is the groups, since the expression has named ones.
			const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
			if (groups['arn'] !== undefined) {
				return arn(found);
			}

			if (groups['host'] !== undefined) {
				return /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|aws\.amazon\.com)$/i.test(found) ? found : pseudonym('host', found);
			}

			// This machine tells nothing.
			if (found.startsWith('127.')) {
				return found;
			}

			const kind = ['mail', 'address', 'account', 'uuid', 'id'].find(kind => groups[kind] !== undefined);
			return pseudonym(kind ?? 'name', found);
		});

	const text = (sentence: string, names: Iterable<string> = []): string => {
		// Longest first, so that no part of a name is left beside the pseudonym of another part.
		const known = [...new Set(names)].filter(word => word.length > 2).toSorted((a, b) => b.length - a.length);
		if (known.length === 0) {
			return replaceTelling(sentence);
		}

		// Our sentences are short and their names few; a name within a longer word is replaced too, on the safe side.
		const parts = sentence.split(new RegExp(`(${known.map(word => escaped(word)).join('|')})`, 'u'));
		return parts.map((part, index) => (index % 2 === 1 ? named(part) : replaceTelling(part))).join('');
	};

	const named = (word: string): string => (word.startsWith('arn:') ? arn(word) : /^\d{12}$/.test(word) ? account(word) : name(word));

	const json = (of: unknown, names: Set<string>): Json => {
		if (typeof of === 'string') {
			if (coined.test(of)) {
				return of;
			}

			names.add(of);
			return named(of);
		}

		if (Array.isArray(of)) {
			return of.map(item => json(item, names));
		}

		if (typeof of === 'object' && of !== null) {
			return Object.fromEntries(
				Object.entries(of).map(([key, member]) => [memberName.test(key) || coined.test(key) ? key : name(key), json(member, names)]),
			);
		}

		// What is left of JSON: numbers, booleans, null; an absent member stays absent once written.
		return of as Json;
	};

	const reference = <T extends ResourceReference>(of: T, names: Set<string>): T => {
		for (const word of [of.arn, of.resourceId, of.resourceName]) {
			names.add(word);
		}

		return {
			...of,
			arn: named(of.arn),
			resourceId: named(of.resourceId),
			resourceName: named(of.resourceName),
			accountId: account(of.accountId),
		};
	};

	const refusal = <T extends Refusal>(of: T, names?: Iterable<string>): T => ({...of, message: text(of.message, names)});

	/** Cells are short texts of ours or names of theirs, and nothing tells which: what is one plain word of ours stays. */
	const cellText = (of: string): string => (coined.test(of) || ourWords.test(of) ? of : named(of));
	const cell = (of: Cell): Cell => (typeof of === 'string' ? cellText(of) : of);

	/** `account/region/service/kind/id`: the id may hold slashes. */
	const key = (of: string): string => {
		const [accountId = '', awsRegion = '', service = '', kind = '', ...id] = of.split('/');
		return [account(accountId), awsRegion, service, kind, name(id.join('/'))].join('/');
	};

	const entry = (of: Entry): Entry => {
		const names = new Set<string>();
		const bare = {
			key: key(of.key),
			cells: of.cells.map(cell),
			facts: of.facts.map(([title, fact]) => [title, cell(fact)] as const),
			consolePath: '',
		};
		if (of.entry === 'finding') {
			const {finding} = of;
			const details = Object.fromEntries(Object.entries(finding.details).map(([member, detail]) => [member, json(detail, names)]));
			const resource = reference(finding.resource, names);
			return {
				...of,
				...bare,
				finding: {
					...finding,
					id: name(finding.id),
					title: text(finding.title, names),
					reason: text(finding.reason, names),
					resource,
					details,
					...(finding.remediation && {remediation: {...finding.remediation, text: text(finding.remediation.text, names)}}),
				},
			};
		}

		const configuration = json(of.resource.configuration, names);
		const tags = Object.fromEntries(
			Object.entries(of.resource.tags).map(([tag, value]) => {
				names.add(value);
				return [tag.startsWith('aws:') ? tag : pseudonym('tag', tag), name(value)];
			}),
		);
		const resource = reference(of.resource, names);
		return {
			...of,
			...bare,
			resource: {
				...resource,
				tags,
				configuration,
				unread: Object.fromEntries(Object.entries(resource.unread).map(([operation, why]) => [operation, refusal(why, names)])),
			},
			judgements: of.judgements.map(judgement => ({
				...judgement,
				reason: text(judgement.reason, names),
				...(judgement.evidence && {
					evidence: {
						...judgement.evidence,
						expected: text(judgement.evidence.expected, names),
						observed: text(judgement.evidence.observed, names),
					},
				}),
				...(judgement.command?.values && {
					command: {
						...judgement.command,
						values: Object.fromEntries(
							Object.entries(judgement.command.values).map(([placeholder, value]) => [
								placeholder,
								// Lists, such as of types, keep what is coined.
								value
									.split(',')
									.map(one => (coined.test(one) ? one : named(one)))
									.join(','),
							]),
						),
					},
				}),
			})),
		};
	};

	return {
		entry,
		account,
		text,
		row: row => ({
			...row,
			name: named(row.name),
			accountId: account(row.accountId),
			reason: text(row.reason, [row.name]),
			cells: row.cells.map(cell),
		}),
		header: header => ({
			...header,
			accountId: account(header.accountId),
			outcome: {
				...header.outcome,
				refusals: header.outcome.refusals.map(of => refusal(of)),
				...(header.outcome.reason !== undefined && {reason: text(header.outcome.reason)}),
			},
		}),
		change: change => ({
			...change,
			key: key(change.key),
			accountId: account(change.accountId),
			resourceName: named(change.resourceName),
			title: text(change.title, [change.resourceName]),
			...(change.before && {before: {...change.before, reason: text(change.before.reason, [change.resourceName])}}),
			...(change.after && {after: {...change.after, reason: text(change.after.reason, [change.resourceName])}}),
		}),
		expiration: row => ({...row, key: key(row.key), accountId: account(row.accountId), name: named(row.name)}),
	};
};
