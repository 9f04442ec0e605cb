import {iamActionOf, type Service} from '../model/index.js';

/** What the policy is made of: services, and the two questions that stand before them. */
export type Asking = Pick<Service, 'id' | 'iamPrefix' | 'operations'>;

/** Every IAM action that Vedette ever uses, sorted. The registry is the only list: what is not in it cannot be called. */
export const iamActions = (asking: readonly Asking[]): readonly string[] =>
	[...new Set(asking.flatMap(service => Object.keys(service.operations).map(operation => iamActionOf(service, operation))))].sort();

type Statement = {
	readonly Sid: string;
	readonly Effect: 'Allow';
	readonly Action: readonly string[];
	readonly Resource: string | readonly string[];
};

/** Actions that are wider than what is asked with them, each with the resources that it is needed for. */
const narrowed = (asking: readonly Asking[], partition: string): ReadonlyMap<string, readonly string[]> => {
	const resources = new Map<string, Set<string>>();
	for (const service of asking) {
		for (const [operation, {iamResources = []}] of Object.entries(service.operations)) {
			for (const pattern of iamResources) {
				const action = iamActionOf(service, operation);
				resources.set(action, (resources.get(action) ?? new Set()).add(pattern.replace('{partition}', partition)));
			}
		}
	}

	return new Map([...resources].map(([action, patterns]) => [action, [...patterns].sort()]));
};

/** A least-privilege policy document (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). */
export const toIamPolicy = (asking: readonly Asking[], partition = 'aws') => {
	const narrow = narrowed(asking, partition);
	const wide = iamActions(asking).filter(action => !narrow.has(action));
	const statements: Statement[] = [
		...(wide.length > 0 ? [{Sid: 'VedetteRead', Effect: 'Allow' as const, Action: wide, Resource: '*'}] : []),
		...[...narrow].map(([action, patterns]) => ({
			Sid: `VedetteRead${action.replaceAll(/[^A-Za-z0-9]/gu, '')}`,
			Effect: 'Allow' as const,
			Action: [action],
			Resource: patterns,
		})),
	];
	return {Version: '2012-10-17' as const, Statement: statements};
};
