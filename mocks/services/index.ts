import {type Registered, register} from '../scenarios/registered.js';
import {account} from './account.js';
import {acm} from './acm.js';
import {apigateway} from './apigateway.js';
import {apigatewayv2} from './apigatewayv2.js';
import {autoscaling} from './autoscaling.js';
import {cloudfront} from './cloudfront.js';
import {cloudtrail} from './cloudtrail.js';
import {config} from './config.js';
import {dynamodb} from './dynamodb.js';
import {ec2} from './ec2.js';
import {elbv2} from './elbv2.js';
import {eventbridge} from './eventbridge.js';
import {fms} from './fms.js';
import {globalaccelerator} from './globalaccelerator.js';
import {guardduty} from './guardduty.js';
import {inspector} from './inspector.js';
import {kms} from './kms.js';
import {macie} from './macie.js';
import {organizations} from './organizations.js';
import {rds} from './rds.js';
import {route53} from './route53.js';
import {s3} from './s3.js';
import {s3control} from './s3control.js';
import {secretsmanager} from './secretsmanager.js';
import {securityhub} from './securityhub.js';
import {shield} from './shield.js';
import {ssm} from './ssm.js';
import {sts} from './sts.js';
import {tagging} from './tagging.js';
import {wafv2} from './wafv2.js';

