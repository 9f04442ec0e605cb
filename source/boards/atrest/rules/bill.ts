import {type Answer, type Rule, unpublished} from '../../../model/index.js';
import {type Bill, freeRequests, usdPerRequest} from '../bill.js';
import {dollars} from '../words.js';

const grouped = new Intl.NumberFormat('en');

export const billOwnRequests: Rule<Bill> = {
	id: 'atrest-bill-own-requests',
	title: 'Watching KMS stays within its free requests',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'KMS charges for requests, and does not say that reading about keys is free. Whoever watches keys for their cost should say what the watching adds.',
	remediation: {
		text: 'Poll KMS less often: set a longer interval for kms in the configuration. Keys that are in trouble are then seen later.',
		cli: 'aws ce get-cost-and-usage --time-period Start=FIRST_DAY,End=LAST_DAY --granularity MONTHLY --metrics UnblendedCost --group-by Type=DIMENSION,Key=USAGE_TYPE',
		url: 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html',
	},
	note: 'An estimate by what Vedette sent so far, told after a day. The first 20,000 requests of an account and month are free, and its services and applications use them too: the price named is the most that it can be.',
	settings: {freeRequests},
	reads: [],
	evaluate({configuration: {ownRequests}}, {settings}): Answer {
		if (ownRequests === undefined) {
			return {verdict: 'UNKNOWN', reason: 'Vedette has not counted its own requests to KMS for a day yet'};
		}

		const free = settings['freeRequests'] ?? freeRequests;
		const reason = `Vedette sends about ${grouped.format(ownRequests)} requests to KMS a month, ${dollars(ownRequests * usdPerRequest)} at most`;
		return {verdict: ownRequests > free ? 'FAIL' : 'PASS', reason};
	},
};
