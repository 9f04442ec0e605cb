import {boardRegion, type Inputs, type Mute, type Resource} from '../../../model/index.js';
import type {Protection} from '../../../services/shield/rules/protection.js';
import type {Subscription} from '../../../services/shield/rules/subscription.js';
import type {EndResource} from '../end.js';
import {byAction} from '../refused.js';
import {toUsers, untold} from '../users.js';
import {type Draft, type Sources, toRow} from './common.js';

const renewalOf = (autoRenew: string | undefined): Pick<Draft, 'renewal' | 'how'> => {
	switch (autoRenew) {
		case 'ENABLED': {
			return {renewal: 'itself', how: 'AWS renews the subscription for another year'};
		}

		case 'DISABLED': {
			return {renewal: 'never', how: 'renewal is turned off'};
		}

		default: {
			return {how: `whether it is renewed is not known: its AutoRenew is ${autoRenew ?? 'absent'}`};
		}
	}
};

/** The end of Shield Advanced, with what it protects. */
export function* subscriptionEnds({inputs}: Sources): Generator<EndResource> {
	const names = inputs.of<Protection>('AWS::Shield::Protection').map(({resource}) => `protection ${resource.resourceName}`);
	for (const joined of inputs.of<Subscription>('AWS::Shield::Subscription')) {
		const {state, endsAt, autoRenew} = joined.resource.configuration;
		if (state === 'ACTIVE' && endsAt !== undefined) {
			yield toRow(joined, {
				what: 'Shield Advanced',
				at: endsAt,
				...renewalOf(autoRenew),
				users: toUsers(names, byAction([inputs.gap('shield', ['ListProtections'])])),
				eventless: 'AWS sends no event before it ends',
			});
		}
	}
}

/** Ends that are what their services say they are: nothing that is watched depends on these. */
const plain = [
	{
		resourceType: 'AWS::DynamoDB::Table',
		how: 'DynamoDB cannot use its key, and stops once it can',
		users: untold('what reads a table is told by no API'),
	},
	{
		resourceType: 'AWS::EC2::Snapshot',
		how: 'it goes back to the archive',
		users: untold('who restores a snapshot is told by no API'),
	},
	{
		resourceType: 'AWS::Macie::ClassificationJob',
		how: 'paused jobs are cancelled after 30 days',
		users: untold('nothing depends on a job'),
	},
] as const;

export function* plainEnds({inputs}: Sources): Generator<EndResource> {
	for (const {resourceType, how, users} of plain) {
		for (const joined of inputs.of(resourceType)) {
			for (const {what, at} of joined.expirations) {
				yield toRow(joined, {what, at, renewal: 'never', how, users, eventless: 'AWS sends no event before it'});
			}
		}
	}
}

/** Mutes that end by themselves, with when: of several for the same, the last; none where one of them lasts. */
const endingMutes = ({mutes, now}: Inputs): ReadonlyMap<string, Mute & {readonly untilMs: number}> => {
	const latest = new Map<string, Mute & {readonly untilMs: number}>();
	for (const mute of mutes) {
		const id = `mute/${mute.rule}/${mute.resource}`;
		// One whose end cannot be read mutes nothing, as one that has ended.
		const untilMs = mute.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(mute.until) || 0;
		if (untilMs > Math.max(latest.get(id)?.untilMs ?? 0, Date.parse(now))) {
			latest.set(id, {...mute, untilMs});
		}
	}

	return new Map([...latest].filter(([, {untilMs}]) => Number.isFinite(untilMs)));
};

export function* muteEnds({inputs}: Sources): Generator<EndResource> {
	for (const [id, {rule, resource, reason, untilMs}] of endingMutes(inputs)) {
		const muted: Resource = {
			// No thing of AWS's: a line of the configuration.
			arn: id,
			resourceType: 'Vedette::Configuration::Mute',
			resourceId: id,
			resourceName: `${rule} at ${resource}`,
			accountId: inputs.accountId,
			awsRegion: boardRegion,
			tags: {},
			configuration: {},
			unread: {},
			readAt: {},
		};
		yield toRow(
			{resource: muted, consolePath: ''},
			{
				what: 'mute',
				at: new Date(untilMs).toISOString(),
				renewal: 'never',
				how: reason,
				users: untold('what a mute hides is shown again when it ends'),
				eventless: 'a mute is a line of Vedette’s own configuration',
			},
		);
	}
}
