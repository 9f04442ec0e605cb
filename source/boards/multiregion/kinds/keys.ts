import {type Kind, listed} from '../../../model/index.js';
import {keySetType} from '../join/key-sets.js';
import type {KeyMember, KeySet} from '../rows.js';
import {keyRules} from '../rules/keys.js';
import {together} from '../words.js';
import {unread} from './words.js';

const stateInWords = ({members}: KeySet): string => {
	const count = (use: string): number => members.filter(({key}) => key.use === use).length;
	const unclear = count('unknown');
	return `works in ${count('usable')} of ${members.length}${unclear === 0 ? '' : `, ${unclear} unknown`}`;
};

const policyInWords = ({members, isWhole}: KeySet): string =>
	members.some(({policy}) => policy === 'other')
		? 'differs'
		: members.some(({policy}) => policy === undefined) || !isWhole
			? unread
			: members.length > 1
				? 'equal'
				: 'one';

const rotationInWords = ({rotation, origin, members}: KeySet): string =>
	rotation === undefined
		? // Of a primary that is not enabled nobody asks it.
			members.some(({isPrimary, key}) => isPrimary && key.use === 'unusable')
			? '–'
			: unread
		: rotation === null
			? 'none possible'
			: rotation.enabled
				? `${rotation.periodInDays ?? 365} d`
				: origin === 'EXTERNAL'
					? 'imported'
					: 'off';

const memberInWords = ({awsRegion, isPrimary, key}: KeyMember): string =>
	`${awsRegion} ${isPrimary === undefined ? '' : isPrimary ? '(primary) ' : '(replica) '}${key.state ?? key.because}`;

const each = ({members}: KeySet, tell: (member: KeyMember) => string | undefined): string | undefined =>
	members.flatMap(member => tell(member) ?? []).join('; ') || undefined;

const usersInWords = ({awsRegion, users, userCount}: KeyMember): string | undefined =>
	userCount === 0
		? undefined
		: `${awsRegion}: ${users.join(', ')}${userCount > users.length ? ` and ${userCount - users.length} more` : ''}`;

const clientSide = ({members, keySpec, keyUsage}: KeySet): string | undefined => {
	const working = members.filter(({key}) => key.use === 'usable').map(({awsRegion}) => awsRegion);
	return keySpec === 'SYMMETRIC_DEFAULT' && keyUsage === 'ENCRYPT_DECRYPT' && working.length > 0 ? together(working) : undefined;
};

export const keySets: Kind<KeySet> = {
	resourceType: keySetType,
	title: 'Multi-Region keys',
	columns: [
		{title: 'Keys', value: ({configuration}) => stateInWords(configuration)},
		{title: 'Policies', value: ({configuration}) => policyInWords(configuration)},
		{title: 'Rely on it', value: ({configuration}) => configuration.members.reduce((sum, {userCount}) => sum + userCount, 0)},
		{title: 'Regions', value: ({configuration}) => configuration.members.map(({awsRegion}) => awsRegion).join(', ')},
		{title: 'Rotation', value: ({configuration}) => rotationInWords(configuration)},
	],
	facts: [
		{title: 'Primary in', value: ({configuration}) => configuration.primaryRegion ?? unread},
		{title: 'Keys', value: ({configuration}) => each(configuration, memberInWords)},
		{
			title: 'Policies',
			value: ({configuration}) =>
				each(
					configuration,
					({awsRegion, policy}) => `${awsRegion} ${policy === undefined ? unread : policy === 'same' ? 'equal' : 'differs'}`,
				),
		},
		{
			title: 'Let in by one Region alone',
			value: ({configuration}) =>
				each(configuration, ({awsRegion, alsoLetsIn}) => (alsoLetsIn.length === 0 ? undefined : `${awsRegion}: ${listed(alsoLetsIn)}`)),
		},
		{title: 'Encrypted with it', value: ({configuration}) => each(configuration, usersInWords)},
		{
			title: 'Perhaps more is',
			value: ({configuration}) =>
				each(configuration, ({awsRegion, mayHaveMore}) => (mayHaveMore === undefined ? undefined : `${awsRegion}: ${mayHaveMore}`)),
		},
		{title: 'Rotation, set on the primary', value: ({configuration}) => rotationInWords(configuration)},
		{title: 'Type', value: ({configuration}) => configuration.keySpec},
		{title: 'Usage', value: ({configuration}) => configuration.keyUsage},
		{title: 'Origin', value: ({configuration}) => configuration.origin},
		{title: 'Could serve client-side encryption in', value: ({configuration}) => clientSide(configuration)},
	],
	rules: keyRules,
	consolePath: ({awsRegion, resourceId}) => `kms/home?region=${awsRegion}#/kms/keys/${encodeURIComponent(resourceId.toWellFormed())}`,
};
