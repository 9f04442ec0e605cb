import {byUpdate, featuresWithout, type GuardDutyState, member, quietGuardDuty} from '../../services/guardduty-state.js';
import type {Place, Populate} from '../scenario.js';
import {irelandFindings, virginiaFindings} from './guardduty-findings.js';

export {timeline} from './guardduty-timeline.js';

const detector = (place: Place, ...off: readonly string[]): GuardDutyState['detector'] => ({
	id: place.random('guardduty/detector').hex(32),
	status: 'ENABLED',
	createdAt: place.daysAgo(612),
	features: featuresWithout(...off),
	tags: {team: 'security'},
});

const host = (place: Place, name: string, issue?: string): GuardDutyState['coverage'][number] => {
	const instanceId = `i-0${place.random(`host/${name}`).hex(16)}`;
	return {
		ResourceId: instanceId,
		CoverageStatus: issue === undefined ? 'HEALTHY' : 'UNHEALTHY',
		...(issue !== undefined && {Issue: issue}),
		ResourceDetails: {ResourceType: 'EC2', Ec2InstanceDetails: {InstanceId: instanceId, InstanceType: 'm7g.large'}},
		UpdatedAt: place.hoursAgo(3),
	};
};

/**
 * Virginia: the delegated administrator's home, well equipped but for RDS, Lambda and AI, while its members are not.
 * Ireland: managed by nobody, with the other half. Milan: a permissions boundary keeps GuardDuty's details from readers.
 * Sydney: nobody ever made a detector. London: the administrator has everything on, everywhere.
 */
export const populate: Populate<GuardDutyState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {
				detector: detector(
					place,
					'RDS_LOGIN_EVENTS',
					'LAMBDA_NETWORK_LOGS',
					'AI_PROTECTION',
					'ECS_FARGATE_AGENT_MANAGEMENT',
					'EC2_AGENT_MANAGEMENT',
					'EKS_ADDON_MANAGEMENT',
				),
				findings: byUpdate(virginiaFindings(place)),
				organization: {
					autoEnable: 'NONE',
					members: [
						member('234567890123', 'Enabled', 'S3_DATA_EVENTS', 'EKS_AUDIT_LOGS'),
						member('345678901234', 'Enabled'),
						member('456789012345', 'Enabled', 'S3_DATA_EVENTS'),
						member('567890123456', 'Paused'),
					],
					strangers: 2,
				},
				destinations: [
					{DestinationId: place.random('destination').hex(32), DestinationType: 'S3', Status: 'UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY'},
				],
				coverage: [
					host(place, 'web-1'),
					host(place, 'web-2'),
					host(place, 'batch-1', 'No Agent Reporting'),
					host(place, 'bastion', 'Agent not provisioned: SSM unmanaged instance'),
				],
				refused: {},
			};
		case 'eu-west-1':
			return {
				detector: detector(place, 'S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RUNTIME_MONITORING'),
				findings: byUpdate(irelandFindings(place)),
				destinations: [],
				coverage: [],
				refused: {},
			};
		case 'ap-southeast-2':
			return {findings: [], destinations: [], coverage: [], refused: {}};
		case 'eu-west-2':
			return quietGuardDuty();
		default: {
			const boundary = 'explicit-deny-in-permissions-boundary' as const;
			return {
				...quietGuardDuty(),
				detector: detector(place),
				refused: {
					GetDetector: boundary,
					GetAdministratorAccount: boundary,
					DescribeOrganizationConfiguration: boundary,
					ListMembers: boundary,
					GetMemberDetectors: boundary,
					GetOrganizationStatistics: boundary,
					ListPublishingDestinations: boundary,
					GetFindingsStatistics: boundary,
					ListFindings: boundary,
				},
			};
		}
	}
};
