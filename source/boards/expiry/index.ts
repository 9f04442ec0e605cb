import {type Cell, defineBoard, type Kind} from '../../model/index.js';
import {type ConfigSays, type End, endType, type Renewal, type Told, type Users} from './end.js';
import {join} from './join.js';
import {endRules} from './rules/index.js';

const renewals: Readonly<Record<Renewal, string>> = {
	itself: 'by itself',
	hand: 'by hand',
	never: 'ends for good',
	stuck: 'stuck',
	elsewhere: 'elsewhere',
};

/** How many depend on it: `?` where that is not all known, nothing where no API tells. */
const hits = (users: Users | undefined): Cell => {
	if (users === undefined) {
		return undefined;
	}

	const {count, used, missing} = users;
	return missing.length > 0 ? (count === 0 ? '?' : `${count}, ?`) : count === 0 && used === true ? 'some' : count;
};

const hears = (told: Told | undefined): Cell => told && (told.verdict === 'told' ? 'yes' : told.verdict === 'nobody' ? 'no' : '?');

const flags = (config: readonly ConfigSays[]): Cell => {
	const answered = config.filter(({flagged}) => flagged !== undefined);
	return answered.length === 0 ? undefined : answered.some(({flagged}) => flagged === true) ? 'flagged' : 'not flagged';
};

/** What a check says, for the facts: `acm-check (14 d): flagged`. */
const checkInWords = ({rule, days, flagged}: ConfigSays): string =>
	`${rule}${days === undefined ? '' : ` (${days} d)`}: ${flagged === undefined ? 'no results' : flagged ? 'flagged' : 'not flagged'}`;

const ends: Kind<End> = {
	resourceType: endType,
	title: 'Ends',
	columns: [
		{title: 'When', value: ({configuration: {at}}) => ({at})},
		{title: 'What', value: ({configuration}) => configuration.what},
		{title: 'Renews', value: ({configuration: {renewal}}) => (renewal === undefined ? '?' : renewals[renewal])},
		{title: 'Hits', value: ({configuration}) => hits(configuration.users)},
		{title: 'Told', value: ({configuration}) => hears(configuration.told)},
		{
			title: 'Config',
			value: ({configuration: {config, what}}) => (config === undefined ? (what === 'certificate' ? '?' : undefined) : flags(config)),
		},
	],
	facts: [
		{title: 'What ends', value: ({configuration}) => configuration.what},
		{title: 'Of', value: ({configuration}) => configuration.of},
		{title: 'When', value: ({configuration: {at}}) => ({at})},
		{title: 'Renews', value: ({configuration: {renewal}}) => (renewal === undefined ? '?' : renewals[renewal])},
		{title: 'How', value: ({configuration}) => configuration.how},
		{title: 'Depend on it', value: ({configuration}) => hits(configuration.users)},
		{title: 'Which', value: ({configuration: {users}}) => users?.names.join(', ') || undefined},
		{title: 'Not all known, because', value: ({configuration: {users}}) => users?.missing.join('; ') || undefined},
		{title: 'What depends on it is not told, because', value: ({configuration}) => configuration.usersUntold},
		{title: 'Event', value: ({configuration: {told, eventless}}) => told?.event ?? eventless},
		{title: 'Somebody hears of it', value: ({configuration}) => hears(configuration.told)},
		{title: 'By', value: ({configuration: {told}}) => told?.by.join(', ') || undefined},
		{title: 'Sent to', value: ({configuration: {told}}) => told?.to.join(', ') || undefined},
		{title: 'But', value: ({configuration: {told}}) => told?.because},
		{title: 'AWS Config', value: ({configuration: {config}}) => config && (config.map(checkInWords).join(', ') || 'no check here')},
	],
	rules: endRules,
	expirations: ({configuration: {what, at}}) => [{what, at}],
	consolePath: ({configuration: {page}}) => page,
};

export const expiry = defineBoard({
	id: 'expiry',
	title: 'Expiry',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'acm', resourceType: 'AWS::ACM::Certificate'},
		{service: 'elbv2', resourceType: 'AWS::ElasticLoadBalancingV2::Listener'},
		{service: 'cloudfront', resourceType: 'AWS::CloudFront::Distribution'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::DomainName'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::ClientCertificate'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::Stage'},
		{service: 'kms', resourceType: 'AWS::KMS::Key'},
		{service: 'secretsmanager', resourceType: 'AWS::SecretsManager::Secret'},
		{service: 'ssm', resourceType: 'AWS::SSM::Parameter'},
		{service: 'ec2', resourceType: 'AWS::EC2::Volume'},
		{service: 'ec2', resourceType: 'AWS::EC2::Snapshot'},
		{service: 'ec2', resourceType: 'AWS::EC2::RegionSettings'},
		{service: 's3', resourceType: 'AWS::S3::Bucket'},
		{service: 'dynamodb', resourceType: 'AWS::DynamoDB::Table'},
		{service: 'rds', resourceType: 'AWS::RDS::DBCluster'},
		{service: 'route53', resourceType: 'AWS::Route53::HostedZone'},
		{service: 'cloudtrail', resourceType: 'AWS::CloudTrail::Trail'},
		{service: 'config', resourceType: 'AWS::Config::ConfigurationRecorder'},
		{service: 'shield', resourceType: 'AWS::Shield::Subscription'},
		{service: 'shield', resourceType: 'AWS::Shield::Protection'},
		{service: 'macie', resourceType: 'AWS::Macie::ClassificationJob'},
		{service: 'eventbridge', resourceType: 'AWS::Events::Routing'},
		{service: 'config', resourceType: 'AWS::Config::ConfigRule'},
	],
	kinds: [ends],
	join,
});
