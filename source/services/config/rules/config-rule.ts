import {type Resource, type Rule, unpublished} from '../../../model/index.js';

/** AWS Config's own name. */
export const configRuleType = 'AWS::Config::ConfigRule';

export const certificateCheck = 'ACM_CERTIFICATE_EXPIRATION_CHECK';

/**
 * The managed rules that ask what is asked here, by the beginning of their identifier.
 * https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
const families = [
	...['ACM_', 'KMS_', 'CMK_BACKING_KEY_ROTATION_ENABLED', 'SECRETSMANAGER_', 'SSM_'],
	...['GUARDDUTY_', 'INSPECTOR_', 'MACIE_', 'SECURITYHUB_ENABLED', 'WAFV2_', 'WAF_', 'SHIELD_', 'FMS_'],
	...['S3_', 'ENCRYPTED_VOLUMES', 'EC2_EBS_ENCRYPTION_BY_DEFAULT', 'EBS_SNAPSHOT_', 'RDS_STORAGE_ENCRYPTED', 'RDS_SNAPSHOT'],
	...['DYNAMODB_TABLE_ENCRYPT', 'ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK', 'ALB_WAF_ENABLED', 'ELB', 'CLOUDFRONT_', 'API_GW'],
] as const;

/** Whether a managed rule asks something that is asked here too. */
export const isOfInterest = (sourceIdentifier: string): boolean => families.some(family => sourceIdentifier.startsWith(family));

/** A resource that a rule says does not comply. */
export type NonCompliant = {
	readonly resourceType: string;
	/** Config's id of it: of a certificate its ARN. */
	readonly resourceId: string;
	readonly annotation?: string;
	/** When Config recorded the verdict, ISO 8601. */
	readonly recordedAt?: string;
};

/** A managed rule of AWS Config. Members that are absent could not be read. */
export type ConfigRule = {
	/** Such as `ACM_CERTIFICATE_EXPIRATION_CHECK`. */
	readonly sourceIdentifier: string;
	/** `ACTIVE`, `EVALUATING`, `DELETING` or `DELETING_RESULTS`. */
	readonly state?: string;
	readonly description?: string;
	/** The service that made it, such as `securityhub.amazonaws.com`. */
	readonly createdBy?: string;
	/** By name; values are text. */
	readonly parameters: Readonly<Record<string, string>>;
	/** How often it runs, where it runs by the clock, such as `TwentyFour_Hours`. */
	readonly frequency?: string;
	/** `COMPLIANT`, `NON_COMPLIANT` or `INSUFFICIENT_DATA`. */
	readonly compliance?: string;
	/** How many resources do not comply; at least so many where it is capped. */
	readonly nonCompliantCount?: number;
	readonly isCountCapped?: boolean;
	/** By GetComplianceDetailsByConfigRule, of the check of certificates alone: what does not comply, a thousand at most. */
	readonly nonCompliant?: readonly NonCompliant[];
};

// https://docs.aws.amazon.com/config/latest/developerguide/acm-certificate-expiration-check.html
const defaultDays = 14;

/** From how many days before their end certificates are flagged; undefined where that cannot be read. */
export const daysToExpiration = ({parameters}: ConfigRule): number | undefined => {
	const text = parameters['daysToExpiration'];
	const days = text === undefined ? defaultDays : Number(text);
	return text?.trim() === '' || !Number.isFinite(days) ? undefined : days;
};

/** `3`, `25 or more`. */
export const countInWords = ({nonCompliantCount: count, isCountCapped}: ConfigRule): string | number | undefined =>
	count !== undefined && isCountCapped === true ? `${count} or more` : count;

