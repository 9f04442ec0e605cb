import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {createRedactor} from '../../source/export/redact.js';
import {header, keyEntry, reportedEntry} from './made-up.js';

const pseudonym = (kind: string, text: string) => `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
const redactor = createRedactor(pseudonym);

const telltales = [
	'123456789012',
	'payments-main',
	'Acme',
	'acme',
	'i-0ab3456789abcdef0',
	'10.0.3.7',
	'ci-runner-7',
	'alice',
	'f-secret-1',
	'role/ops',
];

describe('a redacted export tells of no one', () => {
	test.each([
		['a resource', redactor.entry(keyEntry('payments-main'))],
		['a reported finding', redactor.entry(reportedEntry('f-secret-1'))],
		['a header', redactor.header(header)],
		[
			'a change',
			redactor.change({
				sequence: 1,
				at: header.attemptedAt,
				type: 'opened',
				key: '123456789012/eu-west-1/kms/AWS::KMS::Key/payments-main',
				service: 'kms',
				accountId: '123456789012',
				awsRegion: 'eu-west-1',
				resourceName: 'alias/payments-main',
				title: 'x',
				after: {verdict: 'FAIL', severity: 'LOW', reason: 'alias/payments-main is open to 999988887777'},
			}),
		],
		[
			'an expiration',
			redactor.expiration({
				key: '123456789012/eu-west-1/acm/x/payments-main',
				service: 'acm',
				name: 'payments-main.acme.example',
				accountId: '123456789012',
				awsRegion: 'eu-west-1',
				what: 'certificate',
				at: header.attemptedAt,
				stale: false,
			}),
		],
	])('%s', (_name, redacted) => {
		const text = JSON.stringify(redacted);
		expect(telltales.filter(word => text.includes(word))).toEqual([]);
		expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
	});
});

test('what is AWS’s and ours stays', () => {
	const text = JSON.stringify(redactor.entry(keyEntry('payments-main')));
	for (const kept of [
		'eu-west-1',
		'AWS::KMS::Key',
		'kms:ListGrants',
		'AccessDeniedException',
		'GetKeyRotationStatus',
		'is not rotated',
		'Enabled',
		'365',
		'2026-11-23T09:00:00.000Z',
	]) {
		expect(text).toContain(kept);
	}
});

test('the same name has the same stand-in wherever it stands, in a sentence too', () => {
	const entry = redactor.entry(keyEntry('payments-main'));
	if (entry.entry !== 'resource') {
		throw new TypeError('Expected a resource');
	}

	expect(entry.judgements[0]?.reason).toBe(`${entry.resource.resourceName} is not rotated`);
	expect(entry.resource.arn).toBe(
		`arn:aws:kms:eu-west-1:${pseudonym('account', '123456789012')}:${pseudonym('name', 'key/payments-main')}`,
	);
});

test('what a command names has a stand-in', () => {
	const entry = keyEntry('payments-main');
	const command = {
		cli: 'aws x {whom} {thing} {types} {region}',
		values: {whom: '999988887777', thing: 'snap-payments', types: 'EC2,ELB', where: 'us-west-2'},
	};
	const redacted = redactor.entry({...entry, judgements: entry.judgements.map(judgement => ({...judgement, command}))});
	expect(redacted.entry === 'resource' && redacted.judgements[0]?.command).toEqual({
		cli: command.cli,
		values: {
			whom: pseudonym('account', '999988887777'),
			thing: pseudonym('name', 'snap-payments'),
			types: 'EC2,ELB',
			where: 'us-west-2',
		},
	});
});

test('AWS’s own hosts are no secret', () => {
	expect(redactor.text('allowed for kms.amazonaws.com and api.acme.example')).toBe(
		`allowed for kms.amazonaws.com and ${pseudonym('host', 'api.acme.example')}`,
	);
});
