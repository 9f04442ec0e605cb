import {
	ApplicationLayerAutomaticResponseStatus,
	AutoRenew,
	DescribeDRTAccessCommand,
	DescribeEmergencyContactSettingsCommand,
	DescribeSubscriptionCommand,
	GetSubscriptionStateCommand,
	ListAttacksCommand,
	ListProtectionGroupsCommand,
	ListProtectionsCommand,
	ProactiveEngagementStatus,
	SubscriptionState,
} from '@aws-sdk/client-shield';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type ShieldState, standard} from './shield-state.js';

// Behaviour is that of https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_Operations.html.

type Shield = Context<ShieldState>;

const refuse = (context: Shield): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

/** All but the question for the state itself need a subscription. */
const subscribed = (context: Shield): NonNullable<ShieldState['subscription']> => {
	refuse(context);
	const {subscription} = context.state;
	if (subscription === undefined) throw new AwsError('ResourceNotFoundException', 'The subscription does not exist.');
	return subscription;
};

// "The default setting is 20."
const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 20, maximumLimit: 10_000} as const;

export const shield = defineMockService({
	id: 'shield',
	signingName: 'shield',
	protocol: {name: 'awsJson1.1', target: 'AWSShield_20160616'},
	errors: {validation: 'InvalidParameterException', invalidToken: 'InvalidPaginationTokenException'},
	enums: [SubscriptionState, AutoRenew, ProactiveEngagementStatus, ApplicationLayerAutomaticResponseStatus],
	empty: standard,
	commands: {
		GetSubscriptionState: GetSubscriptionStateCommand,
		DescribeSubscription: DescribeSubscriptionCommand,
		DescribeEmergencyContactSettings: DescribeEmergencyContactSettingsCommand,
		DescribeDRTAccess: DescribeDRTAccessCommand,
		ListProtectionGroups: ListProtectionGroupsCommand,
		ListProtections: ListProtectionsCommand,
		ListAttacks: ListAttacksCommand,
	},
	handlers: {
		GetSubscriptionState: (_, context) => {
			refuse(context);
			return {SubscriptionState: context.state.subscription === undefined ? ('INACTIVE' as const) : ('ACTIVE' as const)};
		},

		DescribeSubscription: (_, context) => ({Subscription: subscribed(context)}),

		DescribeEmergencyContactSettings: (_, context) => {
			subscribed(context);
			return {EmergencyContactList: [...context.state.contacts]};
		},

		DescribeDRTAccess: (_, context) => {
			subscribed(context);
			const {roleArn, logBuckets} = context.state;
			return {...(roleArn !== undefined && {RoleArn: roleArn}), LogBucketList: [...logBuckets]};
		},

		ListProtectionGroups: (input, context) => {
			subscribed(context);
			const {page, token} = context.paginate(context.state.groups, input, paging);
			return {ProtectionGroups: [...page], ...(token !== undefined && {NextToken: token})};
		},

		ListProtections: (input, context) => {
			subscribed(context);
			if (input.InclusionFilters !== undefined) throw context.invalid('The mock filters no protections.');
			const {page, token} = context.paginate(context.state.protections, input, paging);
			return {Protections: [...page], ...(token !== undefined && {NextToken: token})};
		},

		ListAttacks: (input, context) => {
			subscribed(context);
			const {StartTime, ResourceArns = []} = input;
			const from = StartTime?.FromInclusive?.getTime() ?? 0;
			const to = StartTime?.ToExclusive?.getTime() ?? Number.POSITIVE_INFINITY;
			const wanted = context.state.attacks.filter(({StartTime: at, ResourceArn = ''}) => {
				const began = at?.getTime() ?? 0;
				return began >= from && began < to && (ResourceArns.length === 0 || ResourceArns.includes(ResourceArn));
			});
			const {page, token} = context.paginate(wanted, input, paging);
			return {AttackSummaries: [...page], ...(token !== undefined && {NextToken: token})};
		},
	},
});
