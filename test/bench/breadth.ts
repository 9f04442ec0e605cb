import Keyv from 'keyv';
import {createGate} from '../../source/collect/gate.js';
import type {Resource} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {serialization} from '../../source/store/entry-codec.js';
import {credentials} from './account.js';
import {bareSdk, inTurn} from './collecting.js';
import {endpointProcess} from './endpoint.js';
import {type Figure, milliseconds, quickest} from './figures.js';
import {formulaOf} from './first-look-formula.js';

const regions = ['us-east-1', 'eu-west-1'] as const;
const accountId = '123456789012';

const warmUp = 12;
const rounds = 9;

/** A first look at the typical account with all services over two Regions, limits off. */
export const measureBreadth = async (): Promise<readonly Figure[]> => {
	const endpoint = await endpointProcess('typical');
	Object.assign(process.env, credentials);
	const config = {profile: undefined, roleArn: undefined, externalId: undefined, endpointUrl: endpoint.url, regions};
	const once = async () => {
		const gate = createGate({
			config: {...config, limits: {share: Number.POSITIVE_INFINITY}},
			cache: new Keyv({serialization}),
			slowInBackground: false,
		});
		const cpu = process.cpuUsage();
		const resources: Resource[] = [];
		const findings = new Map<string, number>();
		let calls = 0;
		for (const service of services) {
			for (const awsRegion of service.scope === 'regional' ? regions : [service.scope.homeRegion]) {
				const {outcome} = await gate.collect(
					service,
					{accountId, awsRegion, service: service.id, tier: 'full'},
					{
						watermark: undefined,
						signal: new AbortController().signal,
						async onBatch(batch) {
							resources.push(...batch.resources);
							findings.set(service.id, (findings.get(service.id) ?? 0) + batch.findings.length);
						},
					},
				);
				calls += outcome.calls;
			}
		}

		const {user, system} = process.cpuUsage(cpu);
		await gate.close();
		return {calls, cpuMs: (user + system) / 1000, resources, findings};
	};

	// V8 goes on compiling for a dozen rounds, in threads whose time counts; the budget is for a daemon that runs for days.
	for (let round = 0; round < warmUp; round++) {
		await once();
	}

	const bare = await bareSdk(endpoint.url);
	const {looks, bareMs} = await inTurn(rounds, once, bare.callMs);
	bare.close();
	const cpuMs = quickest(looks.map(look => look.cpuMs));
	const {calls = 0, resources = [], findings = new Map<string, number>()} = looks[0] ?? {};
	await endpoint.stop();
	const {section6, besides} = formulaOf(services, regions.length, {
		of: (resourceType, where = () => true) =>
			resources.filter(resource => resource.resourceType === resourceType && where(resource.configuration)).length,
		found: service => findings.get(service) ?? 0,
	});
	const expected = section6 + besides;
	return [
		{
			name: `first look at the typical account, ${services.length} services over 2 Regions: CPU per call, quickest of ${rounds}`,
			budget: '≤ 0.5 ms',
			measured: milliseconds(cpuMs / calls),
			baseline: `${milliseconds(bareMs)} SDK alone`,
			ratio: (cpuMs / calls / bareMs).toFixed(2),
			within: cpuMs / calls <= 0.5,
		},
		{
			name: 'the same: calls',
			budget: '≤ 1.1 x formula',
			measured: String(calls),
			baseline: `${section6} by §6, ${besides} besides`,
			ratio: (calls / expected).toFixed(2),
			within: calls <= 1.1 * expected,
		},
	];
};
