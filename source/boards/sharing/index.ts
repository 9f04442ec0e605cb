import {type Cell, type Column, defineBoard, type Kind, listed, type Resource} from '../../model/index.js';
import {join} from './join.js';
import {copyRules, shareRules} from './rules.js';
import {type Copy, copyType, type Share, type ShareState, type Step, shareType} from './share.js';
import {keysInWords, recipientInWords} from './words.js';

const stateWords: Readonly<Record<ShareState, string>> = {
	exposed: 'exposed',
	unusable: 'shared but unusable',
	unknown: '?',
	unencrypted: 'usable, unencrypted',
	usable: 'usable',
	hidden: 'hidden',
	internal: 'internal',
};

const stepWords: Readonly<Record<Step['is'], string>> = {
	done: 'done',
	missing: 'missing',
	unknown: 'not known',
	'not needed': 'not needed',
	elsewhere: 'in the other account',
};

const withWhom = ({configuration: {sharedWith}}: Resource<Share>): Cell => (sharedWith === undefined ? '?' : recipientInWords(sharedWith));
const underWhat = ({configuration: {disks, state}}: Resource<Share>): Cell =>
	disks.length > 0 ? keysInWords(disks) : state === 'unknown' ? '?' : undefined;
const some = (names: readonly string[]): Cell => (names.length === 0 ? undefined : names.join(', '));

/** The procedure, a fact for each step. */
const steps = (most: number): ReadonlyArray<Column<Resource<{readonly steps: readonly Step[]}>>> =>
	Array.from({length: most}, (_, index) => ({
		title: `Step ${index + 1}`,
		value: ({configuration}) => {
			const step = configuration.steps[index];
			return step && `${stepWords[step.is]}: ${step.what}`;
		},
	}));

/** Where the console shows what a row is about. */
const consolePathOf = (of: Share['of'], thingId: string | undefined, awsRegion: string): string => {
	const [list, page, parameter] =
		of === 'snapshot' ? ['Snapshots', 'SnapshotDetails', 'snapshotId'] : ['Images', 'ImageDetails', 'imageId'];
	return `ec2/home?region=${awsRegion}#${thingId === undefined ? `${list}:` : `${page}:${parameter}=${encodeURIComponent(thingId)}`}`;
};

const shares: Kind<Share> = {
	resourceType: shareType,
	title: 'Shares',
	columns: [
		{title: 'Shared with', value: withWhom},
		{title: 'State', value: ({configuration: {state}}) => stateWords[state]},
		{title: 'Key', value: underWhat},
		{title: 'Missing', value: ({configuration: {missing, works}}) => (works?.is === 'unknown' ? '?' : some(missing))},
		{title: 'What', value: ({configuration: {of}}) => of},
	],
	facts: [
		{title: 'What', value: ({configuration: {of, thingId}}) => (thingId === undefined ? `all ${of}s` : `${of} ${thingId}`)},
		{title: 'Shared with', value: withWhom},
		{title: 'Trusted', value: ({configuration: {trusted}}) => (trusted === undefined ? '?' : trusted ? 'yes' : 'no')},
		{title: 'State', value: ({configuration: {state}}) => stateWords[state]},
		{title: 'Block on public access', value: ({configuration: {blockPublicAccess}}) => blockPublicAccess},
		{title: 'Under', value: underWhat},
		{title: 'Keys', value: ({configuration: {disks}}) => some([...new Set(disks.flatMap(({kmsKeyId}) => kmsKeyId ?? []))])},
		{title: 'Can they use it', value: ({configuration: {works}}) => works?.why},
		{title: 'Can strangers read it', value: ({configuration: {exposed}}) => exposed.why},
		{title: 'Missing', value: ({configuration: {missing}}) => some(missing)},
		{
			title: 'Procedure',
			value: ({configuration: {of, steps: all}}) =>
				all.length === 0 ? undefined : of === 'snapshot' ? 'copying a snapshot into another account' : 'sharing an AMI',
		},
		...steps(5),
	],
	rules: shareRules,
	consolePath: ({configuration: {of, thingId}, awsRegion}) => consolePathOf(of, thingId, awsRegion),
};

const copies: Kind<Copy> = {
	resourceType: copyType,
	title: 'Copies across Regions',
	columns: [
		{title: 'From', value: ({configuration: {from}}) => from.awsRegion},
		{title: 'Key', value: ({configuration: {keyNames, state}}) => listed(keyNames) || (state === 'unencrypted' ? 'no key' : '?')},
		{title: 'State', value: ({configuration: {state}}) => (state === 'unknown' ? '?' : state)},
		{title: 'What', value: ({configuration: {of}}) => of},
	],
	facts: [
		{title: 'What', value: ({configuration: {of, thingId}}) => `${of} ${thingId}`},
		{title: 'From', value: ({configuration: {from}}) => `${from.id} in ${from.awsRegion}`},
		{title: 'Keys', value: ({configuration: {keyNames}}) => some(keyNames)},
		{title: 'Stays', value: () => 'internal: in this account'},
		{title: 'Procedure', value: () => 'copying into another Region'},
		...steps(3),
	],
	rules: copyRules,
	consolePath: ({configuration: {of, thingId}, awsRegion}) => consolePathOf(of, thingId, awsRegion),
};

export const sharing = defineBoard({
	id: 'sharing',
	title: 'Sharing',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'ec2', resourceType: 'AWS::EC2::Snapshot'},
		{service: 'ec2', resourceType: 'AWS::EC2::Image'},
		{service: 'ec2', resourceType: 'AWS::EC2::RegionSettings'},
		{service: 'kms', resourceType: 'AWS::KMS::Key'},
	],
	kinds: [shares, copies],
	join,
});
