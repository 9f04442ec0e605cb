import type {Rule} from '../../../model/index.js';
import type {AccountSettings, Certificate} from './certificate.js';
import {importedReplaced, notExpiring} from './expiry.js';
import {notWildcard, strongKey, validated, validatedByDns} from './issue.js';
import {valid} from './lifetime.js';
import {renewing} from './renewal.js';
import {expiryEventsEarly, inRegionOfUse, notExportable, used} from './use.js';

/**
 * What should be true of a certificate, most pressing first. There is no rule on transparency logging, which Prowler
 * has: since 12 June 2026 nobody can opt out of it any more
 * (https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateOptions.html).
 */
export const certificateRules: ReadonlyArray<Rule<Certificate>> = [
	valid,
	importedReplaced,
	notExpiring,
	renewing,
	validated,
	inRegionOfUse,
	strongKey,
	validatedByDns,
	notExportable,
	used,
	notWildcard,
];

export const accountRules: ReadonlyArray<Rule<AccountSettings>> = [expiryEventsEarly];
