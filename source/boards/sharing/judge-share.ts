import {type Refusal, refusalInWords} from '../../model/index.js';
import type {Keys} from './keys.js';
import type {Disk, Finding, Recipient, Share, ShareState} from './share.js';
import type {Shareable} from './things.js';
import {keysOfDisks, purposeOf, recipientInWords} from './words.js';

/** What can be said of a share with an account or an organization. */
export type Judged = Pick<Share, 'state' | 'exposed' | 'notReady' | 'works' | 'needsKey' | 'disks' | 'missing'> & {
	/** By IAM action, where it is not known whether the share works. */
	readonly unread: Readonly<Record<string, Refusal>>;
};

type Known = {readonly disk: Disk; readonly unread: Readonly<Record<string, Refusal>>};

/** What those it is shared with can do with each disk. */
const disksFor = ({disks, resource, of}: Shareable, keys: Keys, recipient: Recipient): readonly Known[] => {
	if (disks === undefined) {
		const opens = {is: 'unknown', why: 'ec2:DescribeImages did not say what disks it has'} as const;
		return [{disk: {opens, missing: [], decrypts: 'unknown'}, unread: {}}];
	}

	return disks.map((disk): Known => {
		if (disk.encrypted === false) {
			return {disk: {...disk, opens: {is: 'yes', why: 'it is not encrypted'}, missing: [], decrypts: 'yes'}, unread: {}};
		}

		if (disk.kmsKeyId !== undefined) {
			const {unread, ...answer} = keys.opens(disk.kmsKeyId, resource.awsRegion, recipient);
			return {disk: {...disk, ...answer}, unread};
		}

		// The keys of an AMI's disks are told by the account's snapshots.
		const refusal = of === 'AMI' ? resource.unread['DescribeSnapshots'] : undefined;
		const why = refusal === undefined ? 'ec2:DescribeSnapshots did not say under which key it is' : refusalInWords(refusal);
		return {
			disk: {...disk, opens: {is: 'unknown', why: `its key is not known: ${why}`}, missing: [], decrypts: 'unknown'},
			unread: refusal === undefined ? {} : {[refusal.iamAction]: refusal},
		};
	});
};

/** What stands with some of the disks; of which, where there are more. */
const clauses = (some: readonly Disk[], all: readonly Disk[]): string =>
	[...new Set(some.map(({deviceName, opens}) => (all.length > 1 && deviceName !== undefined ? `${deviceName}: ${opens.why}` : opens.why)))]
		.slice(0, 3)
		.join('; ');

const judgeWorks = ({of, notReady}: Shareable, whom: string, disks: readonly Disk[]): Finding => {
	const closed = disks.filter(({opens}) => opens.is === 'no');
	if (closed.length > 0 || notReady !== undefined) {
		const reasons = [...(notReady === undefined ? [] : [notReady]), ...(closed.length > 0 ? [clauses(closed, disks)] : [])];
		return {is: 'no', why: `${whom} cannot ${purposeOf(of)}: ${reasons.join('; ')}`};
	}

	const unclear = disks.filter(({opens}) => opens.is === 'unknown');
	if (unclear.length > 0) {
		return {is: 'unknown', why: clauses(unclear, disks)};
	}

	return {
		is: 'yes',
		why: disks.every(({encrypted}) => encrypted === false)
			? `${whom} can ${purposeOf(of)}, and needs no key`
			: `${whom} can ${purposeOf(of)}: ${keysOfDisks(disks)} lets it in`,
	};
};

/** Whether an account that is not trusted could read it if it were ready. */
const judgeReady = ({of}: Shareable, whom: string, disks: readonly Disk[]): Finding => {
	const open = disks.filter(({opens}) => opens.is === 'yes');
	const closed = disks.filter(({opens}) => opens.is === 'no');
	if (open.length === disks.length) {
		const how = disks.every(({encrypted}) => encrypted === false) ? 'it is not encrypted' : `${keysOfDisks(disks)} lets it in`;
		return {is: 'yes', why: `${whom}, which is not trusted, can ${purposeOf(of)}: ${how}`};
	}

	// The EBS direct APIs read a shared snapshot block by block, and ask of its key for kms:Decrypt alone.
	// https://docs.aws.amazon.com/ebs/latest/userguide/ebsapi-faq.html
	const [only] = disks;
	if (of === 'snapshot' && only?.decrypts === 'yes') {
		const without = only.missing.length === 0 ? '' : `, though without ${only.missing.join(', ')} it cannot ${purposeOf(of)}`;
		return {is: 'yes', why: `${whom}, which is not trusted, can read its blocks with kms:Decrypt${without}`};
	}

	if (of === 'snapshot' && only?.decrypts === 'unknown') {
		return {is: 'unknown', why: `${whom} is not trusted, and whether it may do kms:Decrypt is not known: ${only.opens.why}`};
	}

	if (closed.length === disks.length) {
		return {is: 'no', why: `${whom} is not trusted, but cannot ${purposeOf(of)}: ${clauses(closed, disks)}`};
	}

	const unclear = disks.filter(({opens}) => opens.is === 'unknown');
	return closed.length === 0
		? {is: 'unknown', why: `${whom} is not trusted: ${clauses(unclear, disks)}`}
		: {
				is: 'unknown',
				why: `${whom} is not trusted, and can launch it only without some of its disks, which may do: ${clauses(closed, disks)}`,
			};
};

