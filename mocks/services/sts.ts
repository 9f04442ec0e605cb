import {AssumeRoleCommand, GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {defineMockService} from '../endpoint/service.js';

export type StsState = {
	/** Roles whose trust policy leaves us out. Any other role of an account of the scenario may be assumed. */
	refusedRoles: readonly string[];
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: 900 to 43,200 seconds, 3,600 by default. */
const seconds = {least: 900, most: 43_200, otherwise: 3600} as const;

const rolePattern = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]+)$/u;

export const sts = defineMockService({
	id: 'sts',
	signingName: 'sts',
	protocol: {name: 'awsQuery', version: '2011-06-15', xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/'},
	errors: {
		validation: 'ValidationError',
		throttled: {name: 'Throttling', httpStatus: 400, message: 'Rate exceeded'},
		denied: {name: 'AccessDenied', httpStatus: 403},
	},
	empty: (): StsState => ({refusedRoles: []}),
	commands: {GetCallerIdentity: GetCallerIdentityCommand, AssumeRole: AssumeRoleCommand},
	handlers: {
		// Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
		GetCallerIdentity: (_, context) => ({UserId: context.callerUserId, Account: context.accountId, Arn: context.callerArn}),

		AssumeRole: (input, context) => {
			const roleArn = input.RoleArn ?? '';
			const session = input.RoleSessionName ?? '';
			const found = rolePattern.exec(roleArn);
			if (found === null) throw context.invalid(`${roleArn} is invalid`);
			if (!/^[\w+=,.@-]{2,64}$/u.test(session)) {
				throw context.invalid(
					`1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
				);
			}
			const duration = input.DurationSeconds ?? seconds.otherwise;
			if (duration < seconds.least || duration > seconds.most) {
				const bound = duration < seconds.least ? `greater than or equal to ${seconds.least}` : `less than or equal to ${seconds.most}`;
				throw context.invalid(
					`1 validation error detected: Value '${duration}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
				);
			}
			const [, accountId = '', roleName = ''] = found;
			const account = context.world.accounts.find(one => one.accountId === accountId);
			if (account === undefined || context.state.refusedRoles.includes(roleArn)) throw context.denied(roleArn);
			const callerArn = `arn:${account.partition}:sts::${accountId}:assumed-role/${roleName}/${session}`;
			const callerUserId = `AROA${Buffer.from(roleName).toString('hex').toUpperCase().padEnd(17, '0').slice(0, 17)}:${session}`;
			return {
				Credentials: context.world.identities.issue({account, callerArn, callerUserId}, new Date(context.now.getTime() + duration * 1000)),
				AssumedRoleUser: {AssumedRoleId: callerUserId, Arn: callerArn},
				PackedPolicySize: 6,
			};
		},
	},
});
