import {type Answer, answer, type Rule, unpublished} from '../../../model/index.js';
import {coverageInWords, guide, hub, listed, unclear, whyUnclear} from './common.js';
import type {DataEvents, Management, Recorder, RegionCoverage} from './trail.js';

const active = (recorders: readonly Recorder[]): readonly Recorder[] => recorders.filter(({logging}) => logging === true);
const namesOf = (recorders: readonly Recorder[], records: (management: Management) => boolean): readonly string[] =>
	active(recorders).flatMap(({name, management}) => (management !== undefined && records(management) ? [name] : []));

/** What most often narrows a trail, where none takes in what is asked for. */
const narrowing = (recorders: readonly Recorder[]): string => {
	const fields = [...new Set(active(recorders).flatMap(({management}) => management?.narrowedBy ?? []))];
	return fields.length === 0 ? '' : ` (selectors by ${fields.join(', ')} take in a part)`;
};

/** What is put replaces all selectors of a trail, those of data events too, and only its home Region takes it. */
const putBack = 'put the whole list back with put-event-selectors, in the trail’s home Region: what it lacks is recorded no more';
const getSelectors = 'aws cloudtrail get-event-selectors --trail-name TRAIL_ARN --region HOME_REGION';

const kms = 'kms.amazonaws.com';

/** Event sources of which nobody records the reads, or the writes, though somebody records those of all others. */
const leftOut = (recorders: readonly Recorder[], half: 'reads' | 'writes'): readonly string[] => {
	const known = active(recorders).flatMap(({management}) => management ?? []);
	const [first = [], ...others] = known
		.filter(management => management[half])
		.map(({readsWithout, writesWithout}) => (half === 'reads' ? readsWithout : writesWithout));
	const kmsIsTaken = known.some(({kmsReads, kmsWrites}) => (half === 'reads' ? kmsReads : kmsWrites));
	return first.filter(source => others.every(sources => sources.includes(source)) && !(source === kms && kmsIsTaken));
};

/** `nothing of kms.amazonaws.com`, `no reads of rdsdata.amazonaws.com`. */
const lackInWords = (reads: readonly string[], writes: readonly string[]): string => {
	const both = reads.filter(source => writes.includes(source));
	return [
		['nothing', both] as const,
		['no writes', writes.filter(source => !both.includes(source))] as const,
		['no reads', reads.filter(source => !both.includes(source))] as const,
	]
		.flatMap(([what, sources]) => (sources.length === 0 ? [] : [`${what} of ${listed(sources)}`]))
		.join(', ');
};

