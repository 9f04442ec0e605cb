import type {Answer, Remediation, Resource, Rule, Severity} from '../../../model/index.js';
import type {Activation, Backlog, Coverage, Scan, Waiting} from './activation.js';

const guide = 'https://docs.aws.amazon.com/inspector/latest/user/' as const;
const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/inspector-controls.html#${control.toLowerCase().replace('.', '-')}`;

const answer = (
	verdict: Answer['verdict'],
	reason: string,
	operation: string,
	expected: string,
	observed: string,
	severity?: Severity,
): Answer => ({verdict, reason, ...(severity !== undefined && {severity}), evidence: {expected, observed, operation}});

const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** What a status says, or undefined for one that AWS has added since. */
const statuses: Readonly<Record<string, {readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN'; readonly is: string}>> = {
	ENABLED: {verdict: 'PASS', is: 'is on'},
	ENABLING: {verdict: 'UNKNOWN', is: 'is being turned on'},
	DISABLED: {verdict: 'FAIL', is: 'is off'},
	DISABLING: {verdict: 'FAIL', is: 'is being turned off'},
	SUSPENDED: {verdict: 'FAIL', is: 'is suspended'},
	SUSPENDING: {verdict: 'FAIL', is: 'is being suspended'},
};

const accountEnabled: Rule<Activation> = {
	id: 'inspector-account-enabled',
	title: 'Inspector is on in this Region',
	severity: 'HIGH',
	published: {securityControlIds: [], cis: [], prowler: ['inspector2_is_enabled']},
	rationale: 'Without Inspector nobody tells which hosts, images and functions carry a known vulnerability.',
	remediation: {
		text: 'Enable Inspector for hosts, images and functions. From an organisation: let it come on in all members.',
		cli: 'aws inspector2 enable --resource-types EC2 ECR LAMBDA LAMBDA_CODE --region {region}',
		terraform:
			'resource "aws_inspector2_enabler" "this" {\n  account_ids    = [data.aws_caller_identity.current.account_id]\n  resource_types = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"]\n}',
		url: `${guide}getting_started.html`,
	},
	reads: ['BatchGetAccountStatus'],
	evaluate({configuration: {status}, awsRegion}) {
		const known = statuses[status ?? ''];
		return known === undefined
			? answer(
					'UNKNOWN',
					`Inspector gives its status as ${status}, which is not known here`,
					'BatchGetAccountStatus',
					'status ENABLED',
					`${status}`,
				)
			: answer(known.verdict, `Inspector ${known.is} in ${awsRegion}`, 'BatchGetAccountStatus', 'status ENABLED', `${status}`);
	},
};

type ScanningRule = {
	readonly id: string;
	readonly scanning: keyof NonNullable<Activation['scanning']>;
	readonly enable: string;
	readonly name: string;
	readonly finds: string;
	readonly severity: Severity;
	readonly controls: readonly string[];
	readonly page: string;
};

const scanningRules: readonly ScanningRule[] = [
	{
		id: 'inspector-ec2-scanning-enabled',
		scanning: 'ec2',
		enable: 'EC2',
		name: 'Scanning of EC2 instances',
		finds: 'vulnerable packages on hosts and ports open to the internet',
		severity: 'HIGH',
		controls: ['Inspector.1'],
		page: 'scanning-ec2.html',
	},
	{
		id: 'inspector-ecr-scanning-enabled',
		scanning: 'ecr',
		enable: 'ECR',
		name: 'Scanning of container images',
		finds: 'vulnerable packages in images, at push and as long as they are kept',
		severity: 'HIGH',
		controls: ['Inspector.2'],
		page: 'scanning-ecr.html',
	},
	{
		id: 'inspector-lambda-code-scanning-enabled',
		scanning: 'lambdaCode',
		enable: 'LAMBDA_CODE',
		name: 'Scanning of function code',
		finds: 'injection, leaked secrets and weak cryptography in functions of your own',
		severity: 'HIGH',
		controls: ['Inspector.3'],
		page: 'scanning_resources_lambda_code.html',
	},
	{
		id: 'inspector-lambda-scanning-enabled',
		scanning: 'lambda',
		enable: 'LAMBDA',
		name: 'Scanning of Lambda functions',
		finds: 'vulnerable packages in functions and layers',
		severity: 'HIGH',
		controls: ['Inspector.4'],
		page: 'scanning-lambda.html',
	},
	{
		id: 'inspector-code-repository-scanning-enabled',
		scanning: 'codeRepository',
		enable: 'CODE_REPOSITORY',
		name: 'Scanning of code repositories',
		finds: 'weaknesses before they are deployed',
		severity: 'LOW',
		controls: [],
		page: 'code-security.html',
	},
];

