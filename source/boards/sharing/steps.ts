import type {Disk, Recipient, Share, Step} from './share.js';
import type {Shareable} from './things.js';
import {keysOfDisks, recipientInWords} from './words.js';

const encryption = (disks: readonly Disk[]): Step => {
	const open = disks.filter(({encrypted}) => encrypted === false);
	if (disks.length === 0 || disks.some(({encrypted}) => encrypted === undefined)) {
		return {is: 'unknown', what: 'encrypt it under a customer managed key: whether it is encrypted is not known'};
	}

	if (open.length > 0) {
		return {
			is: 'missing',
			what: `encrypt it under a customer managed key: ${open.length === disks.length ? 'it is' : 'some disks are'} not`,
		};
	}

	const wanting = disks.find(({missing}) => missing.includes('a customer managed key'));
	if (wanting !== undefined) {
		return {is: 'missing', what: `encrypt it under a customer managed key: ${wanting.opens.why}`};
	}

	return {is: 'done', what: `encrypted with ${keysOfDisks(disks)}`};
};

/** Whether a key lets them do anything at all, and whether it lets them do all that it takes. */
const keyShared = (disks: readonly Disk[], whom: string): Step => {
	const needing = disks.filter(({encrypted}) => encrypted !== false);
	if (needing.length === 0) {
		return {is: 'not needed', what: `let ${whom} use the key: there is none`};
	}

	const wanting = needing.find(({opens}) => opens.is === 'no');
	if (wanting !== undefined) {
		return {is: 'missing', what: `let ${whom} use the key: ${wanting.opens.why}`};
	}

	const unclear = needing.find(({opens}) => opens.is === 'unknown');
	return unclear === undefined
		? {is: 'done', what: `${keysOfDisks(needing)} lets ${whom} in, as far as its policy and grants go: IAM there is not in sight`}
		: {is: 'unknown', what: `let ${whom} use the key: ${unclear.opens.why}`};
};

const permissions = (disks: readonly Disk[], missing: readonly string[]): Step => {
	const lacking = missing.filter(name => name.startsWith('kms:'));
	const all = 'kms:DescribeKey, kms:ReEncrypt*, kms:CreateGrant, kms:Decrypt';
	if (disks.every(({encrypted}) => encrypted === false)) {
		return {is: 'not needed', what: `allow ${all}: there is no key`};
	}

	if (lacking.length > 0) {
		return {is: 'missing', what: `allow ${lacking.join(', ')}`};
	}

	const closed = disks.find(({opens}) => opens.is === 'no');
	if (closed !== undefined) {
		return {is: 'missing', what: `allow ${all}: ${closed.opens.why}`};
	}

	return disks.every(({opens}) => opens.is === 'yes') ? {is: 'done', what: `allowed ${all}`} : {is: 'unknown', what: `allow ${all}`};
};

/** https://docs.aws.amazon.com/ebs/latest/userguide/share-kms-key.html */
const snapshotSteps = ({notReady}: Shareable, whom: string, {disks}: Pick<Share, 'disks'>): readonly Step[] => [
	encryption(disks),
	keyShared(disks, whom),
	notReady === undefined ? {is: 'done', what: `shared with ${whom}`} : {is: 'missing', what: `shared with ${whom}, but ${notReady}`},
	{is: 'elsewhere', what: `${whom} copies it under a key of its own: that happens there and cannot be seen from here`},
	{is: 'elsewhere', what: `${whom} makes a volume of its copy: that happens there and cannot be seen from here`},
];

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html */
const imageSteps = ({notReady}: Shareable, whom: string, {disks, missing}: Pick<Share, 'disks' | 'missing'>): readonly Step[] => [
	notReady === undefined ? encryption(disks) : {is: 'missing', what: `make the AMI available: ${notReady}`},
	{is: 'done', what: `launch permission for ${whom}`},
	keyShared(disks, whom),
	permissions(disks, missing),
	{is: 'elsewhere', what: `${whom} launches it, under a key of its own if it likes: that happens there and cannot be seen from here`},
];

/** The procedure of sharing it with them, step by step. */
export const stepsOf = (thing: Shareable, recipient: Recipient, judged: Pick<Share, 'disks' | 'missing'>): readonly Step[] =>
	(thing.of === 'snapshot' ? snapshotSteps : imageSteps)(thing, recipientInWords(recipient), judged);
