import {type Answer, answer, type Resource, type Rule, type Severity, unpublished} from '../../../model/index.js';
import type {Activation} from './activation.js';
import {exemptWhenOff, guide, hub} from './common.js';

/** What a status says, or undefined for one that AWS has added since. */
const statuses: Readonly<Record<string, {readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN'; readonly is: string}>> = {
	ENABLED: {verdict: 'PASS', is: 'is on'},
	ENABLING: {verdict: 'UNKNOWN', is: 'is being turned on'},
	DISABLED: {verdict: 'FAIL', is: 'is off'},
	DISABLING: {verdict: 'FAIL', is: 'is being turned off'},
	SUSPENDED: {verdict: 'FAIL', is: 'is suspended'},
	SUSPENDING: {verdict: 'FAIL', is: 'is being suspended'},
};

export const accountEnabled: Rule<Activation> = {
	id: 'inspector-account-enabled',
	title: 'Inspector is on in this Region',
	severity: 'HIGH',
	published: {
		securityControlIds: ['Inspector.1', 'Inspector.2', 'Inspector.3', 'Inspector.4'],
		cis: [],
		prowler: ['inspector2_is_enabled'],
	},
	rationale: 'Without Inspector nobody tells which hosts, images and functions carry a known vulnerability.',
	remediation: {
		text: 'Enable Inspector for hosts, images and functions; better, let the organisation’s administrator enable it in all members. Where nothing runs it costs nothing.',
		cli: 'aws inspector2 enable --resource-types EC2 ECR LAMBDA LAMBDA_CODE --region {region}',
		terraform:
			'resource "aws_inspector2_enabler" "this" {\n  account_ids    = [data.aws_caller_identity.current.account_id]\n  resource_types = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"]\n}',
		url: `${guide}getting_started.html`,
	},
	note: 'Where Inspector is off, this one answers to Security Hub’s Inspector.1 to Inspector.4, which fail together then; where it is on, the rules for each kind of scanning do.',
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
			: answer(
					known.verdict,
					known.verdict === 'FAIL'
						? `${status === 'DISABLED' ? 'not enabled' : known.is.replace('is ', '')} in ${awsRegion}: Inspector scans nothing`
						: `Inspector ${known.is} in ${awsRegion}`,
					'BatchGetAccountStatus',
					'status ENABLED',
					`${status}`,
				);
	},
};

type ScanningRule = {
	readonly id: string;
	readonly scanning: keyof NonNullable<Activation['scanning']>;
	readonly enable: string;
	/** What must be named with it, because it does not come alone. */
	readonly types?: string;
	readonly name: string;
	readonly finds: string;
	readonly severity: Severity;
	readonly controls: readonly string[];
	readonly page: string;
};

const scanning: readonly ScanningRule[] = [
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
		types: 'LAMBDA LAMBDA_CODE',
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

const scanningRule = ({
	id,
	scanning: kind,
	enable,
	types = enable,
	name,
	finds,
	severity,
	controls,
	page,
}: ScanningRule): Rule<Activation> => ({
	id,
	title: `${name} is on`,
	severity,
	published: {securityControlIds: controls, cis: [], prowler: kind === 'codeRepository' ? [] : ['inspector2_is_enabled']},
	rationale: `It finds ${finds}. Off, silence means nothing.`,
	remediation: {
		text: `Turn it on. ${kind === 'lambdaCode' ? 'It needs the scanning of Lambda functions as well.' : 'It has a price by what is scanned and a 15-day trial.'}`,
		cli: `aws inspector2 enable --resource-types ${types} --region {region}`,
		terraform: `resource "aws_inspector2_enabler" "this" {\n  account_ids    = [data.aws_caller_identity.current.account_id]\n  resource_types = [${types
			.split(' ')
			.map(type => `"${type}"`)
			.join(', ')}]\n}`,
		url: controls[0] === undefined ? `${guide}${page}` : hub(controls[0]),
	},
	note:
		kind === 'ec2'
			? 'Older notes say that Inspector needs the SSM agent. In hybrid mode it scans the volumes of hosts without one. Prowler judges all kinds of scanning with one verdict; here each has its own.'
			: kind === 'ecr'
				? 'Older notes say that images are scanned at push. They are scanned again whenever a new vulnerability becomes known, for as long as the rescan duration says.'
				: 'Prowler judges all kinds of scanning with one verdict; here each has its own.',
	reads: ['BatchGetAccountStatus'],
	exempts: exemptWhenOff,
	evaluate({configuration}) {
		const status = configuration.scanning?.[kind];
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'BatchGetAccountStatus', `${enable} ENABLED`, `${enable} ${status ?? 'not listed'}`);
		if (configuration.scanning === undefined) return is('UNKNOWN', 'Inspector did not say what it scans');
		if (status === undefined) return is('NOT_APPLICABLE', 'Inspector does not list it, so it is not offered in this Region');
		const known = statuses[status];
		return known === undefined
			? is('UNKNOWN', `Inspector gives the status as ${status}, which is not known here`)
			: is(known.verdict, `${name} ${known.is}${known.verdict === 'FAIL' ? `: Inspector does not find ${finds}` : ''}`);
	},
});

