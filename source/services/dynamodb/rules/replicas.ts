import {type Answer, msBetween, type Rule, type Severity, spanInWords, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {fateOf} from './deadlines.js';
import {inRegions, isLegacy, judgedElsewhere, type Replica, regionsOf, type Table} from './table.js';

/** What is wrong with a replica of each status that is no good, and how bad that is. */
const trouble: Readonly<Record<string, readonly [what: string, severity: Severity]>> = {
	INACCESSIBLE_ENCRYPTION_CREDENTIALS: ['cannot use its key', 'CRITICAL'],
	REPLICATION_NOT_AUTHORIZED: ['may not replicate: a policy stands in the way', 'HIGH'],
	REGION_DISABLED: ['is in a Region that was disabled', 'HIGH'],
	CREATION_FAILED: ['could not be made', 'HIGH'],
	ARCHIVING: ['is being archived', 'CRITICAL'],
	ARCHIVED: ['was archived', 'CRITICAL'],
};
const sound = new Set(['ACTIVE', 'CREATING', 'UPDATING', 'DELETING']);

const deadlineInWords = ({status, inaccessibleSince}: Replica, table: Table, now: string): string => {
	const fate = fateOf(status, table);
	const meanwhile = fate?.meanwhile === undefined ? '' : `, ${fate.meanwhile}`;
	if (inaccessibleSince === undefined) {
		return meanwhile;
	}

	const sinceMs = msBetween(inaccessibleSince, now);
	return fate !== undefined && fate.afterMs > sinceMs
		? `${meanwhile}, ${fate.what} in ${spanInWords(fate.afterMs - sinceMs)}`
		: `${meanwhile}, for ${spanInWords(sinceMs)} now`;
};

const worst = (statuses: readonly string[]): Severity =>
	statuses.some(status => trouble[status]?.[1] === 'CRITICAL') ? 'CRITICAL' : 'HIGH';

export const replicasActive: Rule<Table> = {
	id: 'dynamodb-table-replicas-active',
	title: 'All replicas of a global table are active',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'A replica that stands still is behind from that moment on, and the Region that should take over cannot. After 20 hours AWS makes it a table of a single Region for good; what was written there alone is lost to the others. Where the table is strongly consistent, the replica refuses writes at once, and is lost after 7 days.',
	remediation: {
		text: 'Read the replica’s status description. Give DynamoDB’s replication role and its key back what a policy took away, or enable the Region, within 20 hours of the first sign, or 7 days where the table is strongly consistent; after that a replica can only be made anew, once the table there is deleted.',
		cli: 'aws dynamodb describe-table --table-name {name} --query Table.Replicas --region {region}',
		url: `${guide}/globaltables-security.html`,
	},
	note: 'Asked once for all Regions, of the first that can be read. What AWS tells of replicas leaves out the Region that is asked, whose own status is looked at too.',
	reads: ['DescribeTable'],
	exempts: judgedElsewhere,
	evaluate(resource, {now}): Answer {
		const {replicas, status} = resource.configuration;
		if (replicas === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its replicas have not been read'};
		}

		if (replicas.length === 0) {
			return isLegacy(resource.configuration)
				? {verdict: 'UNKNOWN', reason: 'a global table of version 2017.11.29 does not tell the status of its replicas'}
				: {verdict: 'NOT_APPLICABLE', reason: 'has no replicas'};
		}

		const all: readonly Replica[] = [
			{
				awsRegion: resource.awsRegion,
				arn: resource.arn,
				keyId: null,
				...(status !== undefined && {status}),
				...(resource.configuration.encryption?.inaccessibleSince !== undefined && {
					inaccessibleSince: resource.configuration.encryption.inaccessibleSince,
				}),
			},
			...replicas,
		];
		const evidence = {
			expected: 'ReplicaStatus ACTIVE in each Region',
			observed: all.map(replica => `${replica.awsRegion} ${replica.status ?? 'no status'}`).join(', '),
			operation: 'DescribeTable',
		};
		const bad = all.filter(replica => trouble[replica.status ?? ''] !== undefined);
		if (bad.length > 0) {
			const each = bad.map(replica => {
				const why = replica.statusDescription === undefined ? '' : ` (${replica.statusDescription.replace(/\.$/u, '')})`;
				return `${replica.awsRegion} ${trouble[replica.status ?? '']?.[0] ?? ''}${why}${deadlineInWords(replica, resource.configuration, now)}`;
			});
			return {
				verdict: 'FAIL',
				severity: worst(bad.flatMap(replica => replica.status ?? [])),
				reason: `the replica in ${each.join('; in ')}`,
				evidence,
			};
		}

		const strange = all.find(replica => !sound.has(replica.status ?? ''));
		if (strange !== undefined) {
			return {
				verdict: 'UNKNOWN',
				reason:
					strange.status === undefined
						? `DescribeTable did not tell the status of the replica in ${strange.awsRegion}`
						: `the status ${strange.status} of the replica in ${strange.awsRegion} is not known to this version`,
				evidence,
			};
		}

		const changing = all.find(replica => replica.status !== 'ACTIVE');
		return {
			verdict: 'PASS',
			reason:
				changing === undefined
					? `active ${inRegions(regionsOf(resource))}`
					: `the replica in ${changing.awsRegion} is ${changing.status?.toLowerCase()}`,
			evidence,
		};
	},
};

export const globalVersion: Rule<Table> = {
	id: 'dynamodb-table-global-version',
	title: 'A global table is of the current version',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Global tables of version 2017.11.29 cost more writes, cannot be replicated with data in them, keep settings and keys of each replica apart, and mark items with attributes of their own. AWS advises against them.',
	remediation: {
		text: 'Update the global table to version 2019.11.21 in the console, in one of its Regions for all: it takes some minutes, the table stays available, and there is no way back. Applications must not rely on the aws:rep: attributes.',
		cli: 'aws dynamodb describe-table --table-name {name} --query Table.GlobalTableVersion --region {region}',
		url: `${guide}/V2globaltables_upgrade.html`,
	},
	note: 'Asked once for all Regions, of the first that can be read. A table of the old version may tell no version at all; ListGlobalTables lists none but those.',
	reads: ['DescribeTable'],
	exempts: judgedElsewhere,
	evaluate(resource): Answer {
		const {globalTableVersion, legacyRegions, replicas = []} = resource.configuration;
		const evidence = {
			expected: 'GlobalTableVersion 2019.11.21',
			observed: `GlobalTableVersion ${globalTableVersion ?? 'absent'}, ${legacyRegions ? 'listed' : 'not listed'} by ListGlobalTables`,
			operation: globalTableVersion === undefined ? 'ListGlobalTables' : 'DescribeTable',
		};
		if (isLegacy(resource.configuration)) {
			return {verdict: 'FAIL', reason: `of version 2017.11.29, ${inRegions(regionsOf(resource))}`, evidence};
		}

		if (globalTableVersion !== undefined) {
			return replicas.length > 0
				? {verdict: 'PASS', reason: `of version ${globalTableVersion}`, evidence}
				: {verdict: 'NOT_APPLICABLE', reason: 'has no replicas'};
		}

		const refused = resource.unread['ListGlobalTables'];
		if (refused !== undefined) {
			return {verdict: 'UNKNOWN', reason: `whether it is a global table of the old version could not be read: ${refused.iamAction}`};
		}

		return replicas.length > 0
			? {verdict: 'UNKNOWN', reason: 'it has replicas, but DescribeTable did not tell of which version', evidence}
			: {verdict: 'NOT_APPLICABLE', reason: 'no global table'};
	},
};
