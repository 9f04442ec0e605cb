import {describe, expect, test} from 'vitest';
import type {Detail, Judgement} from '../../source/model/index.js';
import {detailLines, leadingCommand} from '../../source/view/detail.js';
import {createLook} from '../../source/view/look.js';
import {paint, plainTheme} from '../../source/view/theme.js';
import {catalogue, keyDetail, keyEntry, now} from './fixtures/account.js';

const look = createLook({theme: plainTheme})(now);
const textOf = (detail: Detail, ruleId?: string): string =>
	detailLines(detail, {catalogue, ruleId, terraform: false}, look, 140)
		.map(line => paint(line, plainTheme).trimEnd())
		.join('\n');

const withJudgements = (judgements: readonly Judgement[], unread = keyEntry.resource.unread): Detail => ({
	...keyDetail,
	entry: {...keyEntry, judgements, resource: {...keyEntry.resource, unread}},
});

describe('The detail', () => {
	test('leads with the worst answer, or with the one that was asked about', () => {
		expect(textOf(keyDetail).split('\n')[0]).toMatch(/^ ■ CRITICAL {3}scheduled for deletion/u);
		expect(textOf(keyDetail, 'kms-grants-known').split('\n')[0]).toMatch(/^ \? UNKNOWN {3}its grants could not be read/u);
	});

	test('says which permission lifts an UNKNOWN, and where to get it', () => {
		expect(textOf(keyDetail)).toMatch(/unread +kms:ListGrants denied \(AccessDeniedException\)\n +lift with +vedette policy --for kms/u);
	});

	test('says of tags that they could not be read, and gives what was not read no age', () => {
		expect(textOf(keyDetail)).toContain(' Tags\n');
		const [refusal] = Object.values(keyEntry.resource.unread);
		if (refusal === undefined) {
			throw new TypeError('the fixture has a refusal');
		}

		const tags = {...refusal, operation: 'GetResources', iamAction: 'tag:GetResources'};
		const text = textOf(withJudgements(keyEntry.judgements, {...keyEntry.resource.unread, GetResources: tags}));
		expect(text).toMatch(/ Tags\n {3}\? tag:GetResources was denied/u);
		const told = keyEntry.judgements.map(each => ({...each, evidence: {expected: 'e', observed: 'o', operation: 'ListGrants'}}));
		expect(textOf(withJudgements(told, {}))).toMatch(/known by +ListGrants, read /u);
		expect(textOf(withJudgements(told, {ListGrants: refusal}))).toMatch(/known by +ListGrants$/mu);
	});

	test('does not blame a refusal that another rule suffers from', () => {
		const unknown = keyEntry.judgements
			.filter(({verdict}) => verdict === 'UNKNOWN')
			.map(each => ({...each, ruleId: 'kms-key-public', reason: 'the policy is not JSON'}));
		expect(textOf(withJudgements(unknown))).not.toContain('ListGrants');
	});

	test('says that granting is not enough where a policy forbids it', () => {
		const [refusal] = Object.values(keyEntry.resource.unread);
		if (refusal === undefined) {
			throw new TypeError('the fixture has a refusal');
		}

		expect(textOf(withJudgements(keyEntry.judgements, {ListGrants: {...refusal, explicitDeny: true}}))).toContain(
			'granting it is not enough',
		);
	});

	test('fills the command in, quoted, and has none for what does not fail', () => {
		const options = {catalogue, ruleId: undefined, terraform: false};
		expect(leadingCommand(keyDetail, options)).toBe(
			'aws kms cancel-key-deletion --key-id 3b1c2f6e-8d41-4f0a-9c55-0aa1b2c3d4e5 --region us-east-1',
		);
		expect(leadingCommand(keyDetail, {...options, ruleId: 'kms-key-rotation'})).toBeUndefined();
	});

	test('fills the Terraform in, escaped for the quotes in which it stands', () => {
		const [lead] = keyEntry.judgements;
		const known = lead === undefined ? undefined : catalogue.rules[lead.ruleId];
		if (lead === undefined || known === undefined) {
			throw new TypeError('the fixture has a judgement of a rule');
		}

		const remediation = {...known.remediation, terraform: 'resource "x" "this" {\n  name = "{name}"\n  arn  = "{arn}/*"\n}'};
		const rules = {...catalogue.rules, [known.id]: {...known, remediation}};
		const detail = {
			...keyDetail,
			entry: {
				...keyEntry,
				judgements: [{...lead, verdict: 'FAIL' as const}],
				resource: {...keyEntry.resource, resourceName: `a "b"\n\u001b\${c}`},
			},
		};
		const lines = detailLines(detail, {catalogue: {...catalogue, rules}, ruleId: undefined, terraform: true}, look, 140);
		const text = lines.map(line => paint(line, plainTheme).trimEnd()).join('\n');
		expect(text).toContain(`name = "a \\"b\\"\\n\\u001b$\${c}"`);
		expect(text).toContain(`arn  = "${keyEntry.resource.arn}/*"`);
	});

	test('dates the fact by when its own call was answered, where that was another time', () => {
		const [rotation] = keyEntry.judgements;
		if (rotation === undefined) {
			throw new TypeError('the fixture has a judgement');
		}

		const late = {...rotation, verdict: 'FAIL' as const, evidence: {expected: 'a', observed: 'b', operation: 'GetKeyRotationStatus'}};
		expect(textOf(withJudgements([late]))).toContain('GetKeyRotationStatus, read 3 h ago');
	});

	test('says that it is gone when it is, with its history', () => {
		const text = textOf({...keyDetail, entry: undefined});
		expect(text).toContain('It is gone.');
		expect(text).toContain('History');
	});
});