export const scanningRules: ReadonlyArray<Rule<Activation>> = scanning.map(scanningRule);

const exemptWithoutHosts = (resource: Resource<Activation>): string | undefined =>
	exemptWhenOff(resource) ??
	(statuses[resource.configuration.scanning?.ec2 ?? '']?.verdict === 'FAIL' ? 'EC2 instances are not scanned at all here' : undefined);

export const hybridMode: Rule<Activation> = {
	id: 'inspector-ec2-mode-hybrid',
	title: 'Hosts without the SSM agent are scanned as well',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'The hosts that nobody set up properly are the ones without an agent. In hybrid mode Inspector reads snapshots of their volumes instead.',
	remediation: {
		text: 'Turn on hybrid mode. Encrypted volumes need a key policy that lets Inspector in.',
		cli: 'aws inspector2 update-configuration --ec2-configuration scanMode=EC2_HYBRID --region {region}',
		url: `${guide}scanning-ec2.html`,
	},
	note: 'Older notes say that Inspector needs the SSM agent: only in the mode EC2_SSM_AGENT_BASED.',
	reads: ['BatchGetAccountStatus', 'GetConfiguration'],
	exempts: exemptWithoutHosts,
	evaluate({configuration: {ec2ScanMode}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetConfiguration', 'scanMode EC2_HYBRID', `scanMode ${ec2ScanMode ?? 'not told'}`);
		switch (ec2ScanMode) {
			case 'EC2_HYBRID': {
				return is('PASS', 'hosts are scanned with and without an agent');
			}

			case 'EC2_SSM_AGENT_BASED': {
				return is('FAIL', 'only hosts with the SSM agent are scanned: all others look clean');
			}

			default: {
				return is('UNKNOWN', `Inspector gives the scan mode as ${ec2ScanMode ?? 'nothing'}, which is not known here`);
			}
		}
	},
};

export const deepInspection: Rule<Activation> = {
	id: 'inspector-deep-inspection-enabled',
	title: 'Linux hosts are searched for packages of programming languages',
	severity: 'LOW',
	published: unpublished,
	rationale: 'The system’s package manager does not know what npm, pip or Maven installed. Log4j came that way.',
	remediation: {
		text: 'Turn deep inspection on. It needs the SSM agent on the host.',
		cli: 'aws inspector2 update-ec2-deep-inspection-configuration --activate-deep-inspection --region {region}',
		url: `${guide}deep-inspection.html`,
	},
	reads: ['BatchGetAccountStatus', 'GetEc2DeepInspectionConfiguration'],
	exempts: exemptWithoutHosts,
	evaluate({configuration: {deepInspection: deep}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetEc2DeepInspectionConfiguration', 'status ACTIVATED', deep?.status ?? 'no answer');
		switch (deep?.status) {
			case 'ACTIVATED': {
				return is('PASS', 'deep inspection is on');
			}

			case 'DEACTIVATED': {
				return is('FAIL', 'deep inspection is off: packages of npm, pip or Maven on hosts go unseen');
			}

			case 'FAILED': {
				return is('FAIL', `deep inspection failed${deep.error ? `: ${deep.error.replace(/[.\s]+$/u, '')}` : ''}`);
			}

			case 'PENDING': {
				return is('UNKNOWN', 'deep inspection is being turned on');
			}

			default: {
				return is('UNKNOWN', `Inspector gives the status of deep inspection as ${deep?.status ?? 'nothing'}, which is not known here`);
			}
		}
	},
};
