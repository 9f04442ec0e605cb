import type {CommandOutput, Yielded} from '../../../model/index.js';
import type {Scan} from '../rules/activation.js';
import type {Commands, Inspector} from './commands.js';
import {coverageResource, unreadCoverageResource} from './resources.js';
import {scannedResource} from './scanned.js';

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListCoverage.html */
const coveragePerPage = 200;

type Covered = NonNullable<CommandOutput<Commands['ListCoverage']>['coveredResources']>[number];

/** Inspector lists a host once for its packages and once for its ports: one resource with two scans. */
const groupByResource = (rows: Iterable<Covered>): Iterable<readonly [Covered, ...Covered[]]> => {
	const groups = new Map<string, [Covered, ...Covered[]]>();
	for (const row of rows) {
		const key = `${row.accountId}/${row.resourceId}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [row]);
		else group.push(row);
	}

	return groups.values();
};

const scanOf = ({scanType, scanStatus, scanMode, lastScannedAt}: Covered): Scan => ({
	type: scanType ?? 'UNKNOWN',
	status: scanStatus?.statusCode ?? 'UNKNOWN',
	reason: scanStatus?.reason ?? 'UNKNOWN',
	...(scanMode !== undefined && {mode: scanMode}),
	...(lastScannedAt !== undefined && {lastScannedAt}),
});

export async function* allCoverage(aws: Inspector): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListCoverage', {maxResults: coveragePerPage});
	if (!pages) {
		yield {yields: 'resource', resource: unreadCoverageResource(aws, facts)};
		return;
	}

	for (const rows of groupByResource(pages.flatMap(page => page.coveredResources ?? []))) {
		const [{resourceId, resourceType, resourceMetadata: known, accountId, providerRegion}] = rows;
		if (resourceId === undefined) continue;
		const tags = known?.ec2?.tags ?? known?.lambdaFunction?.functionTags ?? {};
		const reference = scannedResource(
			{
				type: resourceType ?? '',
				id: resourceId,
				name: known?.lambdaFunction?.functionName ?? known?.ecrRepository?.name ?? tags['Name'],
				imageTags: known?.ecrImage?.tags,
				accountId,
				awsRegion: providerRegion,
			},
			aws,
		);
		yield {
			yields: 'resource',
			resource: coverageResource(
				reference,
				tags,
				{
					...(resourceType !== undefined && {resourceType}),
					...(known?.ec2?.platform !== undefined && {platform: known.ec2.platform}),
					scans: rows.map(scanOf),
				},
				facts,
			),
		};
	}

	yield {yields: 'complete', of: 'AWS::InspectorV2::Coverage'};
}
