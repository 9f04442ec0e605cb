import {readFile} from 'node:fs/promises';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {describe, expect, test} from 'vitest';
import {bytesOf} from '../../source/export/bytes.js';
import {exportJson} from '../../source/export/json.js';
import {type ExportDocument, exportJsonSchema, exportSchema} from '../../source/export/schema.js';
import type {ExportSource} from '../../source/export/source.js';
import type {Entry} from '../../source/model/index.js';
import {fillCommand} from '../../source/view/remediation.js';
import {capturedAt, catalogue, header, iterate, keyEntry, place, reportedEntry} from './made-up.js';

const counts = {INFORMATIONAL: 0, LOW: 0, MEDIUM: 1, HIGH: 0, CRITICAL: 1, unknown: 1, pass: 1, notApplicable: 1, muted: 0};

const asKept = (value: Entry): string => bytesOf(JSON.stringify({value}));

const sourceOf = (entries: readonly Entry[], more: Partial<ExportSource> = {}): ExportSource => ({
	generatedAt: '2026-11-23T10:00:02.000Z',
	overview: {
		score: 50,
		coverage: 75,
		trend: [{at: capturedAt, score: 49, coverage: 75}],
		counts,
		account: {accountId: place.accountId, partition: 'aws'},
	},
	headers: [header],
	catalogue,
	countsOf: () => ({resources: 1, reportedFindings: 0}),
	resources: () => iterate([entries.map(asKept)]),
	entries: () => iterate([entries.map(asKept)]),
	expirations: () =>
		iterate([
			{
				key: 'k',
				service: 'kms',
				name: 'a',
				accountId: place.accountId,
				awsRegion: 'eu-west-1',
				what: 'key material',
				at: capturedAt,
				stale: false,
			},
		]),
	changes: () =>
		iterate([
			{
				sequence: 1,
				at: capturedAt,
				type: 'opened' as const,
				key: 'k',
				service: 'kms',
				accountId: place.accountId,
				awsRegion: 'eu-west-1',
				resourceName: 'a',
				ruleId: 'kms-key-rotation-enabled',
				title: 'x',
				after: {verdict: 'FAIL' as const, severity: 'MEDIUM' as const, reason: 'r'},
			},
		]),
	isMuted: undefined,
	fill: fillCommand,
	...more,
});

const textOf = async (source: ExportSource, options?: {ascii?: boolean}): Promise<string> => {
	let text = '';
	for await (const chunk of exportJson(source, options)) {
		text += chunk.toString();
	}

	return text;
};

// Checked by the schema in the same breath.
const documentOf = async (source: ExportSource): Promise<ExportDocument> => exportSchema.parse(JSON.parse(await textOf(source)));

