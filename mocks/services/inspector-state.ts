import type {
	CoveredResource,
	Ec2DeepInspectionStatus,
	Finding,
	FindingStatus,
	RelationshipStatus,
	Resource,
	Severity,
	Status,
} from '@aws-sdk/client-inspector2';
import type {DenialReason} from '../endpoint/aws-error.js';
import {instanceId} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

/** A finding in the index; the report itself is made only when its page is asked for, since there may be 75,000. */
export type InspectorRecord = {
	/** The last part of its ARN. */
	readonly id: string;
	readonly status: FindingStatus;
	readonly severity: Severity;
	readonly type: 'PACKAGE_VULNERABILITY' | 'NETWORK_REACHABILITY' | 'CODE_VULNERABILITY';
	readonly exploitAvailable: 'YES' | 'NO';
	readonly fixAvailable: 'YES' | 'NO' | 'PARTIAL';
	readonly resourceType: string;
	/** As the report has it; absent where it has none. */
	readonly epssScore?: number;
	readonly inspectorScore?: number;
	readonly updatedAtMs: number;
	readonly report: () => Omit<
		Finding,
		'findingArn' | 'awsAccountId' | 'status' | 'severity' | 'type' | 'exploitAvailable' | 'fixAvailable' | 'updatedAt'
	>;
};

export type ScanningState = {
	readonly ec2: Status;
	readonly ecr: Status;
	readonly lambda?: Status;
	readonly lambdaCode?: Status;
	readonly codeRepository?: Status;
};