const scanningRule = ({id, scanning, enable, name, finds, severity, controls, page}: ScanningRule): Rule<Activation> => ({
	id,
	title: `${name} is on`,
	severity,
	published: {securityControlIds: controls, cis: [], prowler: scanning === 'codeRepository' ? [] : ['inspector2_is_enabled']},
	rationale: `It finds ${finds}. Off, silence means nothing.`,
	remediation: {
		text: `Turn it on. ${scanning === 'lambdaCode' ? 'It needs the scanning of Lambda functions as well.' : 'It has a price by what is scanned and a 15-day trial.'}`,
		cli: `aws inspector2 enable --resource-types ${enable} --region {region}`,
		terraform: `resource "aws_inspector2_enabler" "this" {\n  account_ids    = [data.aws_caller_identity.current.account_id]\n  resource_types = ["${enable}"]\n}`,
		url: controls[0] === undefined ? `${guide}${page}` : hub(controls[0]),
	},
	note:
		scanning === 'ec2'
			? 'Older notes say that Inspector needs the SSM agent. In hybrid mode it scans the volumes of hosts without one. Prowler judges all kinds of scanning with one verdict; here each has its own.'
			: scanning === 'ecr'
				? 'Older notes say that images are scanned at push. They are scanned again whenever a new vulnerability becomes known, for as long as the rescan duration says.'
				: 'Prowler judges all kinds of scanning with one verdict; here each has its own.',
	reads: ['BatchGetAccountStatus'],
	exempts({configuration: {status}}) {
		return status === 'DISABLED' ? 'Inspector itself is off here' : undefined;
	},
	evaluate({configuration}) {
		const status = configuration.scanning?.[scanning];
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'BatchGetAccountStatus', `${enable} ENABLED`, `${enable} ${status ?? 'not listed'}`);
		if (configuration.scanning === undefined) return is('UNKNOWN', 'Inspector did not say what it scans');
		if (status === undefined) return is('NOT_APPLICABLE', 'Inspector does not list it, so it is not offered in this Region');
		const known = statuses[status];
		return known === undefined
			? is('UNKNOWN', `Inspector gives the status as ${status}, which is not known here`)
			: is(
					known.verdict,
					known.verdict === 'FAIL'
						? `${name.toLowerCase().replace('ec2', 'EC2').replace('lambda', 'Lambda')} ${known.is}: Inspector does not find ${finds}`
						: `it ${known.is}`,
				);
	},
});

const coverageComplete: Rule<Activation> = {
	id: 'inspector-coverage-complete',
	title: 'Inspector scans nearly everything that it knows',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'The share decides how much "no findings" is worth. Which resources are left out, the coverage says one by one.',
	remediation: {
		text: 'Open the coverage and begin with the reason that most resources share.',
		cli: `aws inspector2 list-coverage-statistics --group-by SCAN_STATUS_REASON --filter-criteria '{"scanStatusCode":[{"comparison":"EQUALS","value":"INACTIVE"}]}' --region {region}`,
		url: `${guide}assessing-coverage.html`,
	},
	settings: {minPercent: 90},
	reads: ['ListCoverageStatistics'],
	exempts({configuration: {status}}) {
		return status === 'DISABLED' ? 'Inspector itself is off here' : undefined;
	},
	evaluate({configuration: {coverage}}, {settings: {minPercent = 90}}) {
		const expected = `at least ${minPercent} % ACTIVE`;
		if (coverage === undefined)
			return answer('UNKNOWN', 'Inspector did not say how much it scans', 'ListCoverageStatistics', expected, 'no counts');
		const {active, inactive} = coverage;
		const total = active + inactive;
		if (total === 0)
			return answer('NOT_APPLICABLE', 'there is nothing that Inspector could scan', 'ListCoverageStatistics', expected, 'nothing');
		const percent = Math.floor((active / total) * 100);
		return answer(
			percent >= minPercent ? 'PASS' : 'FAIL',
			`Inspector scans ${percent} % of what it knows: ${plural(inactive, 'scan')} of ${total.toLocaleString('en-GB')} ${inactive === 1 ? 'does' : 'do'} not run`,
			'ListCoverageStatistics',
			expected,
			`${active} active, ${inactive} inactive`,
		);
	},
};

