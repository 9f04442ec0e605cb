import type {LogScope} from '@aws-sdk/client-wafv2';
import type {Facts, Refusal} from '../../../model/index.js';
import type {Logging, Scope} from '../rules/web-acl.js';
import type {Commands, Waf} from './commands.js';

// Without a log scope only what the account itself set up is told of. Security Lake and CloudWatch log as well.
const logScopes: readonly LogScope[] = ['CUSTOMER', 'SECURITY_LAKE', 'CLOUDWATCH_TELEMETRY_RULE_MANAGED'];

/** The logging of every web ACL of a scope, by ARN, and what kept some of it from being read. */
export type LoggingByAcl = {
	of(arn: string): {readonly logging?: readonly Logging[]; readonly unread: Readonly<Record<string, Refusal>>};
};

const readScope = async (facts: Facts<Commands>, scope: Scope, logScope: LogScope): Promise<ReadonlyArray<readonly [string, Logging]>> => {
	const pages = await facts.attemptPages('ListLoggingConfigurations', {Scope: scope, LogScope: logScope, Limit: 100});
	return (pages ?? []).flatMap(({LoggingConfigurations = []}) =>
		LoggingConfigurations.flatMap(
			({ResourceArn, LogDestinationConfigs = [], RedactedFields = [], LoggingFilter, ManagedByFirewallManager}) =>
				ResourceArn === undefined
					? []
					: [
							[
								ResourceArn,
								{
									destinations: LogDestinationConfigs,
									scope: logScope,
									drops: LoggingFilter?.DefaultBehavior === 'DROP',
									redactedFields: RedactedFields.length,
									managedByFirewallManager: ManagedByFirewallManager === true,
								},
							] as const,
						],
		),
	);
};

export const readLogging = async (aws: Waf, scope: Scope): Promise<LoggingByAcl> => {
	const facts = aws.facts();
	const byArn = new Map<string, Logging[]>();
	for (const logScope of logScopes) {
		for (const [arn, logging] of await readScope(facts, scope, logScope)) {
			byArn.set(arn, [...(byArn.get(arn) ?? []), logging]);
		}
	}

	const {unread} = facts;
	return {
		of(arn) {
			const found = byArn.get(arn);
			// One place that its logs go to will do, whatever else could not be read.
			if (found !== undefined) return {logging: found, unread: {}};
			return Object.keys(unread).length === 0 ? {logging: [], unread} : {unread};
		},
	};
};
