import type {Kind} from '../../../model/index.js';
import {replicatedType} from '../join/secrets.js';
import type {ReplicatedSecret, SecretMember} from '../rows.js';
import {secretRules} from '../rules/secrets.js';
import {keyInWords, unread} from './words.js';

const foundInWords = {it: 'found', another: 'another secret of that name', none: 'not found', unknown: unread} as const;

const replicasOf = ({members}: ReplicatedSecret): readonly SecretMember[] => members.filter(({isPrimary}) => !isPrimary);

const each = (members: readonly SecretMember[], tell: (member: SecretMember) => string | undefined): string | undefined =>
	members.flatMap(member => tell(member) ?? []).join('; ') || undefined;

const statusInWords = ({members, untold}: ReplicatedSecret): string => {
	const statuses = [...new Set(members.flatMap(({status}) => status ?? []))];
	return statuses.join(', ') || (untold === undefined ? '–' : unread);
};

const keysInWords = ({members}: ReplicatedSecret): string => {
	const keys = members.flatMap(({key}) => key ?? []);
	const broken = keys.filter(({use}) => use === 'unusable').length;
	return broken > 0 ? `${broken} broken` : keys.some(({use}) => use === 'unknown') ? unread : 'work';
};

export const replicatedSecrets: Kind<ReplicatedSecret> = {
	resourceType: replicatedType,
	title: 'Replicated secrets',
	columns: [
		{title: 'Status', value: ({configuration}) => statusInWords(configuration)},
		{title: 'Keys', value: ({configuration}) => keysInWords(configuration)},
		{
			title: 'Replicas',
			value: ({configuration}) =>
				each(replicasOf(configuration), ({awsRegion}) => awsRegion) ?? (configuration.untold === undefined ? 'none' : unread),
		},
	],
	facts: [
		{title: 'Primary in', value: ({configuration}) => configuration.primaryRegion},
		{
			title: 'Replicas, as the primary tells',
			value: ({configuration}) =>
				configuration.untold === undefined
					? each(replicasOf(configuration), ({awsRegion, isToldOf, status, statusMessage}) =>
							isToldOf ? [awsRegion, status, statusMessage].filter(Boolean).join(' ') : undefined,
						)
					: `${unread}: ${configuration.untold}`,
		},
		{
			title: 'As each Region tells',
			value: ({configuration}) =>
				each(
					configuration.members,
					({awsRegion, found, because}) => `${awsRegion} ${foundInWords[found]}${because === undefined ? '' : `: ${because}`}`,
				),
		},
		{
			title: 'Keys',
			value: ({configuration}) =>
				each(configuration.members, ({awsRegion, key}) => (key === undefined ? undefined : `${awsRegion} ${keyInWords(key)}`)),
		},
		{title: 'Last changed', value: ({configuration: {lastChangedAt}}) => (lastChangedAt === undefined ? undefined : {at: lastChangedAt})},
		{title: 'Marked for deletion', value: ({configuration: {deletedAt}}) => (deletedAt === undefined ? undefined : {at: deletedAt})},
	],
	rules: secretRules,
	consolePath: ({resourceName, awsRegion}) =>
		`secretsmanager/secret?name=${encodeURIComponent(resourceName.toWellFormed())}&region=${awsRegion}`,
};
