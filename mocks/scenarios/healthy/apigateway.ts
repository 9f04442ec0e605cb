import {type ApiGatewayState, clientCertificate, domainName, quietApiGateway, restApi, stage} from '../../services/apigateway-state.js';
import {webAclArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** One public API behind its own name, and one private. */
export const populate: Populate<ApiGatewayState> = place => {
	if (place.awsRegion !== 'us-east-1') return undefined;
	const certificate = clientCertificate(place, 'backends', 290);
	const prod = stage(place, 'prod', {webAclArn: webAclArn(place, 'app'), clientCertificateId: certificate.clientCertificateId});
	return {
		...quietApiGateway(),
		apis: [restApi(place, 'app', {disableExecuteApiEndpoint: true, stages: [prod]})],
		domains: [domainName(place, 'api.sandbox.acme.com', {leadsTo: {'(none)': 'app'}})],
		certificates: [certificate],
	};
};
