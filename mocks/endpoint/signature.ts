import {AwsError} from './aws-error.js';
import type {Incoming} from './protocol.js';

/** What the Authorization header tells without a secret: who asks, and of which service in which Region. */
export type Signature = {readonly accessKeyId: string; readonly awsRegion: string; readonly service: string};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html */
export const signatureOf = (authorization: string | undefined): Signature | undefined => {
	const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/u.exec(authorization ?? '');
	if (found === null) return undefined;
	const [, accessKeyId = '', awsRegion = '', service = ''] = found;
	return {accessKeyId, awsRegion, service};
};

/** A signature is good for five minutes either way. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const toleranceMs = 5 * 60_000;

const basic = (date: Date): string => `${date.toISOString().replaceAll(/[-:]|\.\d+/gu, '')}`;

/** What AWS answers when the caller's clock differs from its own. */
export const staleSignature = (incoming: Incoming, serverTime: Date, query: boolean): AwsError | undefined => {
	const stamp = incoming.headers['x-amz-date'];
	const parts = typeof stamp === 'string' ? /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(stamp) : null;
	if (parts === null || typeof stamp !== 'string') return undefined;
	const [, year, month, day, hour, minute, second] = parts;
	const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	const aheadMs = signedAt - serverTime.getTime();
	if (Math.abs(aheadMs) <= toleranceMs) return undefined;
	const limit = new Date(serverTime.getTime() + Math.sign(aheadMs) * toleranceMs);
	const message =
		aheadMs < 0
			? `Signature expired: ${stamp} is now earlier than ${basic(limit)} (${basic(serverTime)} - 5 min.)`
			: `Signature not yet current: ${stamp} is still later than ${basic(limit)} (${basic(serverTime)} + 5 min.)`;
	return query ? new AwsError('SignatureDoesNotMatch', message, 403) : new AwsError('InvalidSignatureException', message, 400);
};
