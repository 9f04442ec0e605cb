import {
	checkedAgain,
	controlFinding,
	foundational,
	quietSecurityHub,
	type SecurityHubRecord,
	type SecurityHubState,
} from '../../services/securityhub-state.js';
import {bucketArn, certificateArn, keyArn, loadBalancerArn} from '../estate.js';
import type {Moment, Place, Populate, Timeline} from '../scenario.js';

const securityGroup = (place: Place, name: string): string => place.arn('ec2', `security-group/sg-0${place.random(`sg/${name}`).hex(16)}`);

const virginia = (place: Place): readonly SecurityHubRecord[] => [
	controlFinding(place, 'S3.2', 'acme-exports', {
		resource: bucketArn(place, 'acme-exports'),
		createdDaysAgo: 12,
		annotation: 'Bucket policy allows public read access.',
	}),
	controlFinding(place, 'IAM.6', 'root', {createdDaysAgo: 400, workflow: 'NOTIFIED'}),
	controlFinding(place, 'EC2.19', 'bastion', {resource: securityGroup(place, 'bastion'), createdDaysAgo: 3}),
	controlFinding(place, 'EC2.182', 'snapshots', {createdDaysAgo: 41}),
	controlFinding(place, 'GuardDuty.9', 'rds', {createdDaysAgo: 90, workflow: 'NOTIFIED'}),
	controlFinding(place, 'GuardDuty.9', 'member', {createdDaysAgo: 11, accountId: '345678901234'}),
	controlFinding(place, 'ACM.1', 'status', {resource: certificateArn(place, 'status.acme.com'), createdDaysAgo: 8}),
	controlFinding(place, 'ELB.1', 'old', {resource: loadBalancerArn(place, 'old'), createdDaysAgo: 220}),
	controlFinding(place, 'KMS.4', 'legacy-erp', {resource: keyArn(place, 'prod/legacy-erp'), createdDaysAgo: 300, previously: 'FAILED'}),
	controlFinding(place, 'CloudTrail.2', 'security', {resource: place.arn('cloudtrail', 'trail/security'), createdDaysAgo: 200}),
	controlFinding(place, 'CloudTrail.4', 'old-ci', {resource: place.arn('cloudtrail', 'trail/old-ci'), createdDaysAgo: 200}),
	// None of what follows is a failure that somebody should look at.
	controlFinding(place, 'S3.5', 'acme-vault', {resource: bucketArn(place, 'acme-vault'), compliance: 'PASSED'}),
	controlFinding(place, 'S3.5', 'acme-ci-logs', {resource: bucketArn(place, 'acme-ci-logs'), workflow: 'SUPPRESSED'}),
	controlFinding(place, 'S3.2', 'acme-gone', {resource: bucketArn(place, 'acme-gone'), recordState: 'ARCHIVED'}),
	controlFinding(place, 'SecretsManager.1', 'unchecked', {compliance: 'NOT_AVAILABLE'}),
	controlFinding(place, 'RDS.27', 'sample', {sample: true, workflow: 'RESOLVED'}),
	{...controlFinding(place, 'GuardDuty', 'imported', {severity: 'HIGH'}), product: 'guardduty'},
];

/** Not consolidated: what two standards ask for is found twice. */
const ireland = (place: Place): readonly SecurityHubRecord[] =>
	[foundational, 'pci-dss/v/4.0.1'].flatMap(standard => [
		controlFinding(place, 'S3.5', 'acme-eu-media', {resource: bucketArn(place, 'acme-eu-media'), standard, createdDaysAgo: 70}),
		controlFinding(place, 'KMS.4', 'gdpr-exports', {resource: keyArn(place, 'prod/gdpr-exports'), standard, createdDaysAgo: 60}),
	]);

/**
 * Virginia: this account manages the others, one by one, and new ones not at all. Ireland: on its own, without a recorder of
 * AWS Config. Milan: a permissions boundary keeps readers out. Sydney: off. London: policies of the organisation decide.
 */
export const populate: Populate<SecurityHubState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {
				...quietSecurityHub(),
				organization: {configuration: 'LOCAL', status: 'ENABLED', autoEnable: false, autoEnableStandards: 'DEFAULT'},
				findings: virginia(place),
			};
		case 'eu-west-1':
			return {
				...quietSecurityHub(),
				hub: {subscribedAt: place.daysAgo(900), autoEnableControls: false, generator: 'STANDARD_CONTROL'},
				standards: [
					{name: foundational, status: 'INCOMPLETE', reason: 'NO_AVAILABLE_CONFIGURATION_RECORDER'},
					{name: 'pci-dss/v/4.0.1', status: 'READY'},
				],
				organization: undefined,
				findings: ireland(place),
			};
		case 'ap-southeast-2':
			return {...quietSecurityHub(), hub: undefined};
		case 'eu-west-2':
			return {
				...quietSecurityHub(),
				findings: [
					controlFinding(place, 'S3.5', 'acme-uk-archive', {resource: bucketArn(place, 'acme-uk-archive'), createdDaysAgo: 2}),
					controlFinding(place, 'EC2.7', 'account', {compliance: 'PASSED'}),
				],
			};
		default: {
			const boundary = 'explicit-deny-in-permissions-boundary' as const;
			return {
				...quietSecurityHub(),
				refused: {
					DescribeHub: boundary,
					GetEnabledStandards: boundary,
					GetAdministratorAccount: boundary,
					DescribeOrganizationConfiguration: boundary,
					GetFindings: boundary,
				},
			};
		}
	}
};

const check = (state: SecurityHubState, id: string, compliance: 'PASSED' | 'FAILED', {now}: Moment): void => {
	state.findings = state.findings.map(record => (record.id === id ? checkedAgain(record, compliance, now) : record));
};

const opened = (moment: Moment): SecurityHubRecord =>
	controlFinding(moment, 'S3.2', `data-lake/${moment.round}`, {
		resource: bucketArn(moment, 'acme-data-lake'),
		createdDaysAgo: 0,
		updatedHoursAgo: 0,
		annotation: 'Bucket policy allows public read access.',
	});
const ofKey = (moment: Moment): string => controlFinding(moment, 'KMS.4', 'legacy-erp').id;

/** A bucket is opened and closed again, a key gets its rotation and loses it, and one failure is accepted. */
export const timeline: Timeline<SecurityHubState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 50,
			what: 'Security Hub finds that acme-data-lake is open to the public',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				const record = opened(moment);
				state.findings = [...state.findings.filter(({id}) => id !== record.id), record];
			},
		},
		{
			atSeconds: 110,
			what: 'the key prod/legacy-erp is rotated now, and the control passes',
			awsRegion: 'us-east-1',
			apply: (state, moment) => check(state, ofKey(moment), 'PASSED', moment),
		},
		{
			atSeconds: 220,
			what: 'acme-data-lake is closed again',
			awsRegion: 'us-east-1',
			apply: (state, moment) => check(state, opened(moment).id, 'PASSED', moment),
		},
		{
			atSeconds: 290,
			what: 'rotation of prod/legacy-erp is off again',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				check(state, ofKey(moment), 'FAILED', moment);
				// Rounds follow each other for days: what passed does not pile up.
				state.findings = state.findings.filter(({id}) => id !== opened(moment).id);
			},
		},
	],
};
