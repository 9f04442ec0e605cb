import {defineService, hourMs, type Kind} from '../../model/index.js';
import {secretRules} from './rules/index.js';
import {usdPerMonth} from './rules/keeping.js';
import {hasDefaultKey, isReplica, type Secret, scheduleInWords, secretType} from './rules/secret.js';

const limits = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html';

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const rotation = (secret: Secret): string =>
	secret.rotationEnabled === true ? scheduleInWords(secret) : secret.owningService === undefined ? 'off' : `by ${secret.owningService}`;

const secrets: Kind<Secret> = {
	resourceType: secretType,
	title: 'Secrets',
	columns: [
		{title: 'Rotation', value: ({configuration}) => rotation(configuration)},
		{title: 'Rotated', value: ({configuration}) => at(configuration.lastRotatedAt)},
		{title: 'Next', value: ({configuration}) => at(configuration.nextRotationAt)},
		{title: 'Read', value: ({configuration}) => at(configuration.lastAccessedAt)},
		{title: 'Key', value: ({configuration}) => (hasDefaultKey(configuration) ? 'default' : 'own')},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Rotation', value: ({configuration}) => rotation(configuration)},
		{title: 'Schedule', value: ({configuration}) => configuration.schedule},
		{title: 'Window', value: ({configuration}) => configuration.window},
		{title: 'Last rotated', value: ({configuration}) => at(configuration.lastRotatedAt)},
		{title: 'Next rotation by', value: ({configuration}) => at(configuration.nextRotationAt)},
		{title: 'Rotation begun', value: ({configuration: {pendingVersionId, pendingVersionAt}}) => at(pendingVersionAt) ?? pendingVersionId},
		{title: 'Value put', value: ({configuration}) => at(configuration.currentVersionAt)},
		{title: 'Rotated by', value: ({configuration}) => configuration.rotationLambdaArn ?? configuration.externalRotationRoleArn},
		{title: 'Made by', value: ({configuration}) => configuration.owningService},
		{title: 'Partner', value: ({configuration}) => configuration.partnerType},
		{title: 'Last read', value: ({configuration}) => at(configuration.lastAccessedAt)},
		{title: 'Last changed', value: ({configuration}) => at(configuration.lastChangedAt)},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Marked for deletion', value: ({configuration}) => at(configuration.deletedAt)},
		{title: 'Key', value: ({configuration}) => configuration.kmsKeyId ?? 'aws/secretsmanager'},
		{title: 'Replica of', value: resource => (isReplica(resource) ? resource.configuration.primaryRegion : undefined)},
		{
			title: 'Replicas',
			value: ({configuration: {replicas}}) =>
				replicas?.map(({awsRegion, status, statusMessage}) => [awsRegion, status, statusMessage].filter(Boolean).join(' ')).join(', ') ||
				undefined,
		},
		{title: 'Policy', value: ({configuration: {policy}}) => (policy === null ? 'none' : policy)},
	],
	rules: secretRules,
	expirations(resource) {
		const {nextRotationAt, rotationEnabled, deletedAt} = resource.configuration;
		if (deletedAt !== undefined) {
			return [{what: 'secret (deletion)', at: deletedAt}];
		}

		// The replicas' rotation is their primary's.
		return rotationEnabled === true && nextRotationAt !== undefined && !isReplica(resource)
			? [{what: 'rotation due', at: nextRotationAt}]
			: [];
	},
	// Replicas are charged for as secrets of their own Region; what is marked for deletion is not charged for.
	usdPerMonth: ({configuration: {deletedAt}}) => (deletedAt === undefined ? usdPerMonth : 0),
	consolePath: ({resourceName, awsRegion}) => `secretsmanager/secret?name=${encodeURIComponent(resourceName)}&region=${awsRegion}`,
};

export const secretsmanager = defineService({
	id: 'secretsmanager',
	title: 'Secrets',
	group: 'keys and secrets',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 30 * 60_000, deadlineMs: 5 * 60_000}, delta: {everyMs: 5 * 60_000, deadlineMs: 2 * 60_000}},
	iamPrefix: 'secretsmanager',
	operations: {
		ListSecrets: {
			requestsPerSecond: 100,
			answers: ['SecretList'],
			paging: {input: 'NextToken', output: 'NextToken'},
			source: limits,
		},
		// https://aws.amazon.com/about-aws/whats-new/2025/03/aws-secrets-manager-increases-api-requests-per-second-limits/
		DescribeSecret: {requestsPerSecond: 40_000, burst: 1000, freshForMs: hourMs / 4, answers: ['ARN'], source: limits},
		// One quota for reading, writing, deleting and validating policies.
		GetResourcePolicy: {
			requestsPerSecond: 50,
			bucket: 'ResourcePolicy',
			slow: true,
			freshForMs: 12 * hourMs,
			answers: ['ARN'],
			source: limits,
		},
		// Asked only where a rotation is under way or may have been done by hand.
		ListSecretVersionIds: {requestsPerSecond: 50, slow: true, freshForMs: 6 * hourMs, answers: ['ARN'], source: limits},
	},
	kinds: [secrets],
	load: async () => import('./collect.js'),
});