/**
 * Why a scan does not run, as a sentence about the resource. Not here: reasons that AWS has added since.
 * https://docs.aws.amazon.com/inspector/latest/user/assessing-coverage.html
 */
const reasons: Readonly<
	Record<string, {readonly verdict: 'FAIL' | 'NOT_APPLICABLE' | 'UNKNOWN'; readonly is: string; readonly severity?: Severity}>
> = {
	ACCESS_DENIED: {verdict: 'FAIL', is: 'its resource policy does not let Inspector in'},
	ACCESS_DENIED_TO_ENCRYPTION_KEY: {verdict: 'FAIL', is: 'the policy of its KMS key does not let Inspector in'},
	AGENTLESS_INSTANCE_COLLECTION_TIME_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'reading its volumes took too long'},
	AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'its volumes are too large for agentless scans'},
	DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'deep inspection took longer than 15 minutes', severity: 'LOW'},
	DEEP_INSPECTION_DAILY_SSM_INVENTORY_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'its daily quota of SSM inventory is used up', severity: 'LOW'},
	DEEP_INSPECTION_NO_INVENTORY: {verdict: 'FAIL', is: 'deep inspection could not collect its packages', severity: 'LOW'},
	DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED: {
		verdict: 'FAIL',
		is: 'it holds more than the 5,000 packages of deep inspection',
		severity: 'LOW',
	},
	EC2_INSTANCE_STOPPED: {verdict: 'NOT_APPLICABLE', is: 'it is stopped'},
	EXCLUDED_BY_TAG: {verdict: 'FAIL', is: 'a tag excludes it', severity: 'LOW'},
	IMAGE_ARCHIVED: {verdict: 'NOT_APPLICABLE', is: 'it is archived in ECR'},
	IMAGE_SIZE_EXCEEDED: {verdict: 'FAIL', is: 'it is too large'},
	INTEGRATION_CONNECTION_LOST: {verdict: 'FAIL', is: 'Inspector lost the connection to the code platform'},
	INTERNAL_ERROR: {verdict: 'UNKNOWN', is: 'Inspector had an internal error, which it will mend itself'},
	NO_INVENTORY: {verdict: 'FAIL', is: 'Inspector finds no software inventory: its SSM associations do not run'},
	NO_SCAN_CONFIGURATION_ASSOCIATED: {verdict: 'FAIL', is: 'no scan configuration is associated with it'},
	PENDING_DISABLE: {verdict: 'FAIL', is: 'its scanning is being turned off'},
	PENDING_INITIAL_SCAN: {verdict: 'UNKNOWN', is: 'its first scan is still to come'},
	PENDING_REVIVAL_SCAN: {verdict: 'UNKNOWN', is: 'its next scan is still to come'},
	RESOURCE_STOPPED: {verdict: 'NOT_APPLICABLE', is: 'it is stopped'},
	RESOURCE_TERMINATED: {verdict: 'NOT_APPLICABLE', is: 'it is terminated'},
	RESOURCE_UNMANAGED: {verdict: 'FAIL', is: 'no agent manages it'},
	SCAN_ELIGIBILITY_EXPIRED: {verdict: 'FAIL', is: 'its rescan duration is over', severity: 'LOW'},
	SCAN_FREQUENCY_MANUAL: {verdict: 'FAIL', is: 'its repository is set to manual scans'},
	SCAN_FREQUENCY_SCAN_ON_PUSH: {
		verdict: 'FAIL',
		is: 'its repository is scanned at push only, so later vulnerabilities go unseen',
		severity: 'LOW',
	},
	SCAN_IN_PROGRESS: {verdict: 'UNKNOWN', is: 'a scan is under way'},
	STALE_INVENTORY: {verdict: 'FAIL', is: 'its inventory is older than 7 days: its SSM associations do not run'},
	UNMANAGED_EC2_INSTANCE: {verdict: 'FAIL', is: 'SSM does not manage it'},
	UNSUPPORTED_CODE_ARTIFACTS: {verdict: 'FAIL', is: 'its code artifacts are not supported', severity: 'LOW'},
	UNSUPPORTED_CONFIG_FILE: {verdict: 'FAIL', is: 'its configuration file is not supported', severity: 'LOW'},
	UNSUPPORTED_LANGUAGE: {verdict: 'FAIL', is: 'its language is not supported', severity: 'LOW'},
	UNSUPPORTED_MEDIA_TYPE: {verdict: 'FAIL', is: 'its media type is not supported', severity: 'LOW'},
	UNSUPPORTED_OS: {verdict: 'FAIL', is: 'Inspector does not know its operating system'},
	UNSUPPORTED_RUNTIME: {verdict: 'FAIL', is: 'Inspector does not know its runtime'},
};

