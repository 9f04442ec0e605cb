import {type Answer, answer, grouped, plural, type Resource, type Rule, type Severity, unpublished} from '../../../model/index.js';
import type {Activation, Coverage, Scan} from './activation.js';
import {exemptWhenOff, guide} from './common.js';

/**
 * Why a scan does not run, as a sentence about the resource. Not here: reasons that AWS has added since.
 * https://docs.aws.amazon.com/inspector/latest/user/assessing-coverage.html
 */
const reasons: Readonly<
	Record<string, {readonly verdict: 'FAIL' | 'NOT_APPLICABLE' | 'UNKNOWN'; readonly is: string; readonly severity?: Severity}>
> = {
	ACCESS_DENIED: {verdict: 'FAIL', is: 'its resource policy does not let Inspector in'},
	ACCESS_DENIED_TO_ENCRYPTION_KEY: {verdict: 'FAIL', is: 'the policy of its KMS key does not let Inspector in'},
	AGENTLESS_INSTANCE_COLLECTION_TIME_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'reading its volumes took too long'},
	AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'its volumes are too large for agentless scans'},
	DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'deep inspection took longer than 15 minutes', severity: 'LOW'},
	DEEP_INSPECTION_DAILY_SSM_INVENTORY_LIMIT_EXCEEDED: {verdict: 'FAIL', is: 'its daily quota of SSM inventory is used up', severity: 'LOW'},
	DEEP_INSPECTION_NO_INVENTORY: {verdict: 'FAIL', is: 'deep inspection could not collect its packages', severity: 'LOW'},
	DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED: {
		verdict: 'FAIL',
		is: 'it holds more than the 5,000 packages of deep inspection',
		severity: 'LOW',
	},
	EC2_INSTANCE_STOPPED: {verdict: 'NOT_APPLICABLE', is: 'it is stopped'},
	EXCLUDED_BY_TAG: {verdict: 'FAIL', is: 'a tag excludes it', severity: 'LOW'},
	IMAGE_ARCHIVED: {verdict: 'NOT_APPLICABLE', is: 'it is archived in ECR'},
	IMAGE_SIZE_EXCEEDED: {verdict: 'FAIL', is: 'it is too large'},
	INTEGRATION_CONNECTION_LOST: {verdict: 'FAIL', is: 'Inspector lost the connection to the code platform'},
	INTERNAL_ERROR: {verdict: 'UNKNOWN', is: 'Inspector had an internal error, which it will mend itself'},
	NO_INVENTORY: {verdict: 'FAIL', is: 'Inspector finds no software inventory: its SSM associations do not run'},
	NO_SCAN_CONFIGURATION_ASSOCIATED: {verdict: 'FAIL', is: 'no scan configuration is associated with it'},
	PENDING_DISABLE: {verdict: 'FAIL', is: 'its scanning is being turned off'},
	PENDING_INITIAL_SCAN: {verdict: 'UNKNOWN', is: 'its first scan is still to come'},
	PENDING_REVIVAL_SCAN: {verdict: 'UNKNOWN', is: 'its next scan is still to come'},
	RESOURCE_STOPPED: {verdict: 'NOT_APPLICABLE', is: 'it is stopped'},
	RESOURCE_TERMINATED: {verdict: 'NOT_APPLICABLE', is: 'it is terminated'},
	RESOURCE_UNMANAGED: {verdict: 'FAIL', is: 'no agent manages it'},
	SCAN_ELIGIBILITY_EXPIRED: {verdict: 'FAIL', is: 'its rescan duration is over', severity: 'LOW'},
	SCAN_FREQUENCY_MANUAL: {verdict: 'FAIL', is: 'its repository is set to manual scans'},
	SCAN_FREQUENCY_SCAN_ON_PUSH: {
		verdict: 'FAIL',
		is: 'its repository is scanned at push only, so later vulnerabilities go unseen',
		severity: 'LOW',
	},
	SCAN_IN_PROGRESS: {verdict: 'UNKNOWN', is: 'a scan is under way'},
	STALE_INVENTORY: {verdict: 'FAIL', is: 'its inventory is older than 7 days: its SSM associations do not run'},
	UNMANAGED_EC2_INSTANCE: {verdict: 'FAIL', is: 'SSM does not manage it'},
	UNSUPPORTED_CODE_ARTIFACTS: {verdict: 'FAIL', is: 'its code artifacts are not supported', severity: 'LOW'},
	UNSUPPORTED_CONFIG_FILE: {verdict: 'FAIL', is: 'its configuration file is not supported', severity: 'LOW'},
	UNSUPPORTED_LANGUAGE: {verdict: 'FAIL', is: 'its language is not supported', severity: 'LOW'},
	UNSUPPORTED_MEDIA_TYPE: {verdict: 'FAIL', is: 'its media type is not supported', severity: 'LOW'},
	UNSUPPORTED_OS: {verdict: 'FAIL', is: 'Inspector does not know its operating system'},
	UNSUPPORTED_RUNTIME: {verdict: 'FAIL', is: 'Inspector does not know its runtime'},
};