/** Nobody can use what is not ready; what becomes ready then is for whoever it is shared with. */
const judgeStranger = (thing: Shareable, whom: string, disks: readonly Disk[]): Finding => {
	const {of, notReady, becomesReady} = thing;
	const ready = judgeReady(thing, whom, disks);
	if (notReady === undefined || ready.is === 'no') {
		return ready;
	}

	return !becomesReady
		? {is: 'no', why: `${whom} is not trusted, but cannot ${purposeOf(of)}: ${notReady}`}
		: ready.is === 'yes'
			? {is: 'yes', why: `once it is ready ${ready.why}; for now it cannot: ${notReady}`}
			: {is: 'unknown', why: `${ready.why}; for now it cannot ${purposeOf(of)}: ${notReady}`};
};

const judgeOrganization = ({of, notReady, becomesReady}: Shareable, whom: string, disks: readonly Disk[]): Finding =>
	notReady !== undefined && !becomesReady
		? {is: 'no', why: `${whom} is not trusted, but cannot ${purposeOf(of)}: ${notReady}`}
		: disks.length > 0 && disks.every(({opens, decrypts}) => opens.is === 'no' && (of === 'AMI' || decrypts === 'no'))
			? {is: 'no', why: `${whom} is not trusted, but cannot ${purposeOf(of)}: ${clauses(disks, disks)}`}
			: {is: 'unknown', why: `${whom} is not among the trusted ones, and which accounts it has is not read`};

const judgeNeedsKey = (disks: readonly Disk[], whom: string): Finding => {
	const open = disks.filter(({encrypted}) => encrypted === false);
	if (open.length > 0) {
		return {
			is: 'no',
			why:
				open.length === disks.length
					? `not encrypted: ${whom} needs no key besides`
					: `${open.map(({deviceName}) => deviceName ?? 'a disk').join(', ')} is not encrypted: of that ${whom} needs no key`,
		};
	}

	return disks.some(({encrypted}) => encrypted === undefined)
		? {is: 'unknown', why: 'EC2 did not say whether all of it is encrypted'}
		: {is: 'yes', why: `${whom} needs ${keysOfDisks(disks)} too`};
};

const stateOf = (exposed: Finding, works: Finding, {notReady}: Shareable, disks: readonly Disk[]): ShareState =>
	exposed.is === 'yes' && notReady === undefined
		? 'exposed'
		: works.is === 'no'
			? 'unusable'
			: works.is === 'unknown' || exposed.is === 'unknown'
				? 'unknown'
				: disks.every(({encrypted}) => encrypted === false)
					? 'unencrypted'
					: 'usable';

export const judgeShare = (
	thing: Shareable,
	keys: Keys,
	{recipient, trusted}: {readonly recipient: Exclude<Recipient, {is: 'anyone'}>; readonly trusted: boolean},
): Judged => {
	const known = disksFor(thing, keys, recipient);
	const disks = known.map(({disk}) => disk);
	const whom = recipientInWords(recipient);
	const works = judgeWorks(thing, whom, disks);
	const exposed: Finding = trusted
		? {is: 'no', why: `${whom} is trusted`}
		: recipient.is === 'organization'
			? judgeOrganization(thing, whom, disks)
			: judgeStranger(thing, whom, disks);
	const missing = disks.flatMap(disk => disk.missing);
	return {
		state: stateOf(exposed, works, thing, disks),
		exposed,
		...(thing.notReady !== undefined && {notReady: thing.notReady}),
		works,
		...(disks.length > 0 && {needsKey: judgeNeedsKey(disks, whom)}),
		disks,
		missing: [
			...new Set([
				...(thing.notReady === undefined ? [] : [thing.of === 'AMI' ? 'an AMI that is available' : 'a snapshot that is ready']),
				...missing,
			]),
		],
		unread: works.is === 'unknown' ? Object.assign({}, ...known.map(({unread}) => unread)) : {},
	};
};
