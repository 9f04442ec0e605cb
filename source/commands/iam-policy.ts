import {iamActionOf, type Service} from '../model/index.js';

/** What the policy is made of: services, and the two questions that stand before them. */
export type Asking = Pick<Service, 'id' | 'iamPrefix' | 'operations'>;

/** Every IAM action that Vedette ever uses, sorted. The registry is the only list: what is not in it cannot be called. */
export const iamActions = (asking: readonly Asking[]): readonly string[] =>
	[...new Set(asking.flatMap(service => Object.keys(service.operations).map(operation => iamActionOf(service, operation))))].sort();

/** A least-privilege policy document (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). */
export const toIamPolicy = (asking: readonly Asking[]) => ({
	Version: '2012-10-17' as const,
	Statement: [{Sid: 'VedetteRead', Effect: 'Allow' as const, Action: iamActions(asking), Resource: '*' as const}],
});
