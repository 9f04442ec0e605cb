import {type Inputs, type Refusal, type Resource, refusalInWords} from '../../model/index.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import {copyRow, type Originals} from './copies.js';
import {listingGaps, sharingGaps} from './gaps.js';
import {judgeShare} from './judge-share.js';
import {type Keys, keysOf} from './keys.js';
import {type Copy, type Recipient, type Share, shareType} from './share.js';
import {stepsOf} from './steps.js';
import {listingOf, type Shareable, shareables} from './things.js';
import {recipientId} from './words.js';

const rowOf = (
	{resource}: Shareable,
	recipient: Recipient,
	configuration: Share,
	unread: Readonly<Record<string, Refusal>> = {},
): Resource<Share> => ({
	...resource,
	resourceType: shareType,
	resourceId: `${resource.awsRegion}/${resource.resourceId}/${recipientId(recipient)}`,
	configuration,
	unread,
	readAt: {},
});

/** What a Region's settings say of public sharing. Absent where they were not read at all. */
type Settings = Pick<Resource<RegionSettings>, 'configuration' | 'unread'>;

/** Of what every account may use, now or once it is ready. */
const openToAll = ({disks, notReady}: Shareable, what: string): Pick<Share, 'state' | 'exposed'> => {
	const open = disks?.every(({encrypted}) => encrypted === false) === true ? 'public and not encrypted' : 'public';
	return notReady === undefined
		? {state: 'exposed', exposed: {is: 'yes', why: `${open}: every AWS account can ${what}`}}
		: {
				state: 'unusable',
				exposed: {is: 'yes', why: `${open}: once it is ready every AWS account can ${what}; for now none can: ${notReady}`},
			};
};

const publicState = (thing: Shareable, settings: Settings | undefined): Pick<Share, 'state' | 'exposed'> & {readonly unread?: Refusal} => {
	const verb = thing.of === 'AMI' ? 'launch it' : 'restore it';
	if (thing.notReady !== undefined && !thing.becomesReady) {
		return {state: 'unusable', exposed: {is: 'no', why: `public, but nobody can ${verb}: ${thing.notReady}`}};
	}

	if (thing.of === 'AMI') {
		return openToAll(thing, verb);
	}

	const block = settings?.configuration.snapshotBlockPublicAccess;
	if (block === 'block-all-sharing') {
		return {
			state: 'hidden',
			exposed: {is: 'no', why: 'marked public, but the Region’s block on public access hides it from everyone'},
		};
	}

	if (block !== undefined) {
		return openToAll(thing, `${verb} (block public access: ${block})`);
	}

	const operation = 'GetSnapshotBlockPublicAccessState';
	const refusal = settings?.unread[operation] ?? thing.resource.unread[operation];
	return {
		state: 'unknown',
		exposed: {
			is: 'unknown',
			why: `marked public; whether the Region’s block on public access hides it is not known: ${refusal === undefined ? `ec2:${operation} did not say` : refusalInWords(refusal)}`,
		},
		...(refusal !== undefined && {unread: refusal}),
	};
};

const publicRow = (thing: Shareable, settings: Settings | undefined): Resource<Share> => {
	const {state, exposed, unread} = publicState(thing, settings);
	const block =
		thing.of === 'snapshot' ? settings?.configuration.snapshotBlockPublicAccess : settings?.configuration.imageBlockPublicAccess;
	return rowOf(
		thing,
		{is: 'anyone'},
		{
			of: thing.of,
			thingId: thing.resource.resourceId,
			sharedWith: {is: 'anyone'},
			trusted: false,
			state,
			exposed,
			...(thing.notReady !== undefined && {notReady: thing.notReady}),
			disks: [],
			missing: [],
			...(block !== undefined && {blockPublicAccess: block}),
			steps: [],
		},
		unread === undefined ? {} : {[unread.iamAction]: unread},
	);
};

const ownRow = (thing: Shareable, recipient: Recipient): Resource<Share> =>
	rowOf(thing, recipient, {
		of: thing.of,
		thingId: thing.resource.resourceId,
		sharedWith: recipient,
		trusted: true,
		state: 'internal',
		exposed: {is: 'no', why: 'shared with this account itself'},
		disks: [],
		missing: [],
		steps: [],
	});

const shareRow = (
	thing: Shareable,
	keys: Keys,
	recipient: Exclude<Recipient, {is: 'anyone'}>,
	trustedOnes: ReadonlySet<string>,
): Resource<Share> => {
	const trusted = trustedOnes.has(recipient.is === 'account' ? recipient.accountId : recipient.organization);
	const {unread, ...judged} = judgeShare(thing, keys, {recipient, trusted});
	const configuration: Share = {
		of: thing.of,
		thingId: thing.resource.resourceId,
		sharedWith: recipient,
		trusted,
		...judged,
		steps: stepsOf(thing, recipient, judged),
	};
	return rowOf(thing, recipient, configuration, unread);
};

/**
 * One row for each snapshot or AMI and each that it is shared with, one for each copy from another Region, and one for what
 * could not be read. What is shared with nobody has no row.
 */
export function* join(inputs: Inputs): Generator<Resource<Share | Copy>> {
	const all = shareables(inputs);
	const keys = keysOf(inputs);
	const trusted = new Set(inputs.trustedAccounts);
	const settings = new Map<string, Settings>(
		inputs.of<RegionSettings>('AWS::EC2::RegionSettings').map(({resource}) => [resource.awsRegion, resource]),
	);
	const byId = new Map(all.map(thing => [`${thing.resource.awsRegion} ${thing.resource.resourceId}`, thing]));
	const originals: Originals = {
		find: (id, awsRegion) => byId.get(`${awsRegion} ${id}`),
		gap: (of, awsRegion) => inputs.gap('ec2', [listingOf(of)], awsRegion),
	};
	for (const thing of all) {
		if (thing.isPublic === true) {
			yield publicRow(thing, settings.get(thing.resource.awsRegion));
		}

		for (const recipient of thing.recipients ?? []) {
			if (recipient.is === 'account' && recipient.accountId === inputs.accountId) {
				yield ownRow(thing, recipient);
			} else if (recipient.is !== 'anyone') {
				yield shareRow(thing, keys, recipient, trusted);
			}
		}

		if (thing.copiedFrom !== undefined) {
			yield copyRow(thing, thing.copiedFrom, keys, originals);
		}
	}

	yield* listingGaps(inputs);
	yield* sharingGaps(inputs, all);
}
