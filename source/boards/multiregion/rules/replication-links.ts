import {listed, type Severity} from '../../../model/index.js';
import type {KeyUse, Replication} from '../rows.js';
import {unclear} from './common.js';

/** What is wrong with one link of the way from one bucket to the other, or why that cannot be told. */
export type Flaw = {readonly verdict: 'FAIL' | 'UNKNOWN'; readonly reason: string; readonly severity?: Severity};

const fail = (reason: string, severity?: Severity): Flaw => ({verdict: 'FAIL', reason, ...(severity !== undefined && {severity})});
const hazy = (reason: string): Flaw => ({verdict: 'UNKNOWN', reason});

const never = 'never on';

/** S3 replicates versions, and nothing from or to where there are none. */
export const ofVersioning = ({source, destination, because}: Replication): readonly Flaw[] => {
	const here =
		source.versioning === 'Enabled'
			? []
			: source.versioning === undefined
				? [hazy(`whether its versioning is on is not known: ${because.versioning ?? 'it has not been read yet'}`)]
				: [fail(`its versioning is ${source.versioning?.toLowerCase() ?? never}, so nothing is replicated`)];
	if (destination === undefined || destination.isOwn !== true || destination.versioning === 'Enabled') {
		return here;
	}

	const {bucketName, versioning} = destination;
	return [
		...here,
		versioning === undefined
			? hazy(`whether versioning is on in ${bucketName} is not known: ${because.destination ?? 'it has not been read yet'}`)
			: fail(`versioning is ${versioning?.toLowerCase() ?? never} in ${bucketName}, so nothing is replicated there`),
	];
};

/** Whether there is a bucket to replicate to. Of another account's nothing is read. */
export const ofDestination = ({destination}: Replication, own: string): readonly Flaw[] => {
	if (destination === undefined || destination.isOwn === true) {
		return [];
	}

	const {bucketName, accountId, isOwn} = destination;
	if (isOwn === undefined) {
		return [hazy(`whether ${bucketName} is this account’s cannot be told: the listing of buckets was cut short`)];
	}

	return accountId === own
		? [fail(`${bucketName} is to be this account’s, which has no such bucket`)]
		: [
				hazy(
					accountId === undefined
						? `${bucketName} is not this account’s: it belongs to another one, or is gone`
						: `${bucketName} belongs to account ${accountId}, of which nothing is read`,
				),
			];
};

/** Whether KMS encrypts what is uploaded: by default, because the policy demands it, or only where an upload asks for it. */
const kmsEncrypts = ({source: {algorithm, demandsKms}}: Replication): 'by default' | 'by policy' | 'on demand' | undefined =>
	algorithm?.startsWith('aws:kms') === true
		? 'by default'
		: demandsKms === true
			? 'by policy'
			: (algorithm === null || algorithm === 'AES256') && demandsKms === false
				? 'on demand'
				: undefined;

const whyUnclear = ({source: {algorithm}, because}: Replication): string =>
	because.encryption ??
	(typeof algorithm === 'string' && algorithm !== 'AES256'
		? `its default encryption is ${algorithm}, which this version does not know`
		: (because.policy ?? 'it has not been read yet'));

const left = 'so what is new does not reach';

const ofKey = (key: KeyUse, {destination}: Replication): readonly Flaw[] => {
	const {bucketName = 'the destination', awsRegion} = destination ?? {};
	if (awsRegion !== undefined && key.awsRegion !== awsRegion) {
		return [
			fail(
				`the key for replicas, ${key.name}, is in ${key.awsRegion}, and ${bucketName} in ${awsRegion}: S3 can use none but one of that Region`,
			),
		];
	}

	if (key.use === 'unusable') {
		return [fail(`the key for replicas, ${key.name}, ${key.because}, ${left} ${bucketName}`)];
	}

	if (key.keySpec !== undefined && key.keySpec !== 'SYMMETRIC_DEFAULT') {
		return [fail(`the key for replicas, ${key.name}, is of type ${key.keySpec}, and S3 encrypts with symmetric keys alone`)];
	}

	return key.use === 'unknown' ? [hazy(unclear(key))] : [];
};

/** What a rule leaves out where the policy demands KMS of a part alone: all else is encrypted with S3's own keys. */
const ofPart = ({source: {demandsKmsOf = []}, destination}: Replication): readonly Flaw[] => {
	const {bucketName = 'the destination'} = destination ?? {};
	return demandsKmsOf.length === 0
		? []
		: [
				fail(
					`it leaves out objects that KMS encrypts, and to ${listed(demandsKmsOf)} the bucket’s policy lets in no others: nothing new of those gets to ${bucketName}`,
					'MEDIUM',
				),
			];
};

/** Whether what KMS encrypts gets along: chosen, with a key at the other end, and with the key at this end to open it. */
export const ofKms = (row: Replication): readonly Flaw[] => {
	const {source, destination, rule, because} = row;
	const how = kmsEncrypts(row);
	const {bucketName = 'the destination'} = destination ?? {};
	if (rule?.takesKmsObjects !== true) {
		return how === undefined
			? [hazy(`whether KMS encrypts what is uploaded is not known: ${whyUnclear(row)}`)]
			: how === 'on demand'
				? ofPart(row)
				: [
						fail(
							`it leaves out objects that KMS encrypts, and ${how === 'by default' ? 'by default that is every new one' : 'the bucket’s policy lets in no others'}: nothing new gets to ${bucketName}`,
						),
					];
	}

	const flaws = [
		...(destination === undefined
			? []
			: destination.key === null
				? [fail(`it takes objects along that KMS encrypts, and names no key for their replicas in ${bucketName}`)]
				: ofKey(destination.key, row)),
		...(source.key?.use === 'unusable'
			? [fail(`its own key ${source.key.name} ${source.key.because}, so nothing can be read to be replicated`)]
			: []),
		...(source.key?.use === 'unknown' ? [hazy(unclear(source.key))] : []),
		...(source.algorithm === undefined
			? [hazy(`its default encryption is not known: ${because.encryption ?? 'it has not been read yet'}`)]
			: []),
	];
	// Most objects need no key there: only those that an upload encrypted with KMS are left behind.
	return how === 'on demand'
		? flaws.map(flaw =>
				flaw.verdict === 'FAIL' ? {...flaw, severity: 'MEDIUM', reason: `of objects that KMS encrypts: ${flaw.reason}`} : flaw,
			)
		: flaws;
};
