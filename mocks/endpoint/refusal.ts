import {AwsError} from './aws-error.js';
import type {Effect} from './fault.js';
import type {Context, MockService} from './service.js';

/** Query and XML protocols have older names for the same refusals. */
export const speaksXml = ({protocol}: Pick<MockService, 'protocol'>): boolean =>
	['awsQuery', 'ec2Query', 'restXml'].includes(protocol.name);

/** Why Regions that are off refuse: their endpoints know no token of this account. */
export const regionOff = ({errors}: MockService): AwsError => {
	const {name, message, httpStatus} = errors?.regionOff ?? {
		name: 'UnrecognizedClientException',
		message: 'The security token included in the request is invalid.',
		httpStatus: 403,
	};
	return new AwsError(name, message, httpStatus);
};

/** Errors that AWS answers with before the service itself looks at the call. */
export const refusal = (effect: Effect | undefined, context: Context<unknown>, service: MockService): AwsError | undefined => {
	const inXml = speaksXml(service);
	switch (effect?.kind) {
		case 'throttle':
		case 'throttle-above': {
			const {name, httpStatus, message} = service.errors?.throttled ?? {name: 'ThrottlingException', httpStatus: 400, message: undefined};
			return new AwsError(name, message ?? 'Rate exceeded', effect.httpStatus ?? httpStatus);
		}
		case 'deny':
			return context.denied(effect.resource ?? context.arn('*'), effect.because);
		case 'error':
			return new AwsError(effect.name, effect.message ?? effect.name, effect.httpStatus ?? 400);
		case 'internal-error':
			return new AwsError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500);
		case 'expired-credentials':
			return inXml
				? new AwsError('ExpiredToken', 'The security token included in the request is expired', 403)
				: new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 400);
		case 'invalid-credentials':
			return inXml
				? new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
				: new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 400);
		case 'region-not-enabled':
			return regionOff(service);
		default:
			return undefined;
	}
};
