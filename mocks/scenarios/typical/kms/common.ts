import type {DenialReason} from '../../../endpoint/aws-error.js';
import type {KmsKey} from '../../../services/kms-state.js';

export const tags = (team: string, environment: string): KmsKey['tags'] => [
	{TagKey: 'team', TagValue: team},
	{TagKey: 'environment', TagValue: environment},
];

/** Operations that are refused for one reason. */
export const refuse = (reason: DenialReason, ...operations: readonly string[]): Readonly<Record<string, DenialReason>> =>
	Object.fromEntries(operations.map(operation => [operation, reason]));
