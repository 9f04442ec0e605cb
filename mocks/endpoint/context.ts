import {AwsError, denialMessage} from './aws-error.js';
import {paginate} from './paginate.js';
import type {Protocol} from './protocol.js';
import type {Context, MockService} from './service.js';
import type {Signature} from './signature.js';
import type {World} from './world.js';

/** `kms:ListKeys`. */
export const iamActionOf = (service: MockService, operation: string): string =>
	service.iamActions?.[operation] ?? `${service.iamPrefix ?? service.signingName}:${operation}`;

/** All that a handler may know of one call. */
export const contextOf = (
	{service, protocol}: {readonly service: MockService; readonly protocol: Protocol},
	operation: string,
	signature: Signature,
	world: World,
	pagingFault: string | undefined,
): Context<unknown> => {
	const identity = world.identities.of(signature.accessKeyId);
	const {account} = identity;
	const iamAction = iamActionOf(service, operation);
	const validation = service.errors?.validation ?? 'ValidationException';
	const {awsRegion} = signature;
	const denied = service.errors?.denied ?? {name: 'AccessDeniedException', httpStatus: protocol.refusalStatus};
	return {
		operation,
		iamAction,
		account,
		accountId: account.accountId,
		partition: account.partition,
		awsRegion,
		now: world.now(),
		callerArn: identity.callerArn,
		callerUserId: identity.callerUserId,
		accessKeyId: signature.accessKeyId,
		state: world.state(service, awsRegion, account.accountId),
		world,
		paginate: (items, input, how) =>
			paginate(items, input, how, {
				name: `${account.accountId}/${awsRegion}/${service.id}/${operation}`,
				validationError: validation,
				invalidTokenError: service.errors?.invalidToken ?? validation,
				spoil: pagingFault,
			}),
		arn: resource => `arn:${account.partition}:${service.iamPrefix ?? service.signingName}:${awsRegion}:${account.accountId}:${resource}`,
		denied: (resource, because = 'no-identity-based-policy') =>
			new AwsError(denied.name, denialMessage({callerArn: identity.callerArn, action: iamAction, resource, because}), denied.httpStatus),
		invalid: message => new AwsError(validation, message),
	};
};
