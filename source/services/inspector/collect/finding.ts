import {type Json, type Mark, type ReportedFinding, type Severity, severities} from '../../../model/index.js';
import {scannedResource} from './scanned.js';

type Maybe<T> = T | undefined;

/** What of Inspector's report is read. Members may be missing, and enum values may be newer than the client. */
export type InspectorFinding = {
	readonly findingArn?: Maybe<string>;
	readonly awsAccountId?: Maybe<string>;
	readonly type?: Maybe<string>;
	readonly title?: Maybe<string>;
	readonly description?: Maybe<string>;
	readonly severity?: Maybe<string>;
	readonly status?: Maybe<string>;
	readonly firstObservedAt?: Maybe<string>;
	readonly lastObservedAt?: Maybe<string>;
	readonly updatedAt?: Maybe<string>;
	readonly inspectorScore?: Maybe<number>;
	readonly inspectorScoreDetails?: Maybe<{readonly adjustedCvss?: Maybe<{readonly scoringVector?: Maybe<string>}>}>;
	readonly epss?: Maybe<{readonly score?: Maybe<number>}>;
	readonly exploitAvailable?: Maybe<string>;
	readonly exploitabilityDetails?: Maybe<{readonly lastKnownExploitAt?: Maybe<string>}>;
	readonly fixAvailable?: Maybe<string>;
	readonly remediation?: Maybe<{readonly recommendation?: Maybe<{readonly text?: Maybe<string>; readonly Url?: Maybe<string>}>}>;
	readonly resources?: Maybe<readonly ScannedResource[]>;
	readonly packageVulnerabilityDetails?: Maybe<{
		readonly vulnerabilityId?: Maybe<string>;
		readonly source?: Maybe<string>;
		readonly sourceUrl?: Maybe<string>;
		readonly vendorSeverity?: Maybe<string>;
		readonly vulnerablePackages?: Maybe<readonly VulnerablePackage[]>;
	}>;
	readonly networkReachabilityDetails?: Maybe<{
		readonly openPortRange?: Maybe<{readonly begin?: Maybe<number>; readonly end?: Maybe<number>}>;
		readonly protocol?: Maybe<string>;
		readonly networkPath?: Maybe<{
			readonly steps?: Maybe<ReadonlyArray<{readonly componentId?: Maybe<string>; readonly componentType?: Maybe<string>}>>;
		}>;
	}>;
	readonly codeVulnerabilityDetails?: Maybe<{
		readonly filePath?: Maybe<{readonly filePath?: Maybe<string>; readonly startLine?: Maybe<number>}>;
		readonly detectorName?: Maybe<string>;
		readonly cwes?: Maybe<readonly string[]>;
	}>;
};

type ScannedResource = {
	readonly type?: Maybe<string>;
	readonly id?: Maybe<string>;
	readonly region?: Maybe<string>;
	readonly tags?: Maybe<Readonly<Record<string, string>>>;
	readonly details?: Maybe<{
		readonly awsEc2Instance?: Maybe<{readonly platform?: Maybe<string>}>;
		readonly awsEcrContainerImage?: Maybe<{readonly imageTags?: Maybe<readonly string[]>; readonly inUseCount?: Maybe<number>}>;
		readonly awsLambdaFunction?: Maybe<{readonly functionName?: Maybe<string>; readonly runtime?: Maybe<string>}>;
	}>;
};

type VulnerablePackage = {
	readonly name?: Maybe<string>;
	readonly version?: Maybe<string>;
	readonly release?: Maybe<string>;
	readonly fixedInVersion?: Maybe<string>;
	readonly packageManager?: Maybe<string>;
	readonly filePath?: Maybe<string>;
	readonly remediation?: Maybe<string>;
};

/** From this score on it is HIGH, and CRITICAL from 9 on. */
export const highFrom = 7;

/**
 * Inspector's own word where it has one of ours. `UNTRIAGED` means that nobody has scored the vulnerability yet: its
 * score decides where there is one, by the bands of CVSS v3, and MEDIUM where there is none, so that it neither hides nor cries.
 * https://docs.aws.amazon.com/inspector/latest/user/findings-understanding-severity.html
 */
export const severityOf = (said: string | undefined, score: number | undefined): Severity => {
	const known = severities.find(severity => severity === said);
	if (known !== undefined) return known;
	if (score === undefined || !(score > 0)) return 'MEDIUM';
	if (score >= 9) return 'CRITICAL';
	if (score >= highFrom) return 'HIGH';
	return score >= 4 ? 'MEDIUM' : 'LOW';
};

const recordStates: Readonly<Record<string, ReportedFinding['recordState']>> = {
	ACTIVE: 'active',
	SUPPRESSED: 'suppressed',
	CLOSED: 'closed',
};

