import type {Rule} from '../../../model/index.js';
import {defaultHostOff, privatePolicy} from './api-access.js';
import {apiTls, regionalEndpoint} from './api-endpoint.js';
import {type ClientCertificate, certificateNotExpiring} from './client-certificate.js';
import {domainAvailable, domainCertificateRegion, domainTls, domainTruststore} from './domain.js';
import type {DomainName} from './domain-name.js';
import type {RestApi} from './rest-api.js';
import type {Stage} from './stage.js';
import {stageCacheEncrypted, stageClientCertificate} from './stage-backend.js';
import {stageLogged, stageNoDataTrace, stageTraced} from './stage-logging.js';
import {stageThrottled, stageWebAcl} from './stage-traffic.js';

// What should be true of each kind, most pressing first.

export const apiRules: ReadonlyArray<Rule<RestApi>> = [privatePolicy, defaultHostOff, apiTls, regionalEndpoint];

export const stageRules: ReadonlyArray<Rule<Stage>> = [
	stageWebAcl,
	stageLogged,
	stageNoDataTrace,
	stageCacheEncrypted,
	stageThrottled,
	stageClientCertificate,
	stageTraced,
];

export const domainRules: ReadonlyArray<Rule<DomainName>> = [domainCertificateRegion, domainTls, domainAvailable, domainTruststore];

export const certificateRules: ReadonlyArray<Rule<ClientCertificate>> = [certificateNotExpiring];
