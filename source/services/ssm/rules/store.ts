import {type Rule, unpublished} from '../../../model/index.js';

/** Made up: what one Region of an account has of Parameter Store as a whole. */
export const storeType = 'AWS::SSM::ParameterStore';

/** Members that are absent could not be read. */
export type ParameterStore = {
	/** How many parameters of its own the Region holds, by tier. */
	readonly counts?: {
		readonly standard: number;
		readonly advanced: number;
		/** Of a tier that was not told or is not known. */
		readonly untold: number;
		readonly secureStrings: number;
	};
	/** How many parameters other accounts share with this one. */
	readonly shared?: number;
	/** The tier of a parameter that is made without one: `Standard`, `Advanced` or `Intelligent-Tiering`. */
	readonly defaultTier?: string;
	/** `true` or `false`: whether the higher throughput is on, which AWS charges for by the call. */
	readonly highThroughput?: string;
	/** `Enable` where SSM documents may be shared with everybody, `Disable` where that is blocked. */
	readonly documentsPublicSharing?: string;
};

export const documentsSharingBlocked: Rule<ParameterStore> = {
	id: 'ssm-documents-public-sharing-blocked',
	title: 'SSM documents cannot be shared with everybody',
	severity: 'CRITICAL',
	published: {securityControlIds: ['SSM.7'], cis: [], prowler: []},
	rationale:
		'A document that is public shows how your instances are run, and what was written into it: hosts, paths, at times credentials. The block makes that impossible for the account in this Region.',
	remediation: {
		text: 'Turn on the block. Documents that are public already stay so: take “all” out of their permissions.',
		cli: 'aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable --region {region}',
		terraform:
			'resource "aws_ssm_service_setting" "documents" {\n  setting_id    = "/ssm/documents/console/public-sharing-permission"\n  setting_value = "Disable"\n}',
		url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-7',
	},
	note: 'The block is off by default, in each Region by itself. MEDIUM in a Region without parameters, where it is likely that nobody uses Systems Manager: Security Hub calls that critical too. Prowler looks at documents, not at the block.',
	reads: ['GetServiceSetting'],
	evaluate({configuration: {documentsPublicSharing: setting, counts}}) {
		const evidence = {
			expected: 'public-sharing-permission Disable',
			observed: `public-sharing-permission ${setting ?? 'absent'}`,
			operation: 'GetServiceSetting',
		};
		if (setting === 'Disable') {
			return {verdict: 'PASS', reason: 'public sharing of documents is blocked', evidence};
		}

		if (setting !== 'Enable') {
			return {
				verdict: 'UNKNOWN',
				reason: setting === undefined ? 'AWS did not tell the setting' : `the setting ${setting} is not known to this version`,
				evidence,
			};
		}

		const isEmpty = counts !== undefined && counts.standard + counts.advanced + counts.untold === 0;
		return {
			verdict: 'FAIL',
			...(isEmpty && {severity: 'MEDIUM'}),
			reason: `public sharing of documents is not blocked${isEmpty ? '; Parameter Store is empty here' : ''}`,
			evidence,
		};
	},
};

const groups = new Intl.NumberFormat('en-GB');

export const quotaLeft: Rule<ParameterStore> = {
	id: 'ssm-store-quota-left',
	title: 'Parameter Store has room for more parameters',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'When the standard tier is full, a deployment that makes one more parameter fails, unless it asks for the advanced tier or the default tier is Intelligent-Tiering.',
	remediation: {
		text: 'Delete what nobody reads, begun with what deployments left behind; or make Intelligent-Tiering the default, which turns to advanced parameters at 0.05 USD a month each once the standard ones are used up.',
		cli: 'aws ssm update-service-setting --setting-id /ssm/parameter-store/default-parameter-tier --setting-value Intelligent-Tiering --region {region}',
		url: 'https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm',
	},
	note: '10,000 standard and 100,000 advanced parameters are the quotas of each account and Region, unless AWS has raised the latter.',
	settings: {standardQuota: 10_000, advancedQuota: 100_000, warnPercent: 80},
	reads: [],
	evaluate({configuration: {counts}}, {settings}) {
		const {standardQuota = 10_000, advancedQuota = 100_000, warnPercent = 80} = settings;
		if (counts === undefined) {
			return {verdict: 'UNKNOWN', reason: 'not all parameters could be listed: ssm:DescribeParameters'};
		}

		const {standard, advanced, untold} = counts;
		const tiers = [
			{tier: 'standard', count: standard, quota: standardQuota},
			{tier: 'advanced', count: advanced, quota: advancedQuota},
		];
		const evidence = {
			expected: `no more than ${warnPercent} % of ${groups.format(standardQuota)} standard and ${groups.format(advancedQuota)} advanced parameters`,
			observed: `${standard} standard, ${advanced} advanced${untold === 0 ? '' : `, ${untold} of a tier unknown`}`,
			operation: 'DescribeParameters',
		};
		const inWords = tiers.map(({tier, count, quota}) => `${groups.format(count)} of ${groups.format(quota)} ${tier}`);
		const full = tiers.findIndex(({count, quota}) => count > (quota * warnPercent) / 100);
		if (full !== -1) {
			return {verdict: 'FAIL', reason: `${inWords[full]} parameters are in use`, evidence};
		}

		return tiers.some(({count, quota}) => count + untold > (quota * warnPercent) / 100)
			? {verdict: 'UNKNOWN', reason: `the tier of ${untold} parameters is not known`, evidence}
			: {verdict: 'PASS', reason: `${inWords.join(' and ')} parameters are in use`, evidence};
	},
};
