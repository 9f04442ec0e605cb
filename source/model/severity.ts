/** ASFF `Severity.Label`, mildest first, so that comparing is comparing indexes. */
export const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof severities)[number];

/**
 * The four answers. UNKNOWN is the answer to a question whose facts could not be read;
 * NOT_APPLICABLE to one that does not arise for this resource.
 */
export const verdicts = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * Orders what a person should look at first: failures by severity, then what could not be read,
 * then what is well, then what does not apply. Higher is worse; the numbers are 0 to 7.
 */
export const urgency = (verdict: Verdict, severity: Severity): number => {
	switch (verdict) {
		case 'FAIL': {
			return 3 + severities.indexOf(severity);
		}

		case 'UNKNOWN': {
			return 2;
		}

		case 'PASS': {
			return 1;
		}

		case 'NOT_APPLICABLE': {
			return 0;
		}
	}
};
