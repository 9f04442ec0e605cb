import {DescribeKeyCommand, KMSClient} from '@aws-sdk/client-kms';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';
import {organizations} from '../../mocks/services/organizations.js';
import {shield} from '../../mocks/services/shield.js';

let endpoint: Endpoint;
afterEach(() => endpoint.close());

const stateOfPayments = async (): Promise<string | undefined> => {
	const client = new KMSClient({endpoint: endpoint.url, region: 'us-east-1', credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'}});
	const {KeyMetadata} = await client.send(new DescribeKeyCommand({KeyId: 'alias/prod/payments'}));
	return KeyMetadata?.KeyState;
};

describe('the timeline', () => {
	it('moves the account when it is told to, round after round', async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		expect(await stateOfPayments()).toBe('Enabled');
		for (const round of [0, 1, 2]) {
			endpoint.timeline.advance(round === 0 ? 25 : 300 - 130 + 25);
			expect(await stateOfPayments()).toBe('PendingDeletion');
			endpoint.timeline.advance(75);
			expect(await stateOfPayments()).toBe('Disabled');
			endpoint.timeline.advance(30);
			expect(await stateOfPayments()).toBe('Enabled');
		}
		expect(endpoint.timeline.events[0]).toMatchObject({
			service: 'kms',
			awsRegion: 'us-east-1',
			what: 'prod/payments is scheduled for deletion',
		});
	});

	it('moves by itself at the speed it was given', async () => {
		endpoint = await startEndpoint({scenario: 'typical', speed: 1000});
		await vi.waitFor(async () => expect(await stateOfPayments()).toBe('PendingDeletion'), {timeout: 5000, interval: 5});
		await vi.waitFor(async () => expect(await stateOfPayments()).toBe('Enabled'), {timeout: 5000, interval: 5});
	});

	it('can be moved from another process', async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		await fetch(`${endpoint.url}/_vedette/timeline?seconds=25`, {method: 'POST'});
		expect(await stateOfPayments()).toBe('PendingDeletion');
	});

	it('ends a round where it began, also for what an account has only once', async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		const stateNow = () =>
			structuredClone({
				organizations: endpoint.world.state(organizations, 'us-east-1'),
				shield: endpoint.world.state(shield, 'us-east-1'),
			});
		const atStart = stateNow();
		endpoint.timeline.advance(140);
		expect(stateNow().organizations).not.toEqual(atStart.organizations);
		endpoint.timeline.advance(135);
		expect(stateNow().shield).not.toEqual(atStart.shield);
		endpoint.timeline.advance(24);
		expect(stateNow()).toEqual(atStart);
	});

	it('leaves the account still by default', async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		expect(endpoint.timeline.events).toEqual([]);
	});
});
