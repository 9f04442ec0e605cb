import type {Service} from '../model/index.js';
import {account} from './account/index.js';
import {acm} from './acm/index.js';
import {apigateway} from './apigateway/index.js';
import {apigatewayv2} from './apigatewayv2/index.js';
import {autoscaling} from './autoscaling/index.js';
import {cloudfront} from './cloudfront/index.js';
import {cloudtrail} from './cloudtrail/index.js';
import {config} from './config/index.js';
import {dynamodb} from './dynamodb/index.js';
import {ec2} from './ec2/index.js';
import {elbv2} from './elbv2/index.js';
import {eventbridge} from './eventbridge/index.js';
import {fms} from './fms/index.js';
import {globalaccelerator} from './globalaccelerator/index.js';
import {guardduty} from './guardduty/index.js';
import {inspector} from './inspector/index.js';
import {kms} from './kms/index.js';
import {macie} from './macie/index.js';
import {organizations} from './organizations/index.js';
import {rds} from './rds/index.js';
import {route53} from './route53/index.js';
import {s3} from './s3/index.js';
import {s3control} from './s3control/index.js';
import {secretsmanager} from './secretsmanager/index.js';
import {securityhub} from './securityhub/index.js';
import {shield} from './shield/index.js';
import {ssm} from './ssm/index.js';
import {wafv2} from './wafv2/index.js';

/** Every AWS service that Vedette watches. One folder and one line here each. */
export const services: readonly Service[] = [
	//
	kms,
	acm,
	secretsmanager,
	ssm,
	elbv2,
	apigateway,
	apigatewayv2,
	ec2,
	s3,
	s3control,
	dynamodb,
	rds,
	guardduty,
	inspector,
	macie,
	securityhub,
	cloudfront,
	wafv2,
	shield,
	route53,
	globalaccelerator,
	autoscaling,
	fms,
	eventbridge,
	config,
	cloudtrail,
	organizations,
	account,
];