/** Scans by reason, the most frequent first. */
type Counts = ReadonlyArray<readonly [reason: string, count: number]>;

const total = (counts: Counts): number => counts.reduce((sum, [, count]) => sum + count, 0);

/** `, for NO_INVENTORY`, `, most for NO_INVENTORY`, `, for 3 reasons`. */
const why = (counts: Counts): string => {
	const [most] = counts;
	if (most === undefined) return '';
	return most[1] * 2 > total(counts) ? `, ${counts.length === 1 ? '' : 'most '}for ${most[0]}` : `, for ${counts.length} reasons`;
};

export const coverageComplete: Rule<Activation> = {
	id: 'inspector-coverage-complete',
	title: 'Inspector scans nearly everything that it knows',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'The share decides how much "no findings" is worth. Which resources are left out, the coverage says one by one.',
	remediation: {
		text: 'Open the coverage and begin with the reason that most resources share.',
		cli: `aws inspector2 list-coverage-statistics --group-by SCAN_STATUS_REASON --filter-criteria '{"scanStatusCode":[{"comparison":"EQUALS","value":"INACTIVE"}]}' --region {region}`,
		url: `${guide}assessing-coverage.html`,
	},
	note: 'Stopped, terminated and archived resources do not count. Scans that wait, are under way or failed inside Inspector may end either way: where they decide the answer is UNKNOWN.',
	settings: {minPercent: 90},
	reads: ['ListCoverageStatistics'],
	exempts: exemptWhenOff,
	evaluate({configuration: {coverage}}, {settings: {minPercent = 90}}) {
		const expected = `at least ${minPercent} % ACTIVE`;
		if (coverage === undefined)
			return answer('UNKNOWN', 'Inspector did not say how much it scans', 'ListCoverageStatistics', expected, 'no counts');
		const of = (verdict: Answer['verdict']): Counts =>
			Object.entries(coverage.reasons)
				.filter(([reason]) => (reasons[reason]?.verdict ?? 'FAIL') === verdict)
				.sort(([, one], [, other]) => other - one);
		// What is stopped, terminated or archived is no gap. What waits, is under way or failed inside Inspector may become one.
		const gaps = of('FAIL');
		const open = of('UNKNOWN');
		const missing = total(gaps);
		const undecided = total(open);
		const all = coverage.active + missing + undecided;
		if (all === 0)
			return answer('NOT_APPLICABLE', 'there is nothing that Inspector could scan', 'ListCoverageStatistics', expected, 'nothing');
		const percentOf = (scans: number): number => Math.floor((scans / all) * 100);
		const percent = percentOf(coverage.active);
		const verdict = percent >= minPercent ? 'PASS' : percentOf(coverage.active + undecided) >= minPercent ? 'UNKNOWN' : 'FAIL';
		const parts = [
			missing > 0 && `${plural(missing, 'scan')} of ${grouped(all)} ${missing === 1 ? 'does' : 'do'} not run${why(gaps)}`,
			undecided > 0 &&
				(missing > 0
					? `whether ${grouped(undecided)} more will is not known yet`
					: `whether ${plural(undecided, 'scan')} of ${grouped(all)} will run is not known yet${why(open)}`),
		].filter(part => part !== false);
		return answer(
			verdict,
			parts.length === 0 ? `all ${plural(all, 'scan')} run` : `${percent} % scanned: ${parts.join('; ')}`,
			'ListCoverageStatistics',
			expected,
			[`${coverage.active} ACTIVE`, ...[...gaps, ...open].map(([reason, count]) => `${count} ${reason}`)].join(', '),
		);
	},
};