export const thresholdSensible: Rule<ConfigRule> = {
	id: 'config-certificate-rule-threshold',
	title: 'The check of certificates flags them in time, and not before they can be renewed',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Below two weeks there is hardly time to buy and to deploy a certificate. Above 45 days the check flags certificates that ACM has not begun to renew, and teaches people to look away.',
	remediation: {
		text: 'Set daysToExpiration to 30, between the two. The command reads the rule and puts it back with that change alone.',
		cli: 'aws configservice describe-config-rules --config-rule-names {name} --query \'ConfigRules[0].merge(@, {InputParameters: to_string(`{"daysToExpiration":"30"}`)})\' --output json --region {region} | aws configservice put-config-rule --config-rule file:///dev/stdin --region {region}',
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/acm-certificate-expiration-check.html',
	},
	note: 'The default is 14 days. Public certificates are renewed from 45 days before their end, not 60: those of 2026 last 198 days. A rule that a service made is not asked: its days are set there, of Security Hub’s by the parameter of control ACM.1.',
	settings: {minimumDays: 14, maximumDays: 45},
	reads: [],
	exempts: ({configuration: {sourceIdentifier, createdBy}}) =>
		sourceIdentifier === certificateCheck
			? createdBy === undefined
				? undefined
				: `made by ${createdBy}, where its days are set`
			: 'not the check of certificates',
	evaluate({configuration}, {settings}) {
		const {minimumDays = 14, maximumDays = 45} = settings;
		const days = daysToExpiration(configuration);
		const evidence = {
			expected: `daysToExpiration from ${minimumDays} to ${maximumDays}`,
			observed: `daysToExpiration ${configuration.parameters['daysToExpiration'] ?? `absent, which is ${defaultDays}`}`,
			operation: 'DescribeConfigRules',
		};
		if (days === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its daysToExpiration is no number', evidence};
		}

		if (days < minimumDays) {
			return {verdict: 'FAIL', reason: `flags certificates ${days} days before their end: too late to act`, evidence};
		}

		return days > maximumDays
			? {verdict: 'FAIL', reason: `flags certificates ${days} days before their end, before ACM begins to renew them`, evidence}
			: {verdict: 'PASS', reason: `flags certificates ${days} days before their end`, evidence};
	},
};

export const evaluates: Rule<ConfigRule> = {
	id: 'config-rule-evaluates',
	title: 'A rule of AWS Config is evaluated',
	severity: 'LOW',
	published: unpublished,
	rationale: 'A rule without results is neither green nor red: dashboards leave it out, and nobody misses it.',
	remediation: {
		text: 'See whether the types that the rule looks at are recorded, and whether there are any; start an evaluation. Delete the rule if there is nothing for it to judge.',
		cli: 'aws configservice start-config-rules-evaluation --config-rule-names {name} --region {region}',
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/evaluating-your-resources.html',
	},
	note: 'What a rule says of its resources is shown beside ours and not repeated as a failure. A rule without results that a service made is none: it is there whether or not there is anything to judge.',
	reads: ['DescribeComplianceByConfigRule'],
	exempts: ({configuration: {state}}: Resource<ConfigRule>) =>
		state === 'DELETING' || state === 'DELETING_RESULTS' ? 'being deleted' : undefined,
	evaluate({configuration}) {
		const {compliance, createdBy} = configuration;
		const evidence = {
			expected: 'COMPLIANT or NON_COMPLIANT',
			observed: `ComplianceType ${compliance ?? 'absent'}`,
			operation: 'DescribeComplianceByConfigRule',
		};
		switch (compliance) {
			case 'COMPLIANT': {
				return {verdict: 'PASS', reason: 'evaluated: all comply', evidence};
			}

			case 'NON_COMPLIANT': {
				return {
					verdict: 'PASS',
					reason: `evaluated: ${countInWords(configuration) ?? 'some'} ${configuration.nonCompliantCount === 1 ? 'does' : 'do'} not comply`,
					evidence,
				};
			}

			case 'INSUFFICIENT_DATA': {
				// Security Hub makes rules for all its controls, whether or not there is anything that they could judge.
				if (createdBy !== undefined) {
					return {
						verdict: 'NOT_APPLICABLE',
						reason: `no results, and nobody but ${createdBy}, which made it, can delete it: most often there is nothing for it to judge`,
						evidence,
					};
				}

				return {verdict: 'FAIL', reason: 'it has no results: nothing was evaluated, or there is nothing to evaluate', evidence};
			}

			default: {
				return {
					verdict: 'UNKNOWN',
					reason:
						compliance === undefined ? 'AWS did not tell its compliance' : `its compliance ${compliance} is not known to this version`,
					evidence,
				};
			}
		}
	},
};
