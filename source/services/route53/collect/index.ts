import {Route53Client} from '@aws-sdk/client-route-53';
import {defineCollector, type Yielded} from '../../../model/index.js';
import {healthCheckType} from '../rules/health-check.js';
import {zoneType} from '../rules/zone.js';
import {commands, type ListedZone, type Route53} from './commands.js';
import {readableName} from './entries.js';
import {toHealthCheck} from './health-check.js';
import {bareId, readQueryLogs, toZone} from './zone.js';

type Identified = {readonly id: string; readonly zone: ListedZone};

async function* zones(aws: Route53): AsyncGenerator<Yielded, void, undefined> {
	let complete = true;
	const listed: Identified[] = [];
	// All of them before the first is read: its records may lead to names of any other.
	for await (const {HostedZones = []} of aws.pages('ListHostedZones', {MaxItems: 100})) {
		for (const zone of HostedZones) {
			if (zone.Id === undefined) {
				aws.facts().missing('ListHostedZones', 'Id');
				complete = false;
			} else {
				listed.push({id: bareId(zone.Id), zone});
			}
		}
	}

	// Those of private zones are answered inside VPCs alone: no public record leads on to one.
	const zoneNames = new Set(
		listed.flatMap(({zone: {Name, Config}}) =>
			Name === undefined || Config?.PrivateZone === true ? [] : readableName(Name).toLowerCase(),
		),
	);
	// Asked when the first zone is there: where there are none, or none may be listed, nothing is logged.
	let logs: ReturnType<typeof readQueryLogs> | undefined;
	const toResource = async ({id, zone}: Identified) => {
		logs ??= readQueryLogs(aws);
		return toZone(aws, zone, id, await logs, zoneNames);
	};

	for await (const resource of aws.each(listed, toResource)) {
		yield {yields: 'resource', resource};
	}

	if (complete) {
		yield {yields: 'complete', of: zoneType};
	}
}

/** A refusal of this listing is noted and costs health checks alone. */
async function* healthChecks(aws: Route53): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListHealthChecks', {MaxItems: 100});
	if (!pages) {
		return;
	}

	let complete = true;
	for (const check of pages.flatMap(({HealthChecks}) => HealthChecks ?? [])) {
		if (check.Id === undefined) {
			facts.missing('ListHealthChecks', 'Id');
			complete = false;
		} else {
			yield {yields: 'resource', resource: toHealthCheck(aws, check, check.Id)};
		}
	}

	if (complete) {
		yield {yields: 'complete', of: healthCheckType};
	}
}

export const collector = defineCollector({
	client: Route53Client,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		yield* zones(aws);
		yield* healthChecks(aws);
	},
});