export const regionRecorded: Rule<RegionCoverage> = {
	id: 'cloudtrail-region-recorded',
	title: 'Trails record all that is done in this Region',
	severity: 'HIGH',
	published: {
		securityControlIds: ['CloudTrail.1', 'CloudTrail.3'],
		cis: ['v3.0 3.1', 'v5.0 3.1'],
		prowler: ['cloudtrail_multi_region_enabled', 'cloudtrail_multi_region_enabled_logging_management_events'],
	},
	rationale:
		'Without a trail nobody can say who did what once the 90 days of the event history are over, and intruders choose the Regions that nobody records.',
	remediation: {
		text: 'Make one trail for all Regions that records reads and writes, best one of the organisation that members cannot stop; or let one that is there leave out no event source. The first copy of management events costs nothing.',
		cli: 'aws cloudtrail create-trail --name all-regions --s3-bucket-name BUCKET --is-multi-region-trail --enable-log-file-validation --region {region} && aws cloudtrail start-logging --name all-regions --region {region}',
		terraform:
			'resource "aws_cloudtrail" "all_regions" {\n  name                       = "all-regions"\n  s3_bucket_name             = aws_s3_bucket.trail.id\n  is_multi_region_trail      = true\n  enable_log_file_validation = true\n}',
		url: hub('CloudTrail.1'),
	},
	note: 'Asked of each Region: several trails together may record it. Writes without reads fail as MEDIUM: changes are seen, but not who looked around or read a secret. So do event sources that all of them leave out, as LOW where their writes are recorded. Event data stores of CloudTrail Lake are not asked for: CIS and Security Hub want a trail.',
	reads: ['DescribeTrails'],
	evaluate({configuration: {recorders}, awsRegion}) {
		const expected = 'a trail that is logging here, with ReadWriteType All and management events of all sources';
		if (recorders === undefined) return answer('UNKNOWN', 'the trails could not be listed', 'DescribeTrails', expected, 'no list');
		const reads = namesOf(recorders, one => one.reads);
		const writes = namesOf(recorders, one => one.writes);
		const observed = recorders.map(coverageInWords).join('; ') || 'no trail';
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'MEDIUM' | 'LOW'): Answer =>
			answer(verdict, reason, 'GetEventSelectors', expected, observed, severity);
		const isRecorded = reads.length > 0 && writes.length > 0;
		const recorded = `reads and writes in ${awsRegion} are recorded by ${listed([...new Set([...writes, ...reads])])}`;
		const readsLost = leftOut(recorders, 'reads');
		const writesLost = leftOut(recorders, 'writes');
		if (isRecorded && readsLost.length === 0 && writesLost.length === 0) return is('PASS', recorded);
		const open = unclear(recorders);
		if (open.length > 0) return is('UNKNOWN', whyUnclear(open));
		if (isRecorded) return is('FAIL', `${recorded}, but ${lackInWords(readsLost, writesLost)}`, writesLost.length > 0 ? 'MEDIUM' : 'LOW');
		if (writes.length > 0) {
			return is(
				'FAIL',
				`only writes in ${awsRegion} are recorded, by ${listed(writes)}: who reads secrets or uses keys leaves no trace${narrowing(recorders)}`,
				'MEDIUM',
			);
		}

		if (reads.length > 0) return is('FAIL', `only reads in ${awsRegion} are recorded, by ${listed(reads)}: changes leave no trace`);
		const stopped = recorders.filter(({logging}) => logging === false);
		return is(
			'FAIL',
			recorders.length === 0
				? `no trail records ${awsRegion}`
				: stopped.length === recorders.length
					? `nothing in ${awsRegion} is recorded: ${listed(stopped.map(({name}) => name))} ${stopped.length === 1 ? 'is' : 'are'} stopped`
					: `no trail records all that is done in ${awsRegion}${narrowing(recorders)}`,
		);
	},
};

export const keyUseRecorded: Rule<RegionCoverage> = {
	id: 'cloudtrail-kms-use-recorded',
	title: 'Uses of KMS keys are recorded',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Who decrypted what, and when, is the first question after a leak. KMS keeps no record of its own: CloudTrail is the only witness.',
	remediation: {
		text: `Let one trail take in the events of KMS: it need not be the one that feeds an expensive log platform. Get its selectors, let those of management events take in reads and kms.amazonaws.com, and ${putBack}.`,
		cli: getSelectors,
		url: `${guide}logging-management-events-with-cloudtrail.html`,
	},
	note: 'That CloudTrail logs all use of KMS keys is true by default only: a trail may exclude kms.amazonaws.com, and Decrypt and GenerateDataKey are reads, which a trail of writes leaves out.',
	reads: ['DescribeTrails'],
	evaluate({configuration: {recorders}, awsRegion}) {
		const expected = 'a trail that is logging here and takes in read events of kms.amazonaws.com';
		if (recorders === undefined) return answer('UNKNOWN', 'the trails could not be listed', 'DescribeTrails', expected, 'no list');
		const observed = recorders.map(coverageInWords).join('; ') || 'no trail';
		const is = (verdict: Answer['verdict'], reason: string): Answer => answer(verdict, reason, 'GetEventSelectors', expected, observed);
		const recording = namesOf(recorders, one => one.kmsReads);
		if (recording.length > 0) return is('PASS', `uses of keys in ${awsRegion} are recorded by ${listed(recording)}`);
		const open = unclear(recorders);
		if (open.length > 0) return is('UNKNOWN', whyUnclear(open));
		const readers = namesOf(recorders, one => one.reads);
		if (readers.length > 0) {
			return is(
				'FAIL',
				`${listed(readers)} ${readers.length === 1 ? 'leaves' : 'leave'} out the events of KMS: no use of a key in ${awsRegion} is recorded`,
			);
		}

		return namesOf(recorders, one => one.writes).length > 0
			? is('FAIL', `no reads in ${awsRegion} are recorded, and uses of keys (Decrypt, GenerateDataKey) are reads`)
			: is('FAIL', `no trail records ${awsRegion}, and so no use of its keys`);
	},
};

