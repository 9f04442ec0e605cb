import {
	DescribeListenerCertificatesCommand,
	DescribeListenersCommand,
	DescribeLoadBalancerAttributesCommand,
	DescribeLoadBalancersCommand,
	DescribeRulesCommand,
	DescribeSSLPoliciesCommand,
	DescribeTagsCommand,
	DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {Aws, Facts} from '../../../model/index.js';

export const commands = {
	DescribeLoadBalancers: DescribeLoadBalancersCommand,
	DescribeLoadBalancerAttributes: DescribeLoadBalancerAttributesCommand,
	DescribeListeners: DescribeListenersCommand,
	DescribeRules: DescribeRulesCommand,
	DescribeListenerCertificates: DescribeListenerCertificatesCommand,
	DescribeSSLPolicies: DescribeSSLPoliciesCommand,
	DescribeTargetGroups: DescribeTargetGroupsCommand,
	DescribeTags: DescribeTagsCommand,
};
export type ElbFacts = Facts<typeof commands>;
export type Elb = Aws<typeof commands>;

/** The most that a page holds. In the input, because the SDK's paginators know no page size for these operations. */
export const whole = {PageSize: 400} as const;
