import {listed, type Refusal, type Resource, refusalInWords} from '../../model/index.js';
import type {KeyAnswer} from './find-key.js';
import type {Keys} from './keys.js';
import {type Copy, copyType, type Finding, type Step} from './share.js';
import type {Shareable} from './things.js';

/** Where the originals of copies are looked up: by Region and id. */
export type Originals = {
	find(id: string, awsRegion: string): Shareable | undefined;
	/** Why one that is not found may exist all the same; undefined where it surely is gone. */
	gap(of: Shareable['of'], awsRegion: string): Refusal | undefined;
};

const idOf = (kmsKeyId: string): string => kmsKeyId.split('/').at(-1) ?? kmsKeyId;

const keyIdsOf = ({disks = []}: Shareable): readonly string[] => [...new Set(disks.flatMap(({kmsKeyId}) => kmsKeyId ?? []))];

const judgeLocal = (copy: Shareable, answers: readonly KeyAnswer[]): {readonly local: Finding; readonly state: Copy['state']} => {
	const {disks, resource} = copy;
	const wanting = answers.find(({opens}) => opens.is === 'no');
	if (wanting !== undefined) {
		return {local: {is: 'no', why: wanting.opens.why}, state: 'unusable'};
	}

	const unclear = answers.find(({opens}) => opens.is === 'unknown');
	if (unclear !== undefined) {
		return {local: {is: 'unknown', why: unclear.opens.why}, state: 'unknown'};
	}

	if (disks === undefined || disks.some(({encrypted, kmsKeyId}) => encrypted !== false && kmsKeyId === undefined)) {
		const refusal = resource.unread['DescribeSnapshots'];
		const why = `its key is not known: ${refusal === undefined ? 'ec2:DescribeSnapshots did not say' : refusalInWords(refusal)}`;
		return {local: {is: 'unknown', why}, state: 'unknown'};
	}

	const names = answers.map(({keyName}) => keyName);
	return names.length === 0
		? {local: {is: 'no', why: 'it is not encrypted'}, state: 'unencrypted'}
		: {
				local: {is: 'yes', why: `encrypted anew with ${listed(names)}, ${names.length === 1 ? 'a key' : 'keys'} of ${resource.awsRegion}`},
				state: 'usable',
			};
};

/** Whether all of its disks are known not to be encrypted. */
const isPlain = ({disks = []}: Shareable): boolean => disks.length > 0 && disks.every(({encrypted}) => encrypted === false);

/** What the original is under, as the end of a sentence. */
const originalInWords = (original: Shareable): string => {
	const keys = keyIdsOf(original).map(idOf);
	return keys.length > 0
		? `, encrypted with ${listed(keys)}`
		: isPlain(original)
			? ', not encrypted'
			: original.disks?.some(({encrypted}) => encrypted === true) === true
				? ', encrypted with a key that is not known'
				: ': whether it is encrypted is not known';
};

const findOriginal = (copy: Shareable, from: Copy['from'], originals: Originals): readonly [Step, Shareable | undefined] => {
	const what = `${copy.of} ${from.id} in ${from.awsRegion}`;
	const original = originals.find(from.id, from.awsRegion);
	if (original !== undefined) {
		return [{is: 'done', what: `${what}${originalInWords(original)}`}, original];
	}

	const gap = originals.gap(copy.of, from.awsRegion);
	return [
		gap === undefined
			? {is: 'done', what: `${what}, which is gone, or another account’s`}
			: {is: 'unknown', what: `${what}: ${refusalInWords(gap)}`},
		undefined,
	];
};

/** What ReEncrypt made of the one key the other. Keys of one multi-Region key share an id, and are two keys to KMS. */
const reencryption = (copy: Shareable, original: Shareable | undefined): Step => {
	const own = keyIdsOf(copy);
	const before = original === undefined ? [] : keyIdsOf(original);
	if (own.length === 0) {
		return {is: 'not needed', what: 'encrypt it anew: it is under no key'};
	}

	if (original !== undefined && isPlain(original)) {
		return {is: 'done', what: `encrypted, with ${listed(own.map(idOf))}: the original was not`};
	}

	if (original === undefined || before.length === 0) {
		return {is: 'unknown', what: 'encrypt it anew: what the original is under is not known'};
	}

	const same = own.find(key => before.includes(key));
	if (same !== undefined) {
		return {is: 'missing', what: `encrypt it anew: it is still under ${idOf(same)} of ${original.resource.awsRegion}`};
	}

	const twin = own.find(key => before.some(other => idOf(other) === idOf(key)));
	return {
		is: 'done',
		what:
			twin === undefined
				? `encrypted anew: from ${listed(before.map(idOf))} to ${listed(own.map(idOf))}`
				: `encrypted anew: both keys have the id ${idOf(twin)}, but their ARNs differ, and to EBS they are two keys`,
	};
};

/** The row of a copy from another Region. */
export const copyRow = (copy: Shareable, from: Copy['from'], keys: Keys, originals: Originals): Resource<Copy> => {
	const {of, resource} = copy;
	const answers = keyIdsOf(copy).map(kmsKeyId => keys.works(kmsKeyId, resource.awsRegion));
	const {local, state} = judgeLocal(copy, answers);
	const [first, original] = findOriginal(copy, from, originals);
	const refusal = resource.unread['DescribeSnapshots'];
	const second: Step = {
		is: state === 'unencrypted' ? 'not needed' : local.is === 'yes' ? 'done' : local.is === 'no' ? 'missing' : 'unknown',
		what: `a key of ${resource.awsRegion}: ${local.why}`,
	};
	return {
		...resource,
		resourceType: copyType,
		resourceId: `${resource.awsRegion}/${resource.resourceId}`,
		configuration: {
			of,
			thingId: resource.resourceId,
			from,
			state,
			local,
			keyNames: answers.map(({keyName}) => keyName),
			steps: [first, second, reencryption(copy, original)],
		},
		unread:
			local.is === 'unknown'
				? {
						...(of === 'AMI' && refusal !== undefined && {[refusal.iamAction]: refusal}),
						...Object.assign({}, ...answers.map(({unread}) => unread)),
					}
				: {},
		readAt: {},
	};
};
