import {AssumeRoleCommand, GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';
import {sts} from '../../mocks/services/sts.js';

let endpoint: Endpoint;
let client: STSClient;
const role = 'arn:aws:iam::123456789012:role/team/Audit';

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	client = new STSClient({
		endpoint: endpoint.url,
		region: 'eu-west-1',
		credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
		maxAttempts: 1,
	});
});
afterAll(() => endpoint.close());

describe('the mock of STS', () => {
	it('tells the caller', async () => {
		expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
			Account: '123456789012',
			Arn: 'arn:aws:sts::123456789012:assumed-role/VedetteReadOnly/sentry',
			UserId: 'AROAEXAMPLEVEDETTE2Q7:sentry',
		});
	});

	it('gives credentials that end when they were asked to', async () => {
		const before = Date.now();
		const {Credentials, AssumedRoleUser} = await client.send(
			new AssumeRoleCommand({RoleArn: role, RoleSessionName: 'watch', DurationSeconds: 900}),
		);
		expect(Credentials?.AccessKeyId).toMatch(/^ASIA[0-9A-Z]{16}$/u);
		expect(Credentials?.SecretAccessKey).toHaveLength(40);
		expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/Audit/watch');
		const lastsMs = (Credentials?.Expiration?.getTime() ?? 0) - before;
		expect(lastsMs).toBeGreaterThan(899_000);
		expect(lastsMs).toBeLessThan(960_000);
	});

	it.each([
		['too short a time', {DurationSeconds: 60}, 'ValidationError', 400],
		['too long a time', {DurationSeconds: 50_000}, 'ValidationError', 400],
		['a session without a proper name', {RoleSessionName: 'a b'}, 'ValidationError', 400],
		['a role that is none', {RoleArn: 'arn:aws:iam::123456789012:user/x'}, 'ValidationError', 400],
		['a role of a foreign account', {RoleArn: 'arn:aws:iam::111122223333:role/x'}, 'AccessDenied', 403],
	])('refuses %s', async (_, input, name, status) => {
		await expect(client.send(new AssumeRoleCommand({RoleArn: role, RoleSessionName: 'watch', ...input}))).rejects.toMatchObject({
			name,
			$metadata: {httpStatusCode: status},
		});
	});

	it('refuses a role that does not trust us', async () => {
		endpoint.world.state(sts, 'eu-west-1').refusedRoles = [role];
		await expect(client.send(new AssumeRoleCommand({RoleArn: role, RoleSessionName: 'watch'}))).rejects.toMatchObject({
			name: 'AccessDenied',
			message: `User: arn:aws:sts::123456789012:assumed-role/VedetteReadOnly/sentry is not authorized to perform: sts:AssumeRole on resource: ${role} because no identity-based policy allows the sts:AssumeRole action`,
		});
	});
});