export type InspectorState = {
	/** `ENABLED` as long as any kind of scanning is. */
	status: Status;
	scanning: ScanningState;
	readonly ec2Mode: 'EC2_HYBRID' | 'EC2_SSM_AGENT_BASED';
	readonly deepInspection: Ec2DeepInspectionStatus;
	/** The organisation's delegated administrator; undefined where there is none. */
	readonly administrator: {readonly accountId: string; readonly relationshipStatus: RelationshipStatus} | 'this account' | undefined;
	/** Of the administrator alone. */
	readonly members: ReadonlyArray<{readonly accountId: string; readonly relationshipStatus: RelationshipStatus}>;
	coverage: ReadonlyArray<Omit<CoveredResource, 'accountId'>>;
	/** Replaced, never changed: what was computed from a list stays true of it. */
	findings: readonly InspectorRecord[];
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

/** A Region where everything is scanned and nothing was found. */
export const quietInspector = (): InspectorState => ({
	status: 'ENABLED',
	scanning: {ec2: 'ENABLED', ecr: 'ENABLED', lambda: 'ENABLED', lambdaCode: 'ENABLED', codeRepository: 'ENABLED'},
	ec2Mode: 'EC2_HYBRID',
	deepInspection: 'ACTIVATED',
	administrator: 'this account',
	members: [
		{accountId: '555566667777', relationshipStatus: 'ENABLED'},
		{accountId: '666677778888', relationshipStatus: 'ENABLED'},
	],
	coverage: [covered('i-0d1c2b3a49586f7e0', 'PACKAGE', 'SUCCESSFUL')],
	findings: [],
	refused: {},
});

type Reason = NonNullable<CoveredResource['scanStatus']>['reason'];

const running: ReadonlySet<Reason> = new Set(['SUCCESSFUL']);

/** One kind of scan of one resource. */
export const covered = (
	resourceId: string,
	scanType: 'PACKAGE' | 'NETWORK' | 'CODE',
	reason: NonNullable<Reason>,
	facts: Partial<Omit<CoveredResource, 'accountId'>> = {},
): Omit<CoveredResource, 'accountId'> => ({
	resourceId,
	resourceType: resourceId.startsWith('i-')
		? 'AWS_EC2_INSTANCE'
		: resourceId.includes(':function:')
			? 'AWS_LAMBDA_FUNCTION'
			: 'AWS_ECR_CONTAINER_IMAGE',
	scanType,
	scanStatus: {statusCode: running.has(reason) ? 'ACTIVE' : 'INACTIVE', reason},
	...facts,
});

export const instance = (place: Place, name: string, platform = 'AMAZON_LINUX_2023'): Resource => ({
	type: 'AWS_EC2_INSTANCE',
	id: instanceId(place, name),
	partition: place.partition,
	region: place.awsRegion,
	tags: {Name: name},
	details: {awsEc2Instance: {type: 'm7g.large', imageId: 'ami-0abcdef1234567890', platform, launchedAt: place.daysAgo(90)}},
});

export const image = (place: Place, repositoryName: string, tag: string, inUseCount = 0): Resource => {
	const imageHash = `sha256:${place.random(`image/${repositoryName}/${tag}`).hex(64)}`;
	return {
		type: 'AWS_ECR_CONTAINER_IMAGE',
		id: place.arn('ecr', `repository/${repositoryName}/${imageHash}`),
		partition: place.partition,
		region: place.awsRegion,
		details: {
			awsEcrContainerImage: {
				repositoryName,
				imageTags: [tag],
				imageHash,
				registry: place.accountId,
				architecture: 'arm64',
				inUseCount,
				pushedAt: place.daysAgo(20),
			},
		},
	};
};

export const lambdaFunction = (place: Place, functionName: string, runtime: 'NODEJS_18_X' | 'PYTHON_3_9' = 'NODEJS_18_X'): Resource => ({
	type: 'AWS_LAMBDA_FUNCTION',
	id: place.arn('lambda', `function:${functionName}:$LATEST`),
	partition: place.partition,
	region: place.awsRegion,
	details: {
		awsLambdaFunction: {
			functionName,
			runtime,
			codeSha256: place.random(`code/${functionName}`).hex(44),
			version: '$LATEST',
			executionRoleArn: `arn:${place.partition}:iam::${place.accountId}:role/${functionName}`,
		},
	},
});

/** A vulnerability as advisories tell of it. */
export type Advisory = {
	readonly id: string;
	readonly name: string;
	readonly version: string;
	/** Absent: there is none yet. */
	readonly fixedIn?: string;
	readonly manager: 'OS' | 'JAR' | 'NODEPKG' | 'PYTHONPKG' | 'GOBINARY';
	readonly severity: Severity;
	readonly score?: number;
	readonly epss: number;
	readonly exploited?: true;
	readonly text: string;
};

export type FindingFacts = {
	readonly resource: Resource;
	readonly firstDaysAgo: number;
	readonly updatedHoursAgo?: number;
	readonly status?: FindingStatus;
};

export const packageFinding = (
	place: Place,
	advisory: Advisory,
	{resource, firstDaysAgo, updatedHoursAgo, status = 'ACTIVE'}: FindingFacts,
): InspectorRecord => {
	const firstObservedAt = place.daysAgo(firstDaysAgo);
	const updated = place.hoursAgo(updatedHoursAgo ?? Math.min(firstDaysAgo * 24, 20));
	return {
		id: place.random(`inspector/${advisory.id}/${resource.id}`).hex(32),
		status,
		severity: advisory.severity,
		type: 'PACKAGE_VULNERABILITY',
		exploitAvailable: advisory.exploited === true ? 'YES' : 'NO',
		fixAvailable: advisory.fixedIn === undefined ? 'NO' : 'YES',
		resourceType: resource.type ?? '',
		epssScore: advisory.epss,
		...(advisory.score !== undefined && {inspectorScore: advisory.score}),
		updatedAtMs: updated.getTime(),
		report: () => ({
			title: `${advisory.id} - ${advisory.name}`,
			description: advisory.text,
			firstObservedAt,
			// It stands still once a finding is closed or suppressed.
			lastObservedAt: updated,
			...(advisory.score !== undefined && {
				inspectorScore: advisory.score,
				inspectorScoreDetails: {
					adjustedCvss: {
						scoreSource: 'NVD',
						version: '3.1',
						score: advisory.score,
						scoringVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
					},
				},
			}),
			epss: {score: advisory.epss},
			...(advisory.exploited === true && {exploitabilityDetails: {lastKnownExploitAt: place.daysAgo(3)}}),
			remediation: {recommendation: {text: 'None Provided'}},
			resources: [resource],
			packageVulnerabilityDetails: {
				vulnerabilityId: advisory.id,
				source: 'NVD',
				sourceUrl: `https://nvd.nist.gov/vuln/detail/${advisory.id}`,
				vendorSeverity: advisory.severity,
				vulnerablePackages: [
					{
						name: advisory.name,
						version: advisory.version,
						packageManager: advisory.manager,
						fixedInVersion: advisory.fixedIn ?? 'NotAvailable',
						...(advisory.fixedIn !== undefined && advisory.manager === 'OS' && {remediation: `dnf update ${advisory.name}`}),
					},
				],
			},
		}),
	};
};

export const networkFinding = (
	place: Place,
	port: number,
	severity: Severity,
	{resource, firstDaysAgo, updatedHoursAgo = 4, status = 'ACTIVE'}: FindingFacts,
): InspectorRecord => {
	const updated = place.hoursAgo(updatedHoursAgo);
	return {
		id: place.random(`inspector/port/${port}/${resource.id}`).hex(32),
		status,
		severity,
		type: 'NETWORK_REACHABILITY',
		exploitAvailable: 'NO',
		fixAvailable: 'NO',
		resourceType: 'AWS_EC2_INSTANCE',
		updatedAtMs: updated.getTime(),
		report: () => ({
			title: `Port ${port} is reachable from an Internet Gateway`,
			description: `On the instance ${resource.id}, the port range ${port}-${port} is reachable from the Internet Gateway igw-0a1b2c3d.`,
			firstObservedAt: place.daysAgo(firstDaysAgo),
			lastObservedAt: updated,
			remediation: {
				recommendation: {text: 'You can restrict access to your instance by modifying the Security Groups or ACLs in the network path.'},
			},
			resources: [resource],
			networkReachabilityDetails: {
				openPortRange: {begin: port, end: port},
				protocol: 'TCP',
				networkPath: {
					steps: [
						{componentId: 'igw-0a1b2c3d', componentType: 'AWS::EC2::InternetGateway'},
						{componentId: 'sg-0123abcd', componentType: 'AWS::EC2::SecurityGroup'},
						{componentId: resource.id ?? '', componentType: 'AWS::EC2::Instance'},
					],
				},
			},
		}),
	};
};

export const codeFinding = (
	place: Place,
	detectorName: string,
	file: string,
	severity: Severity,
	{resource, firstDaysAgo, updatedHoursAgo = 10, status = 'ACTIVE'}: FindingFacts,
): InspectorRecord => {
	const updated = place.hoursAgo(updatedHoursAgo);
	return {
		id: place.random(`inspector/${detectorName}/${resource.id}`).hex(32),
		status,
		severity,
		type: 'CODE_VULNERABILITY',
		exploitAvailable: 'NO',
		fixAvailable: 'NO',
		resourceType: resource.type ?? '',
		updatedAtMs: updated.getTime(),
		report: () => ({
			title: `${detectorName} in ${file}`,
			description: `${detectorName} was found in the function's code.`,
			firstObservedAt: place.daysAgo(firstDaysAgo),
			lastObservedAt: updated,
			remediation: {
				recommendation: {
					text: 'See the detector library for how to write it safely.',
					Url: 'https://docs.aws.amazon.com/codeguru/detector-library/',
				},
			},
			resources: [resource],
			codeVulnerabilityDetails: {
				filePath: {fileName: file, filePath: file, startLine: 12, endLine: 14},
				detectorId: 'javascript/example@v1.0',
				detectorName,
				cwes: ['CWE-798'],
			},
		}),
	};
};