const kindsOfScan: Readonly<Record<string, string>> = {PACKAGE: 'packages', NETWORK: 'open ports', CODE: 'code'};
const whatScans = ({type}: Scan): string => kindsOfScan[type] ?? type;
const list = (words: readonly string[]): string =>
	words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

type Judged = {readonly scan: Scan; readonly verdict: Answer['verdict']; readonly is: string; readonly severity?: Severity};

const judgeScan = (scan: Scan): Judged => {
	const known = reasons[scan.reason];
	if (scan.status === 'ACTIVE') {
		// Some active scans come with a blemish, such as a deep inspection that found no inventory.
		return known === undefined || known.verdict !== 'FAIL'
			? {scan, verdict: 'PASS', is: 'it is scanned'}
			: {scan, verdict: 'FAIL', is: known.is, severity: 'LOW'};
	}

	if (scan.status !== 'INACTIVE')
		return {scan, verdict: 'UNKNOWN', is: `Inspector gives its status as ${scan.status}, which is not known here`};
	return known === undefined ? {scan, verdict: 'FAIL', is: `Inspector gives the reason ${scan.reason}`} : {scan, ...known};
};

const verdictOrder: ReadonlyArray<Answer['verdict']> = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];

const resourceCovered: Rule<Coverage> = {
	id: 'inspector-resource-covered',
	title: 'Inspector scans the resource',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'A host without findings is well only if somebody looked. What Inspector leaves out looks exactly like what it found clean.',
	remediation: {
		text: 'Act on the reason: have SSM manage the host (or turn on hybrid mode), let Inspector use the key, or raise the rescan duration. What should not be scanned may be muted.',
		cli: `aws inspector2 list-coverage --filter-criteria '{"resourceId":[{"comparison":"EQUALS","value":"{id}"}]}' --region {region}`,
		url: `${guide}assessing-coverage.html`,
	},
	note: 'Stopped, terminated and archived resources do not count as gaps. The SSM agent is no longer needed where agentless scanning is on.',
	reads: ['ListCoverage'],
	evaluate({configuration: {scans = []}}: Resource<Coverage>) {
		const expected = 'every scan ACTIVE';
		const observed = scans.map(({type, status, reason}) => `${type} ${status} ${reason}`).join('; ') || 'no scan';
		const judged = scans.map(judgeScan);
		const verdict = verdictOrder.find(one => judged.some(({verdict: other}) => other === one));
		const told = judged.filter(({verdict: other}) => other === verdict);
		const first = told[0];
		if (verdict === undefined || first === undefined) {
			return answer('UNKNOWN', 'Inspector lists it without saying what it scans', 'ListCoverage', expected, observed);
		}

		const what = list([...new Set(told.map(({scan}) => whatScans(scan)))]);
		const partly = told.length < judged.length;
		switch (verdict) {
			case 'FAIL': {
				const severity = told.every(({severity: one}) => one === 'LOW') ? 'LOW' : undefined;
				return answer(
					'FAIL',
					`${first.scan.status === 'ACTIVE' ? 'scanned in part' : partly ? `its ${what} are not scanned` : 'not scanned'}: ${first.is}`,
					'ListCoverage',
					expected,
					observed,
					severity,
				);
			}

			case 'PASS': {
				const mode = told.map(({scan}) => scan.mode).find(one => one !== undefined);
				return answer(
					'PASS',
					`its ${what} ${what === 'code' ? 'is' : 'are'} scanned${mode === 'EC2_AGENTLESS' ? ', without an agent' : ''}`,
					'ListCoverage',
					expected,
					observed,
				);
			}

			default: {
				return answer(verdict, first.is, 'ListCoverage', expected, observed);
			}
		}
	},
};

