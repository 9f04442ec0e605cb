import type {Resource} from '../../../model/index.js';
import {type HealthCheck, healthCheckType, targetOf} from '../rules/health-check.js';
import {type ListedCheck, present, type Route53} from './commands.js';

const toConfiguration = ({HealthCheckConfig = {Type: undefined}, LinkedService}: ListedCheck): HealthCheck => {
	const {Type, ChildHealthChecks, AlarmIdentifier} = HealthCheckConfig;
	return present({
		type: Type,
		domainName: HealthCheckConfig.FullyQualifiedDomainName,
		ipAddress: HealthCheckConfig.IPAddress,
		port: HealthCheckConfig.Port,
		path: HealthCheckConfig.ResourcePath,
		intervalSeconds: HealthCheckConfig.RequestInterval,
		failureThreshold: HealthCheckConfig.FailureThreshold,
		disabled: HealthCheckConfig.Disabled,
		inverted: HealthCheckConfig.Inverted,
		healthThreshold: HealthCheckConfig.HealthThreshold,
		children: Type === 'CALCULATED' ? (ChildHealthChecks ?? []) : undefined,
		alarmName: AlarmIdentifier?.Name,
		insufficientDataHealth: HealthCheckConfig.InsufficientDataHealthStatus,
		linkedService: LinkedService && (LinkedService.ServicePrincipal ?? 'another service'),
	});
};

export const toHealthCheck = (aws: Route53, check: ListedCheck, id: string): Resource<HealthCheck> => {
	const configuration = toConfiguration(check);
	return {
		arn: `arn:${aws.partition}:route53:::healthcheck/${id}`,
		resourceType: healthCheckType,
		resourceId: id,
		// Its name is a tag, which takes a call of its own: what it looks at tells as much.
		resourceName: targetOf(configuration) || id,
		accountId: aws.accountId,
		awsRegion: 'global',
		tags: {},
		configuration,
		unread: {},
		readAt: {},
	};
};
