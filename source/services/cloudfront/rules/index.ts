import type {Rule} from '../../../model/index.js';
import type {Distribution} from './distribution.js';
import {originAccessControl, originEncrypted, originTls} from './origins.js';
import {defaultRootObject, logging, webAcl} from './protection.js';
import {certificateRegion, httpsOnly, modernTls, ownCertificate, sni} from './viewers.js';

/** What should be true of a distribution, most pressing first. */
export const distributionRules: ReadonlyArray<Rule<Distribution>> = [
	certificateRegion,
	webAcl,
	httpsOnly,
	modernTls,
	originAccessControl,
	originEncrypted,
	ownCertificate,
	defaultRootObject,
	originTls,
	sni,
	logging,
];
