import {type Answer, answer, type Rule, type Severity} from '../../../model/index.js';
import {exemptWhenOff, guide} from './common.js';
import {type Detector, listsFeatures} from './detector.js';

type Plan = {
	readonly id: string;
	readonly feature: string;
	/** As in "S3 Protection is off". */
	readonly name: string;
	readonly watches: string;
	readonly severity: Severity;
	readonly controls: readonly string[];
	readonly prowler: readonly string[];
	readonly page: string;
};

const plans: readonly Plan[] = [
	{
		id: 'guardduty-s3-protection-enabled',
		feature: 'S3_DATA_EVENTS',
		name: 'S3 Protection',
		watches: 'who reads and deletes objects in buckets',
		severity: 'MEDIUM',
		controls: ['GuardDuty.10'],
		prowler: ['guardduty_s3_protection_enabled'],
		page: 's3-protection.html',
	},
	{
		id: 'guardduty-eks-audit-logs-enabled',
		feature: 'EKS_AUDIT_LOGS',
		name: 'EKS Protection',
		watches: 'what is asked of the Kubernetes API',
		severity: 'MEDIUM',
		controls: ['GuardDuty.5'],
		prowler: ['guardduty_eks_audit_log_enabled'],
		page: 'kubernetes-protection.html',
	},
	{
		id: 'guardduty-lambda-protection-enabled',
		feature: 'LAMBDA_NETWORK_LOGS',
		name: 'Lambda Protection',
		watches: 'whom functions talk to',
		severity: 'MEDIUM',
		controls: ['GuardDuty.6'],
		prowler: ['guardduty_lambda_protection_enabled'],
		page: 'lambda-protection.html',
	},
	{
		id: 'guardduty-malware-protection-enabled',
		feature: 'EBS_MALWARE_PROTECTION',
		name: 'Malware Protection for EC2',
		watches: 'the volumes of instances that behave oddly',
		severity: 'MEDIUM',
		controls: ['GuardDuty.8'],
		prowler: ['guardduty_ec2_malware_protection_enabled'],
		page: 'malware-protection.html',
	},
	{
		id: 'guardduty-rds-protection-enabled',
		feature: 'RDS_LOGIN_EVENTS',
		name: 'RDS Protection',
		watches: 'who logs in to databases',
		severity: 'MEDIUM',
		controls: ['GuardDuty.9'],
		prowler: ['guardduty_rds_protection_enabled'],
		page: 'rds-protection.html',
	},
	{
		id: 'guardduty-ai-protection-enabled',
		feature: 'AI_PROTECTION',
		name: 'AI Protection',
		watches: 'how models are called',
		severity: 'MEDIUM',
		controls: [],
		prowler: [],
		page: 'guardduty-features-activation-model.html',
	},
];

const planRule = ({id, feature, name, watches, severity, controls, prowler, page}: Plan): Rule<Detector> => ({
	id,
	title: `${name} is on`,
	severity,
	published: {securityControlIds: controls, cis: [], prowler},
	rationale: `Without ${name} GuardDuty does not see ${watches}.`,
	remediation: {
		text: `Turn ${name} on. It has a price by volume and a 30-day trial.`,
		cli: `aws guardduty update-detector --detector-id {id} --features Name=${feature},Status=ENABLED --region {region}`,
		terraform: `resource "aws_guardduty_detector_feature" "this" {\n  detector_id = aws_guardduty_detector.this.id\n  name        = "${feature}"\n  status      = "ENABLED"\n}`,
		url: `${guide}${page}`,
	},
	note: `${feature === 'S3_DATA_EVENTS' ? 'Older notes count S3 data events among the sources that GuardDuty always reads: only with S3 Protection. ' : ''}Judged by the features of GetDetector, not by its deprecated dataSources. Security Hub reports these only in the delegated administrator account; here each account answers for itself, and where GuardDuty is off the answer is "not applicable" instead of silence.`,
	reads: ['GetDetector'],
	exempts: exemptWhenOff,
	evaluate({configuration}) {
		const found = configuration.features?.[feature];
		if (found === undefined && !listsFeatures(configuration)) {
			return answer(
				'UNKNOWN',
				`GetDetector lists no feature that is known here, so nothing can be said of ${name}`,
				'GetDetector',
				`${feature} ENABLED`,
				'not listed',
			);
		}

		if (found === undefined) {
			return answer(
				'NOT_APPLICABLE',
				`GetDetector does not list ${name}, so GuardDuty does not offer it in this Region`,
				'GetDetector',
				`${feature} ENABLED`,
				'not listed',
			);
		}

		const by = found.managedBy === undefined ? '' : ', as an organisation policy wants it';
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetDetector', `${feature} ENABLED`, `${feature} ${found.status}`);
		if (found.status === 'ENABLED') return is('PASS', `${name} is on${by}`);
		if (found.status === 'DISABLED') return is('FAIL', `${name} is off${by}: GuardDuty does not see ${watches}`);
		return is('UNKNOWN', `GuardDuty gives the status of ${name} as ${found.status}, which is not known here`);
	},
});

export const planRules: ReadonlyArray<Rule<Detector>> = plans.map(planRule);

/** `S3_DATA_EVENTS` → `S3 Protection`: as the console calls it. */
export const nameOfFeature = (feature: string): string =>
	feature === 'RUNTIME_MONITORING' ? 'Runtime Monitoring' : (plans.find(plan => plan.feature === feature)?.name ?? feature);