const dayMs = 86_400_000;

/**
 * The only rule about findings, and it asks about us, not about them: is what can be mended mended in time?
 * Inspector's findings, network reachability among them, are findings by themselves and count by their own severity;
 * a rule "no critical vulnerabilities" would count each twice. This one is one answer a Region, and is UNKNOWN where the
 * findings could not be read. That EPSS counts from 0.5 and that a partial fix counts is decided where they are added up.
 */
const exploitableFixed: Rule<Backlog> = {
	id: 'inspector-exploitable-fixed',
	title: 'Vulnerabilities that are exploited and can be mended are mended in time',
	severity: 'HIGH',
	published: {securityControlIds: [], cis: [], prowler: ['inspector2_active_findings_exist']},
	rationale:
		'Attackers use what has a known exploit, and a fix exists: every further day is a choice. CISA gives federal agencies 15 days for critical and 30 for high ones.',
	remediation: {
		text: 'Begin with the oldest that are critical, then with those whose exploits are known. Rebuild images, patch hosts, update functions.',
		cli: `aws inspector2 list-findings --filter-criteria '{"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}],"exploitAvailable":[{"comparison":"EQUALS","value":"YES"}],"fixAvailable":[{"comparison":"EQUALS","value":"YES"}]}' --region {region}`,
		url: `${guide}findings-understanding.html`,
	},
	note: 'Prowler fails an account for any active finding, even an informational one. Here only those count that are critical, exploited or likely to be (EPSS 0.5 or more), and have a fix.',
	settings: {criticalDays: 15, exploitableDays: 30},
	reads: ['ListFindings'],
	evaluate({configuration: {urgent}}, {now, settings: {criticalDays = 15, exploitableDays = 30}}) {
		const expected = `none with a fix open for longer than ${criticalDays} days (critical) or ${exploitableDays} days (exploited)`;
		if (urgent === undefined) return answer('UNKNOWN', 'the findings could not be read as a whole', 'ListFindings', expected, 'no counts');
		const ageOf = ({oldestAt}: Waiting): number => (oldestAt === undefined ? 0 : (Date.parse(now) - Date.parse(oldestAt)) / dayMs);
		const groups = [
			{of: urgent.critical, word: 'critical', allowed: criticalDays},
			{of: urgent.exploitable, word: 'exploitable', allowed: exploitableDays},
		].filter(({of}) => of.count > 0);
		const observed = groups.map(({of, word}) => `${of.count} ${word}, the oldest ${Math.floor(ageOf(of))} d`).join('; ') || 'none';
		const late = groups
			.filter(({of, allowed}) => ageOf(of) > allowed)
			.sort((one, other) => ageOf(other.of) - other.allowed - (ageOf(one.of) - one.allowed))[0];
		if (late === undefined) {
			return answer(
				'PASS',
				groups.length === 0 ? 'nothing urgent waits to be mended' : `${observed}: all within their time`,
				'ListFindings',
				expected,
				observed,
			);
		}

		return answer(
			'FAIL',
			`${late.of.oldest ?? 'a vulnerability'} has been open for ${plural(Math.floor(ageOf(late.of)), 'day')}, ${late.allowed} allowed; ${plural(urgent.critical.count + urgent.exploitable.count, 'urgent one')} with a fix in all`,
			'ListFindings',
			expected,
			observed,
		);
	},
};

export const activationRules: ReadonlyArray<Rule<Activation>> = [accountEnabled, ...scanningRules.map(scanningRule), coverageComplete];
export const coverageRules: ReadonlyArray<Rule<Coverage>> = [resourceCovered];
export const backlogRules: ReadonlyArray<Rule<Backlog>> = [exploitableFixed];
