import {type KmsKey, type KmsState, keyPolicy, kmsAlias, kmsKey} from '../../services/kms-state.js';
import type {Place, Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

const total = 1000;

const flaws: ReadonlyArray<readonly [weight: number, flaw: (place: Place) => Partial<KmsKey> & {readonly rotationOff?: true}]> = [
	[70, () => ({})],
	[12, () => ({rotationOff: true})],
	[4, () => ({lastUsage: undefined})],
	[4, () => ({spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY'})],
	[3, place => ({state: 'PendingDeletion', deletionDate: place.inDays(12)})],
	[3, () => ({state: 'Disabled', lastUsage: undefined})],
	[2, place => ({policy: keyPolicy(place, {Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*'})})],
	[1, () => ({refused: {GetKeyPolicy: 'no-resource-based-policy', DescribeKey: 'no-resource-based-policy'}})],
	[1, () => ({origin: 'EXTERNAL', state: 'PendingImport', materials: []})],
];

/** A thousand keys over three Regions, four of five without a flaw. */
export const populate: Populate<KmsState> = place => {
	const chance = place.random('kms');
	const named = Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => {
		const name = bigName(chance, index);
		const flaw = chance.weighted(flaws)(place);
		return [name, kmsKey(place, name, {ageDays: chance.between(1, 2500), tags: [{TagKey: 'team', TagValue: name}], ...flaw})] as const;
	});
	return {keys: named.map(([, key]) => key), aliases: named.map(([name, key]) => kmsAlias(name, key))};
};