const isOfObjects = ({resourceType}: DataEvents): boolean => resourceType === 'AWS::S3::Object';

export const objectsRecorded: Rule<RegionCoverage> = {
	id: 'cloudtrail-objects-recorded',
	title: 'Reads and writes of objects in S3 are recorded',
	severity: 'LOW',
	published: {
		securityControlIds: ['S3.22', 'S3.23'],
		cis: ['v3.0 3.8', 'v3.0 3.9', 'v5.0 3.8', 'v5.0 3.9'],
		prowler: ['cloudtrail_s3_dataevents_write_enabled', 'cloudtrail_s3_dataevents_read_enabled'],
	},
	rationale: 'Management events show who opened a bucket, not what was taken from it.',
	remediation: {
		text: `Record data events of all buckets, or at least of those with sensitive data; they are charged for by the event. Get a trail’s selectors, add AWS::S3::Object to them, and ${putBack}. GuardDuty’s S3 Protection reads its own copy and needs no trail.`,
		cli: getSelectors,
		url: `${guide}logging-data-events-with-cloudtrail.html`,
	},
	note: 'CloudTrail records no data events unless told to; what GuardDuty learns of S3 comes by its S3 Protection, not by a trail. A trail of some buckets fails here, and may be muted where those are the ones that matter.',
	reads: ['DescribeTrails'],
	evaluate({configuration: {recorders}, awsRegion}) {
		const expected = 'data events of AWS::S3::Object, reads and writes, of all buckets';
		if (recorders === undefined) return answer('UNKNOWN', 'the trails could not be listed', 'DescribeTrails', expected, 'no list');
		const found = active(recorders).flatMap(({name, dataEvents = []}) => dataEvents.filter(isOfObjects).map(events => ({name, ...events})));
		const observed =
			found
				.map(
					({name, reads, writes, everything}) =>
						`${name}: ${reads ? 'reads' : ''}${reads && writes ? ' and ' : ''}${writes ? 'writes' : ''} of ${everything ? 'all buckets' : 'some'}`,
				)
				.join('; ') || 'none';
		const is = (verdict: Answer['verdict'], reason: string): Answer => answer(verdict, reason, 'GetEventSelectors', expected, observed);
		const whole = found.filter(({everything}) => everything);
		const readers = whole.filter(({reads}) => reads);
		const writers = whole.filter(({writes}) => writes);
		if (readers.length > 0 && writers.length > 0) {
			return is(
				'PASS',
				`reads and writes of all objects are recorded by ${listed([...new Set([...writers, ...readers].map(({name}) => name))])}`,
			);
		}

		const open = unclear(recorders);
		if (open.length > 0) return is('UNKNOWN', whyUnclear(open));
		if (found.length === 0) return is('FAIL', `no trail records who reads or writes objects in ${awsRegion}`);
		const names = listed([...new Set(found.map(({name}) => name))]);
		return whole.length === 0
			? is('FAIL', `objects of some buckets only are recorded, by ${names}`)
			: is('FAIL', `only ${readers.length > 0 ? 'reads' : 'writes'} of objects are recorded, by ${names}`);
	},
};