const kindsOfScan: Readonly<Record<string, string>> = {PACKAGE: 'packages', NETWORK: 'open ports', CODE: 'code'};
const whatScans = ({type}: Scan): string => kindsOfScan[type] ?? type;
const list = (words: readonly string[]): string =>
	words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

type Judged = {readonly scan: Scan; readonly verdict: Answer['verdict']; readonly is: string; readonly severity?: Severity};

const judgeScan = (scan: Scan): Judged => {
	const known = reasons[scan.reason];
	if (scan.status === 'ACTIVE') {
		// Some active scans come with a blemish, such as a deep inspection that found no inventory.
		return known === undefined || known.verdict !== 'FAIL'
			? {scan, verdict: 'PASS', is: 'it is scanned'}
			: {scan, verdict: 'FAIL', is: known.is, severity: 'LOW'};
	}

	if (scan.status !== 'INACTIVE')
		return {scan, verdict: 'UNKNOWN', is: `Inspector gives its status as ${scan.status}, which is not known here`};
	return known === undefined ? {scan, verdict: 'FAIL', is: `Inspector gives the reason ${scan.reason}`} : {scan, ...known};
};

const verdictOrder: ReadonlyArray<Answer['verdict']> = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];

export const resourceCovered: Rule<Coverage> = {
	id: 'inspector-resource-covered',
	title: 'Inspector scans the resource',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A host without findings is well only if somebody looked. What Inspector leaves out looks exactly like what it found clean.',
	remediation: {
		text: 'Act on the reason: have SSM manage the host (or turn on hybrid mode), let Inspector use the key, or raise the rescan duration. What should not be scanned may be muted.',
		// The id stands outside the quotes: the view quotes it itself.
		cli: `aws inspector2 list-coverage --filter-criteria '{"resourceId":[{"comparison":"EQUALS","value":"'{id}'"}]}' --region {region}`,
		url: `${guide}assessing-coverage.html`,
	},
	note: 'Stopped, terminated and archived resources do not count as gaps. The SSM agent is no longer needed where agentless scanning is on.',
	reads: ['ListCoverage'],
	evaluate({configuration: {scans = []}}: Resource<Coverage>) {
		const expected = 'every scan ACTIVE';
		const observed = scans.map(({type, status, reason}) => `${type} ${status} ${reason}`).join('; ') || 'no scan';
		const judged = scans.map(judgeScan);
		const verdict = verdictOrder.find(one => judged.some(({verdict: other}) => other === one));
		const told = judged.filter(({verdict: other}) => other === verdict);
		const first = told[0];
		if (verdict === undefined || first === undefined) {
			return answer('UNKNOWN', 'Inspector lists it without saying what it scans', 'ListCoverage', expected, observed);
		}

		const what = list([...new Set(told.map(({scan}) => whatScans(scan)))]);
		const partly = told.length < judged.length;
		switch (verdict) {
			case 'FAIL': {
				const severity = told.every(({severity: one}) => one === 'LOW') ? 'LOW' : undefined;
				return answer(
					'FAIL',
					`${first.scan.status === 'ACTIVE' ? 'scanned in part' : partly ? `${what} not scanned` : 'not scanned'}: ${first.is}`,
					'ListCoverage',
					expected,
					observed,
					severity,
				);
			}

			case 'PASS': {
				const mode = told.map(({scan}) => scan.mode).find(one => one !== undefined);
				return answer('PASS', `${what} scanned${mode === 'EC2_AGENTLESS' ? ', without an agent' : ''}`, 'ListCoverage', expected, observed);
			}

			default: {
				return answer(verdict, told.length < judged.length ? `${what}: ${first.is}` : first.is, 'ListCoverage', expected, observed);
			}
		}
	},
};