/** Every mocked service, with its data in each scenario. A new one is a line here. */
export const mockServices: readonly Registered[] = [
	register(sts),
	// It holds nothing of its own.
	register(tagging),
	register(kms, {
		healthy: () => import('../scenarios/healthy/kms.js'),
		typical: () => import('../scenarios/typical/kms.js'),
		hostile: () => import('../scenarios/hostile/kms.js'),
		large: () => import('../scenarios/large/kms.js'),
	}),
	register(acm, {
		healthy: () => import('../scenarios/healthy/acm.js'),
		typical: () => import('../scenarios/typical/acm.js'),
		hostile: () => import('../scenarios/hostile/acm.js'),
		large: () => import('../scenarios/large/acm.js'),
	}),
	register(secretsmanager, {
		healthy: () => import('../scenarios/healthy/secretsmanager.js'),
		typical: () => import('../scenarios/typical/secretsmanager.js'),
		hostile: () => import('../scenarios/hostile/secretsmanager.js'),
		large: () => import('../scenarios/large/secretsmanager.js'),
	}),
	register(ssm, {
		healthy: () => import('../scenarios/healthy/ssm.js'),
		typical: () => import('../scenarios/typical/ssm.js'),
		hostile: () => import('../scenarios/hostile/ssm.js'),
		large: () => import('../scenarios/large/ssm.js'),
	}),
	register(elbv2, {
		healthy: () => import('../scenarios/healthy/elbv2.js'),
		typical: () => import('../scenarios/typical/elbv2.js'),
		hostile: () => import('../scenarios/hostile/elbv2.js'),
		large: () => import('../scenarios/large/elbv2.js'),
	}),
	register(apigateway, {
		healthy: () => import('../scenarios/healthy/apigateway.js'),
		typical: () => import('../scenarios/typical/apigateway.js'),
		hostile: () => import('../scenarios/hostile/apigateway.js'),
		large: () => import('../scenarios/large/apigateway.js'),
	}),
	register(apigatewayv2, {
		healthy: () => import('../scenarios/healthy/apigatewayv2.js'),
		typical: () => import('../scenarios/typical/apigatewayv2.js'),
		hostile: () => import('../scenarios/hostile/apigatewayv2.js'),
		large: () => import('../scenarios/large/apigatewayv2.js'),
	}),
	register(ec2, {
		healthy: () => import('../scenarios/healthy/ec2.js'),
		typical: () => import('../scenarios/typical/ec2.js'),
		hostile: () => import('../scenarios/hostile/ec2.js'),
		large: () => import('../scenarios/large/ec2.js'),
	}),
	register(s3, {
		healthy: () => import('../scenarios/healthy/s3.js'),
		typical: () => import('../scenarios/typical/s3.js'),
		hostile: () => import('../scenarios/hostile/s3.js'),
		large: () => import('../scenarios/large/s3.js'),
	}),
	register(s3control, {
		healthy: () => import('../scenarios/healthy/s3control.js'),
		typical: () => import('../scenarios/typical/s3control.js'),
		hostile: () => import('../scenarios/hostile/s3control.js'),
		large: () => import('../scenarios/large/s3control.js'),
	}),
	register(dynamodb, {
		healthy: () => import('../scenarios/healthy/dynamodb.js'),
		typical: () => import('../scenarios/typical/dynamodb.js'),
		hostile: () => import('../scenarios/hostile/dynamodb.js'),
		large: () => import('../scenarios/large/dynamodb.js'),
	}),
	register(rds, {
		healthy: () => import('../scenarios/healthy/rds.js'),
		typical: () => import('../scenarios/typical/rds.js'),
		hostile: () => import('../scenarios/hostile/rds.js'),
		large: () => import('../scenarios/large/rds.js'),
	}),
	register(guardduty, {
		healthy: () => import('../scenarios/healthy/guardduty.js'),
		typical: () => import('../scenarios/typical/guardduty.js'),
		hostile: () => import('../scenarios/hostile/guardduty.js'),
		large: () => import('../scenarios/large/guardduty.js'),
	}),
	register(inspector, {
		healthy: () => import('../scenarios/healthy/inspector.js'),
		typical: () => import('../scenarios/typical/inspector.js'),
		hostile: () => import('../scenarios/hostile/inspector.js'),
		large: () => import('../scenarios/large/inspector.js'),
	}),
	register(macie, {
		healthy: () => import('../scenarios/healthy/macie.js'),
		typical: () => import('../scenarios/typical/macie.js'),
		hostile: () => import('../scenarios/hostile/macie.js'),
		large: () => import('../scenarios/large/macie.js'),
	}),
	register(securityhub, {
		healthy: () => import('../scenarios/healthy/securityhub.js'),
		typical: () => import('../scenarios/typical/securityhub.js'),
		hostile: () => import('../scenarios/hostile/securityhub.js'),
		large: () => import('../scenarios/large/securityhub.js'),
	}),
	register(cloudfront, {
		healthy: () => import('../scenarios/healthy/cloudfront.js'),
		typical: () => import('../scenarios/typical/cloudfront.js'),
		hostile: () => import('../scenarios/hostile/cloudfront.js'),
		large: () => import('../scenarios/large/cloudfront.js'),
	}),
	register(wafv2, {
		healthy: () => import('../scenarios/healthy/wafv2.js'),
		typical: () => import('../scenarios/typical/wafv2.js'),
		hostile: () => import('../scenarios/hostile/wafv2.js'),
		large: () => import('../scenarios/large/wafv2.js'),
	}),
	register(shield, {
		healthy: () => import('../scenarios/healthy/shield.js'),
		typical: () => import('../scenarios/typical/shield.js'),
		hostile: () => import('../scenarios/hostile/shield.js'),
		large: () => import('../scenarios/large/shield.js'),
	}),
	register(route53, {
		healthy: () => import('../scenarios/healthy/route53.js'),
		typical: () => import('../scenarios/typical/route53.js'),
		hostile: () => import('../scenarios/hostile/route53.js'),
		large: () => import('../scenarios/large/route53.js'),
	}),
	register(globalaccelerator, {
		healthy: () => import('../scenarios/healthy/globalaccelerator.js'),
		typical: () => import('../scenarios/typical/globalaccelerator.js'),
		hostile: () => import('../scenarios/hostile/globalaccelerator.js'),
		large: () => import('../scenarios/large/globalaccelerator.js'),
	}),
	register(autoscaling, {
		healthy: () => import('../scenarios/healthy/autoscaling.js'),
		typical: () => import('../scenarios/typical/autoscaling.js'),
		hostile: () => import('../scenarios/hostile/autoscaling.js'),
		large: () => import('../scenarios/large/autoscaling.js'),
	}),
	register(fms, {
		healthy: () => import('../scenarios/healthy/fms.js'),
		typical: () => import('../scenarios/typical/fms.js'),
		hostile: () => import('../scenarios/hostile/fms.js'),
		large: () => import('../scenarios/large/fms.js'),
	}),
	register(eventbridge, {
		healthy: () => import('../scenarios/healthy/eventbridge.js'),
		typical: () => import('../scenarios/typical/eventbridge.js'),
		hostile: () => import('../scenarios/hostile/eventbridge.js'),
		large: () => import('../scenarios/large/eventbridge.js'),
	}),
	register(config, {
		healthy: () => import('../scenarios/healthy/config.js'),
		typical: () => import('../scenarios/typical/config.js'),
		hostile: () => import('../scenarios/hostile/config.js'),
		large: () => import('../scenarios/large/config.js'),
	}),
	register(cloudtrail, {
		healthy: () => import('../scenarios/healthy/cloudtrail.js'),
		typical: () => import('../scenarios/typical/cloudtrail.js'),
		hostile: () => import('../scenarios/hostile/cloudtrail.js'),
		large: () => import('../scenarios/large/cloudtrail.js'),
	}),
	register(organizations, {
		healthy: () => import('../scenarios/healthy/organizations.js'),
		typical: () => import('../scenarios/typical/organizations.js'),
		hostile: () => import('../scenarios/hostile/organizations.js'),
		large: () => import('../scenarios/large/organizations.js'),
	}),
	register(account, {
		healthy: () => import('../scenarios/healthy/account.js'),
		typical: () => import('../scenarios/typical/account.js'),
		hostile: () => import('../scenarios/hostile/account.js'),
		large: () => import('../scenarios/large/account.js'),
	}),
];