/** Reachable from the internet, by the path that Inspector found; a path that it does not tell is taken for one. */
const isInternetReachable = ({type, networkReachabilityDetails}: InspectorFinding): boolean => {
	if (type !== 'NETWORK_REACHABILITY' && networkReachabilityDetails === undefined) return false;
	const steps = networkReachabilityDetails?.networkPath?.steps ?? [];
	return (
		steps.length === 0 ||
		steps.some(({componentId, componentType}) => componentId?.startsWith('igw-') || /InternetGateway/iu.test(componentType ?? ''))
	);
};

const marksOf = (finding: InspectorFinding): readonly Mark[] => {
	const marks: Mark[] = [];
	if (finding.exploitAvailable === 'YES') marks.push('exploit-available');
	if (finding.fixAvailable === 'YES' || finding.fixAvailable === 'PARTIAL') marks.push('fix-available');
	if (isInternetReachable(finding)) marks.push('internet-reachable');
	return marks;
};

const versionOf = ({version, release}: VulnerablePackage): string =>
	version === undefined ? '' : ` ${version}${release ? `-${release}` : ''}`;
const isFix = (version: string | undefined): version is string => version !== undefined && version !== '' && version !== 'NotAvailable';

/** What it is, whether it is exploited and in what, for that is all that a narrow row shows; then whether it can be mended. */
const packageReason = (finding: InspectorFinding): string => {
	const {vulnerablePackages: packages = [], vulnerabilityId = 'a vulnerability'} = finding.packageVulnerabilityDetails ?? {};
	const first = packages[0];
	const what =
		first === undefined
			? 'a package'
			: `${first.name ?? 'a package'}${versionOf(first)}${packages.length > 1 ? ` and ${packages.length - 1} more` : ''}`;
	const fixed = packages.map(({fixedInVersion}) => fixedInVersion).find(isFix);
	const fix =
		fixed !== undefined && finding.fixAvailable !== 'NO'
			? `fixed in ${fixed.replace(/^0:/u, '')}`
			: finding.fixAvailable === 'NO'
				? 'no fix yet'
				: undefined;
	const epss = finding.epss?.score;
	return [
		finding.exploitAvailable === 'YES' ? `${vulnerabilityId}, exploit known, in ${what}` : `${vulnerabilityId} in ${what}`,
		fix,
		epss !== undefined && epss >= 0.1 ? `${Math.round(epss * 100)} % likely to be exploited within 30 days` : undefined,
	]
		.filter(part => part !== undefined)
		.join(', ');
};

/** `22`, or `8000-8100`. */
const portsOf = (range: Maybe<{readonly begin?: Maybe<number>; readonly end?: Maybe<number>}>): string | undefined =>
	range?.begin === undefined
		? undefined
		: range.end === undefined || range.end === range.begin
			? `${range.begin}`
			: `${range.begin}-${range.end}`;

const reasonOf = (finding: InspectorFinding): string => {
	switch (finding.type) {
		case 'PACKAGE_VULNERABILITY': {
			return packageReason(finding);
		}

		case 'NETWORK_REACHABILITY': {
			const {openPortRange: {begin, end} = {}, protocol = ''} = finding.networkReachabilityDetails ?? {};
			const ports = begin === undefined ? 'a port' : begin === end || end === undefined ? `port ${begin}` : `ports ${begin} to ${end}`;
			return `${ports}${protocol && ` (${protocol})`} open to ${isInternetReachable(finding) ? 'the internet' : 'another network'}`;
		}

		case 'CODE_VULNERABILITY': {
			const {detectorName, filePath} = finding.codeVulnerabilityDetails ?? {};
			const where =
				filePath?.filePath === undefined
					? ''
					: ` in ${filePath.filePath}${filePath.startLine === undefined ? '' : `:${filePath.startLine}`}`;
			return `${detectorName ?? 'a weakness in code'}${where}`;
		}

		default: {
			return (finding.title ?? finding.description ?? `Inspector reports ${finding.type ?? 'something'}`).replace(/[.\s]+$/u, '');
		}
	}
};

const typeOf = (finding: InspectorFinding): string =>
	finding.packageVulnerabilityDetails?.vulnerabilityId ?? finding.codeVulnerabilityDetails?.detectorName ?? finding.type ?? 'unnamed type';

const present = (members: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> =>
	Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined));

// A description may be a whole advisory; a list of packages a whole distribution.
const maxDescription = 1000;
const maxPackages = 20;

