import {type Rule, type Severity, unpublished} from '../../../model/index.js';
import {dependenceInWords, type End, isUsed, type Users, whenInWords} from '../end.js';
import {answering, daysLeft, endInWords} from './common.js';

type Settings = Readonly<Record<string, number>>;

const settings = {warnDays: 30, urgentDays: 14, criticalDays: 7, manyUsers: 10};

/** By the time that is left; one step up where much depends on it. */
const severityOf = (left: number, {count}: Users, {urgentDays = 14, criticalDays = 7, manyUsers = 10}: Settings): Severity => {
	const isMuch = count >= manyUsers;
	if (left < criticalDays || (left < urgentDays && isMuch)) {
		return 'CRITICAL';
	}

	return left < urgentDays || isMuch ? 'HIGH' : 'MEDIUM';
};

export const handled: Rule<End> = {
	id: 'expiry-event-handled',
	title: 'Nothing that other resources depend on is about to end by hand, for good or with its renewal stuck',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'What ends takes with it all that depends on it: listeners stop to answer, volumes and tables can no longer be read. The day is known; what is missing is somebody who acts before it.',
	remediation: {
		text: 'Renew it (import the certificate or the key material again, repair what keeps the renewal), cancel the deletion, or move what depends on it to something else first. The facts name what depends on it.',
		url: 'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_key_cert_mgmt.html',
	},
	note: 'CRITICAL in the last 7 days, HIGH in the last 14, and one step up where ten or more depend on it. A key’s users are those of the kinds that Vedette watches, found by ARN, id or alias: that there are none is no proof, and where KMS saw such a key used within 90 days this is UNKNOWN. What a refused listing would have told makes it so, too, only where nothing is known to depend on it.',
	settings,
	reads: [],
	exempts: ({configuration: {renewal, usersUntold, how}}) =>
		renewal === 'elsewhere' ? how : renewal === 'itself' ? undefined : usersUntold,
	evaluate(resource, {now, settings: limits}) {
		const {configuration: end} = resource;
		const {warnDays = 30} = limits;
		const is = answering(resource, `more than ${warnDays} days left, renewal by itself, or nothing that depends on it`);
		const {renewal, users} = end;
		const left = daysLeft(end, now);
		if (renewal === 'itself' || left > warnDays || users === undefined) {
			return is('PASS', endInWords(end, now));
		}

		const inUse = isUsed(users);
		if (inUse === false) {
			return is('PASS', `${endInWords(end, now)}; nothing that is watched depends on it`);
		}

		if (renewal === undefined) {
			return is('UNKNOWN', endInWords(end, now));
		}

		if (inUse === undefined) {
			return is('UNKNOWN', `${whenInWords(end, now)}; what depends on it is not known: ${users.missing.join('; ')}`);
		}

		return is('FAIL', `${endInWords(end, now)}; ${dependenceInWords(users)}`, severityOf(left, users, limits));
	},
};
