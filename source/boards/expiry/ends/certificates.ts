import type {Joined} from '../../../model/index.js';
import type {Certificate} from '../../../services/acm/rules/certificate.js';
import type {ClientCertificate} from '../../../services/apigateway/rules/client-certificate.js';
import type {Stage} from '../../../services/apigateway/rules/stage.js';
import type {End, EndResource} from '../end.js';
import {byAction, type Unread} from '../refused.js';
import {toUsers} from '../users.js';
import {hasFailed, type Sources, toRow} from './common.js';

type Renewed = Pick<End, 'renewal' | 'how'> & {readonly unread?: Unread};

/** The judgement of renewal is ACM's rule's own: it knows when a renewal is late. */
const renewalOf = (joined: Joined<Certificate>): Renewed => {
	const {type, status, renewalStatus, renewalEligibility, validationMethod, managedBy, keyPairOrigin} = joined.resource.configuration;
	if (status === 'PENDING_VALIDATION') {
		return {renewal: 'hand', how: 'the request waits for the validation of its names'};
	}

	if (managedBy !== undefined) {
		return {renewal: 'itself', how: `${managedBy === 'CLOUDFRONT' ? 'CloudFront' : managedBy} manages and renews it`};
	}

	if (keyPairOrigin === 'ACME') {
		return {renewal: 'elsewhere', how: 'an ACME client replaces it, of which AWS tells nothing'};
	}

	if (type === 'IMPORTED') {
		return {renewal: 'hand', how: 'imported, so ACM does not renew it'};
	}

	if (status === 'EXPIRED') {
		return {renewal: 'hand', how: 'expired certificates are not renewed'};
	}

	if (renewalStatus === 'PENDING_VALIDATION' || renewalStatus === 'FAILED') {
		return {renewal: 'stuck', how: renewalStatus === 'FAILED' ? 'its renewal failed' : 'its renewal waits for the validation of its names'};
	}

	if (hasFailed(joined, 'acm-certificate-renewing')) {
		return {renewal: 'stuck', how: 'ACM should have renewed it by now'};
	}

	if (renewalEligibility === undefined || type === undefined) {
		return {
			how: 'whether ACM renews it is not known',
			unread: byAction([joined.resource.unread['SearchCertificates'], joined.resource.unread['DescribeCertificate']]),
		};
	}

	if (renewalEligibility !== 'ELIGIBLE') {
		return {renewal: 'never', how: 'ACM does not count it among those that it renews'};
	}

	if (validationMethod === 'EMAIL') {
		return {renewal: 'hand', how: 'ACM renews it once somebody approves an e-mail'};
	}

	// Only the search tells whether a renewal has come to a halt.
	const unread = byAction([joined.resource.unread['SearchCertificates']]);
	return Object.keys(unread).length > 0
		? {how: 'whether its renewal has come to a halt is not known', unread}
		: {renewal: 'itself', how: 'ACM renews it'};
};

export function* certificateEnds({inputs, certificateUsers, configCheck, toldOf}: Sources): Generator<EndResource> {
	for (const joined of inputs.of<Certificate>('AWS::ACM::Certificate')) {
		const {resource, expirations} = joined;
		const [expiration] = expirations;
		if (expiration === undefined) {
			continue;
		}

		const {unread = {}, ...renewed} = renewalOf(joined);
		if (resource.configuration.status === 'PENDING_VALIDATION') {
			yield toRow(joined, {
				what: 'certificate request',
				at: expiration.at,
				...renewed,
				users: certificateUsers(joined),
				eventless: 'ACM sends no event before a request times out',
			});
			continue;
		}

		const {config, unread: unreadConfig} = configCheck(resource.arn, resource.awsRegion);
		yield toRow(joined, {
			what: 'certificate',
			at: expiration.at,
			...renewed,
			users: certificateUsers(joined),
			told: toldOf([{topic: 'certificates', event: 'ends of certificates'}], resource.awsRegion),
			...(config !== undefined && {config}),
			unread: {...unread, ...unreadConfig},
		});
	}
}

export function* clientCertificateEnds({inputs}: Sources): Generator<EndResource> {
	const stages = new Map(inputs.of<Stage>('AWS::ApiGateway::Stage').map(({resource}) => [resource.arn, resource.resourceName]));
	for (const joined of inputs.of<ClientCertificate>('AWS::ApiGateway::ClientCertificate')) {
		const {awsRegion, configuration} = joined.resource;
		const names = configuration.usedBy?.map(arn => `stage ${stages.get(arn) ?? arn.split('/restapis/').at(-1) ?? arn}`) ?? [];
		const unread = byAction([inputs.gap('apigateway', ['GetRestApis', 'GetStages'], awsRegion)]);
		for (const {at} of joined.expirations) {
			yield toRow(joined, {
				what: 'client certificate',
				at,
				renewal: 'hand',
				how: 'API Gateway renews no client certificate',
				users: toUsers(names, unread),
				eventless: 'API Gateway sends no event of it',
			});
		}
	}
}