const detailsOf = (finding: InspectorFinding): Readonly<Record<string, Json>> => {
	const vulnerability = finding.packageVulnerabilityDetails;
	const network = finding.networkReachabilityDetails;
	const code = finding.codeVulnerabilityDetails;
	const scanned = finding.resources?.[0]?.details;
	return present({
		description: finding.description?.slice(0, maxDescription),
		kind: finding.type,
		severity: finding.severity,
		vulnerabilityId: vulnerability?.vulnerabilityId,
		source: vulnerability?.source,
		sourceUrl: vulnerability?.sourceUrl,
		vendorSeverity: vulnerability?.vendorSeverity,
		vector: finding.inspectorScoreDetails?.adjustedCvss?.scoringVector,
		epss: finding.epss?.score,
		exploitAvailable: finding.exploitAvailable,
		lastKnownExploitAt: finding.exploitabilityDetails?.lastKnownExploitAt,
		fixAvailable: finding.fixAvailable,
		packages: vulnerability?.vulnerablePackages?.slice(0, maxPackages).map(one =>
			present({
				name: one.name,
				version: one.version === undefined ? undefined : versionOf(one).trim(),
				fixedInVersion: one.fixedInVersion,
				packageManager: one.packageManager,
				filePath: one.filePath,
			}),
		),
		ports: portsOf(network?.openPortRange),
		protocol: network?.protocol,
		path: network?.networkPath?.steps?.flatMap(({componentId}) => componentId ?? []),
		file: code?.filePath?.filePath,
		line: code?.filePath?.startLine,
		cwes: code?.cwes,
		platform: scanned?.awsEc2Instance?.platform,
		runtime: scanned?.awsLambdaFunction?.runtime,
		inUseCount: scanned?.awsEcrContainerImage?.inUseCount,
	});
};

/** Inspector's own advice, which is often none: then what its other members tell. */
const remediationOf = (finding: InspectorFinding): ReportedFinding['remediation'] => {
	const {text, Url: url} = finding.remediation?.recommendation ?? {};
	// Inspector writes "None Provided" where it has no advice.
	const said = text !== undefined && !/^none provided$/iu.test(text.trim()) ? text : undefined;
	const packages = finding.packageVulnerabilityDetails?.vulnerablePackages ?? [];
	const command = packages.find(one => one.remediation)?.remediation;
	const updates = packages.flatMap(one =>
		isFix(one.fixedInVersion) ? [`${one.name ?? 'the package'} to ${one.fixedInVersion.replace(/^0:/u, '')}`] : [],
	);
	const isImage = finding.resources?.[0]?.type === 'AWS_ECR_CONTAINER_IMAGE';
	const own =
		updates.length > 0
			? `Update ${updates.slice(0, 3).join(', ')}${updates.length > 3 ? ` and ${updates.length - 3} more` : ''}${isImage ? ', build the image anew and deploy it' : ''}${command ? `: ${command}` : ''}.`
			: finding.type === 'PACKAGE_VULNERABILITY' && finding.fixAvailable === 'NO'
				? 'There is no fix yet. See whether the package is needed at all, and keep the host or image out of reach.'
				: command;
	const link = url ?? finding.packageVulnerabilityDetails?.sourceUrl;
	const advice = said ?? own;
	return advice === undefined && link === undefined
		? undefined
		: {text: advice ?? 'See the advisory.', ...(link !== undefined && {url: link})};
};

/**
 * One of Inspector's findings in Vedette's words, or undefined where it has no ARN.
 * @param readAt stands in for times that the report lacks, ISO 8601
 */
export const toReportedFinding = (
	finding: InspectorFinding,
	place: {readonly accountId: string; readonly awsRegion: string; readonly partition: string},
	readAt: string,
): ReportedFinding | undefined => {
	if (finding.findingArn === undefined) return undefined;
	const first = finding.resources?.[0];
	const type = typeOf(finding);
	const updatedAt = finding.updatedAt ?? finding.lastObservedAt ?? readAt;
	const remediation = remediationOf(finding);
	return {
		id: finding.findingArn,
		source: 'inspector',
		type,
		title: finding.title ?? type,
		reason: reasonOf(finding),
		severity: severityOf(finding.severity, finding.inspectorScore),
		...(finding.inspectorScore !== undefined && {score: finding.inspectorScore}),
		// A state that we do not know is shown rather than hidden.
		recordState: recordStates[finding.status ?? ''] ?? 'active',
		marks: marksOf(finding),
		resource: scannedResource(
			{
				type: first?.type ?? '',
				id: first?.id ?? finding.findingArn,
				name: first?.details?.awsLambdaFunction?.functionName ?? first?.tags?.['Name'],
				imageTags: first?.details?.awsEcrContainerImage?.imageTags,
				awsRegion: first?.region,
				accountId: finding.awsAccountId,
			},
			place,
		),
		firstObservedAt: finding.firstObservedAt ?? updatedAt,
		lastObservedAt: finding.lastObservedAt ?? updatedAt,
		updatedAt,
		...(remediation !== undefined && {remediation}),
		details: detailsOf(finding),
	};
};
