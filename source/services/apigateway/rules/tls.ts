import type {Answer} from '../../../model/index.js';

/**
 * Whether a security policy keeps TLS 1.0 out: undefined for one that this version does not know.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
const keepsOldTlsOut = (policy: string): boolean | undefined => {
	if (policy === 'TLS_1_0') {
		return false;
	}

	return policy === 'TLS_1_2' || /^SecurityPolicy_TLS1[23]_/u.test(policy) ? true : undefined;
};

/** The answer about the security policy that `operation` told of. */
export const judgeTls = (policy: string | undefined, operation: string): Answer => {
	if (policy === undefined) {
		return {verdict: 'UNKNOWN', reason: `${operation} did not tell its security policy`};
	}

	const evidence = {expected: 'TLS_1_2 or SecurityPolicy_TLS12… or newer', observed: `securityPolicy ${policy}`, operation};
	switch (keepsOldTlsOut(policy)) {
		case true:
			return {verdict: 'PASS', reason: `takes nothing older than TLS 1.2, by ${policy}`, evidence};
		case false:
			return {verdict: 'FAIL', reason: 'takes TLS 1.0 and 1.1, by TLS_1_0', evidence};
		default:
			return {verdict: 'UNKNOWN', reason: `the security policy ${policy} is not known to this version`, evidence};
	}
};
