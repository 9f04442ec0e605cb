const accountIdPattern = /^\d{12}$/u;

/** What an ARN, an account id or a principal of another form names. */
export type PrincipalReading =
	| {readonly is: 'anyone'}
	| {readonly is: 'account'; readonly accountId: string}
	| {readonly is: 'service'}
	| {readonly is: 'other'};

/** Reads one principal of a policy or a grant. An ARN whose account is a wildcard names anyone. */
export const readPrincipal = (principal: string): PrincipalReading => {
	if (principal === '*') {
		return {is: 'anyone'};
	}

	if (accountIdPattern.test(principal)) {
		return {is: 'account', accountId: principal};
	}

	if (principal.startsWith('arn:')) {
		const account = principal.split(':')[4] ?? '';
		if (accountIdPattern.test(account)) {
			return {is: 'account', accountId: account};
		}

		return /[*?]/u.test(account) ? {is: 'anyone'} : {is: 'other'};
	}

	return /^[\w.-]+\.amazonaws\.com(?:\.cn)?$/u.test(principal) ? {is: 'service'} : {is: 'other'};
};

/** Whether a text is an account's id: twelve digits. */
export const isAccountId = (text: string): boolean => accountIdPattern.test(text);