const everything = [
	keyEntry('one', ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE']),
	keyEntry('two', []),
	reportedEntry('f-1'),
	reportedEntry('f-2', 'archived'),
];

describe('the document', () => {
	test('holds every verdict with its reason, and evidence with operation and time', async () => {
		const document = await documentOf(sourceOf(everything));
		expect(document.findings.map(({verdict}) => verdict)).toEqual(['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE', 'FAIL', 'NOT_APPLICABLE']);
		expect(document.findings[0]).toEqual({
			id: '123456789012/eu-west-1/kms/AWS::KMS::Key/one#kms-key-rotation-enabled',
			source: 'rule',
			service: 'kms',
			ruleId: 'kms-key-rotation-enabled',
			securityControlIds: ['KMS.4'],
			title: 'Keys should be rotated',
			verdict: 'FAIL',
			severity: 'MEDIUM',
			reason: 'alias/one is not rotated',
			evidence: {expected: 'rotation on', observed: 'rotation off', operation: 'GetKeyRotationStatus', readAt: '2026-11-23T09:00:00.000Z'},
			resource: {
				arn: 'arn:aws:kms:eu-west-1:123456789012:key/one',
				resourceType: 'AWS::KMS::Key',
				resourceId: 'one',
				resourceName: 'alias/one',
				accountId: '123456789012',
				awsRegion: 'eu-west-1',
			},
			firstObservedAt: capturedAt,
			lastObservedAt: capturedAt,
			muted: false,
			remediation: {
				text: 'Switch rotation on.',
				cli: 'aws kms enable-key-rotation --key-id one --region eu-west-1',
				url: 'https://docs.aws.amazon.com/kms/',
			},
			lastKnown: null,
			reported: null,
		});
		expect(document.findings[4]).toMatchObject({
			source: 'guardduty',
			ruleId: null,
			reported: {id: 'f-1', score: 9.1, marks: ['crypto-mining']},
		});
	});

	test('names what could not be read, and that the snapshot is not whole', async () => {
		const document = await documentOf(sourceOf(everything));
		expect(document.resources[0]?.unread).toEqual([
			{
				operation: 'ListGrants',
				status: 'denied',
				iamAction: 'kms:ListGrants',
				error: 'AccessDeniedException',
				message: 'denied on one',
				explicitDeny: false,
			},
		]);
		expect(document.coverage).toEqual({percent: 75, unknown: 1, staleSnapshots: 0, incompleteSnapshots: 1});
		expect(document.snapshots[0]?.outcome.refusals[0]).toMatchObject({operation: 'ListGrants', count: 1});
	});

	test('says that facts are stale when they are, never by leaving them out', async () => {
		const document = await documentOf(sourceOf(everything, {generatedAt: '2026-11-23T11:00:00.000Z'}));
		expect(document.snapshots[0]).toMatchObject({stale: true, capturedAt});
		expect(document.resources).toHaveLength(2);
	});

	test('of an empty cache is valid and empty, with neither score nor coverage', async () => {
		const nothing = sourceOf([], {
			headers: [],
			overview: {score: undefined, coverage: undefined, trend: [], counts, account: undefined},
			expirations: () => iterate([]),
			changes: () => iterate([]),
		});
		const document = await documentOf(nothing);
		expect(document).toMatchObject({score: {percent: null}, coverage: {percent: null}, snapshots: [], resources: [], findings: []});
	});

	test('lists findings with their members in the schema’s order, though they are written in pieces', async () => {
		const {findings} = JSON.parse(await textOf(sourceOf(everything))) as {findings: object[]};
		const order = Object.keys(exportSchema.shape.findings.element.shape);
		expect(findings.map(finding => Object.keys(finding))).toEqual(findings.map(() => order));
	});

	test('is the same bytes for the same source', async () => {
		expect(await textOf(sourceOf(everything))).toBe(await textOf(sourceOf(everything)));
	});

	test('validates against the published schema', async () => {
		const ajv = new Ajv2020({strict: true, allErrors: true});
		formats.default(ajv);
		const published: object = JSON.parse(await readFile(new URL('../../schema/export.schema.json', import.meta.url), 'utf8'));
		const validate = ajv.compile(published);
		const document: unknown = JSON.parse(await textOf(sourceOf(everything)));
		expect(validate(document), ajv.errorsText(validate.errors)).toBe(true);
		expect(validate({...(document as object), schemaVersion: 2})).toBe(false);
	});
});

describe('strings from outside', () => {
	const hostile = '\u001b]52;c;eA==\u0007\u009b31m\u202Eadmin\u200B\u{E0041}\uD800';

	test('are kept, and escaped where they could move a cursor', async () => {
		const text = await textOf(sourceOf([keyEntry(hostile)]));
		expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
		expect(text).toContain(String.raw`\u001b]52`);
		expect(exportSchema.parse(JSON.parse(text)).resources[0]?.resourceId).toBe(hostile);
	});

	test('are ASCII where that is asked for', async () => {
		const text = await textOf(sourceOf([keyEntry(hostile)]), {ascii: true});
		expect(text).toMatch(/^[\n\x20-\x7e]*$/);
		expect(exportSchema.parse(JSON.parse(text)).resources[0]?.resourceId).toBe(hostile);
	});

	test('cannot put words into the command of what was found, which stands in the place of the rule’s', async () => {
		const entry = keyEntry('one');
		const command = {cli: 'aws kms revoke {id} --from {whom}', values: {whom: "x'; rm -rf / #"}};
		const judgements = entry.judgements.map(judgement => ({...judgement, command}));
		const document = await documentOf(sourceOf([{...entry, judgements}]));
		expect(document.findings[0]?.remediation?.cli).toBe(String.raw`aws kms revoke one --from 'x'\''; rm -rf / #'`);
	});

	test('cannot put words into a command line', async () => {
		const document = await documentOf(sourceOf([keyEntry("x'; rm -rf / #")]));
		expect(document.findings[0]?.remediation?.cli).toBe(
			String.raw`aws kms enable-key-rotation --key-id 'x'\''; rm -rf / #' --region eu-west-1`,
		);
	});
});

test('a reader that takes one piece and leaves has made the writer read no more than a window', async () => {
	let read = 0;
	const many = async function* () {
		for (let index = 0; index < 100_000; index++) {
			read++;
			yield [asKept(keyEntry(`key-${index}`))];
		}
	};

	for await (const chunk of exportJson(sourceOf([], {resources: many}))) {
		expect(chunk.length).toBeLessThan(400_000);
		break;
	}

	expect(read).toBeLessThan(400);
});

/** Arrays of plain values on one line where they fit, as the formatter writes them. */
const formatted = (value: unknown): string =>
	`${JSON.stringify(value, undefined, '\t').replaceAll(
		/^(?<before>.*)\[\n(?<inside>[^[\]{}]*)\n\t+\](?<after>,?)$/gm,
		(whole, before: string, inside: string, after: string) => {
			const line = `${before}[${inside.trim().replaceAll(/,\n\t+/g, ', ')}]${after}`;
			return line.replaceAll('\t', '  ').length > 140 ? whole : line;
		},
	)}\n`;

test('the published schema is that of the code (npm run generate)', async () => {
	await expect(formatted(exportJsonSchema())).toMatchFileSnapshot('../../schema/export.schema.json');
});
