import {type Cell, defineBoard, type Kind} from '../../model/index.js';
import {type Bill, billType, freeRequests, usdPerRequest} from './bill.js';
import {join} from './join.js';
import {type KeyUse, keyUseType} from './key-rows.js';
import {keyTypes, keyTypeWords} from './key-type.js';
import {billOwnRequests} from './rules/bill.js';
import {keyLimited, keyUsable} from './rules/key.js';
import {keyNeeded} from './rules/needed.js';
import {storeDefaultKey, storeEncrypted} from './rules/store.js';
import {type StoreUse, storeUseType} from './store-rows.js';
import {stores} from './stores.js';
import {countsInWords, namesInWords} from './uses.js';

const unknown = '?';
const at = (moment: string | undefined): Cell => (moment === undefined ? undefined : {at: moment});

/** A number that is of all there is; `3+` where more may be, `?` where nothing is known. */
const known = (count: number, isWhole: boolean): Cell => (isWhole ? count : count === 0 ? unknown : `${count}+`);

/** The name of a type, where a row is of one key. */
const typeInWords = ({type}: KeyUse): string =>
	type === 'unknown' ? unknown : keyTypeWords[type].title.toLowerCase().replace('aws', 'AWS');

const usersInWords = ({users, unseen}: KeyUse): Cell => {
	const seen = users.length === 0 ? undefined : countsInWords(users);
	return unseen.length === 0 ? (seen ?? 'nothing') : seen === undefined ? unknown : `${seen} or more`;
};

const keys: Kind<KeyUse> = {
	resourceType: keyUseType,
	title: 'Keys and what they keep',
	columns: [
		{title: 'State', value: ({configuration}) => configuration.state ?? unknown},
		{title: 'Used by', value: ({configuration}) => usersInWords(configuration)},
		{title: 'Type', value: ({configuration}) => typeInWords(configuration)},
		{title: 'Last used', value: ({configuration}) => at(configuration.usedAt)},
		{title: 'US$/month', value: ({configuration}) => configuration.usdPerMonth ?? unknown},
	],
	facts: [
		{title: 'State', value: ({configuration}) => configuration.state ?? unknown},
		{title: 'Type', value: ({configuration}) => typeInWords(configuration)},
		{title: 'Not told because', value: ({configuration}) => configuration.untold},
		{title: 'Origin', value: ({configuration}) => configuration.origin},
		{title: 'Usage', value: ({configuration}) => configuration.keyUsage},
		{title: 'Deletion', value: ({configuration}) => at(configuration.deletionAt)},
		{title: 'Key material ends', value: ({configuration}) => at(configuration.materialEndsAt)},
		{
			title: 'Key store',
			value: ({configuration: {keyStore}}) => keyStore && [keyStore.name, keyStore.connectionState].filter(Boolean).join(', '),
		},
		{title: 'Used by', value: ({configuration}) => usersInWords(configuration)},
		{title: 'Users', value: ({configuration: {users}}) => (users.length === 0 ? undefined : namesInWords(users))},
		{title: 'Uses of own keys in the Region', value: ({configuration}) => configuration.regionTotal},
		{title: 'Not seen', value: ({configuration}) => configuration.unseen.join('; ') || undefined},
		{title: 'Not watched', value: () => 'RDS instances, Lambda, CloudWatch Logs and other services may use it too'},
		{title: 'Last used', value: ({configuration}) => at(configuration.usedAt)},
		{title: 'Use recorded since', value: ({configuration}) => at(configuration.trackedSince)},
		{
			title: 'Same key elsewhere',
			value: ({configuration: {multiRegion}}) =>
				multiRegion?.relatives.map(({awsRegion, uses}) => `${awsRegion} (${uses === 1 ? '1 use' : `${uses} uses`})`).join(', ') ||
				undefined,
		},
		{title: 'US$/month', value: ({configuration}) => configuration.usdPerMonth ?? unknown},
	],
	rules: [keyUsable, keyNeeded, keyLimited],
	consolePath: ({arn, awsRegion, configuration: {type}}) =>
		`kms/home?region=${awsRegion}#/kms/${type === 'managed' ? 'defaultKeys' : 'keys'}/${encodeURIComponent(arn.split('/').at(-1) ?? '')}`,
};

const byDefaultInWords = ({byDefault}: StoreUse): Cell =>
	byDefault && (byDefault.isOn === undefined ? unknown : byDefault.isOn ? 'on' : 'off');

const places: Kind<StoreUse> = {
	resourceType: storeUseType,
	title: 'Stores by type of key',
	columns: [
		{title: 'Things', value: ({configuration: {total, isWhole}}) => known(total, isWhole)},
		...keyTypes.map(type => ({
			title: keyTypeWords[type].title,
			value: ({configuration: {counts, isWhole}}: {readonly configuration: StoreUse}) => known(counts[type], isWhole),
		})),
	],
	facts: [
		{title: 'Things', value: ({configuration: {total, isWhole}}) => known(total, isWhole)},
		...keyTypes.map(type => ({
			title: keyTypeWords[type].title,
			value: ({configuration: {counts, isWhole}}: {readonly configuration: StoreUse}) => known(counts[type], isWhole),
		})),
		{
			title: 'Not encrypted are',
			value: ({configuration: {plain, counts}}) =>
				plain.length === 0
					? undefined
					: `${plain.join(', ')}${counts.plain > plain.length ? ` and ${counts.plain - plain.length} more` : ''}`,
		},
		{title: 'Not seen', value: ({configuration}) => configuration.unseen.join('; ') || undefined},
		{title: 'Type of key not known', value: ({configuration}) => configuration.untyped.join('; ') || undefined},
		{title: 'Encryption by default', value: ({configuration}) => byDefaultInWords(configuration)},
		{title: 'Default key', value: ({configuration: {byDefault}}) => byDefault && (byDefault.name ?? unknown)},
	],
	rules: [storeEncrypted, storeDefaultKey],
	consolePath: ({awsRegion, configuration: {store}}) =>
		stores.find(({id}) => id === store)?.consolePath(awsRegion === 'global' ? 'us-east-1' : awsRegion) ?? '',
};

/** `64.40`, and `64.40+` where something could not be counted. */
const money = (usd: number, {uncounted}: Bill): string => `${usd.toFixed(2)}${uncounted.length === 0 ? '' : '+'}`;

const part =
	(name: 'keys' | 'rotations' | 'secrets' | 'parameters') =>
	(bill: {readonly configuration: Bill}): Cell => {
		const {count, usd} = bill.configuration[name];
		return `${usd.toFixed(2)} for ${count}`;
	};

/** Shield Advanced with whose bill it is on: one account pays it for all of an organisation. */
const shieldInWords = ({shield: {count, usd}, shieldPayer}: Bill): string => {
	switch (shieldPayer?.is) {
		case undefined:
			return `${usd.toFixed(2)} for ${count}`;
		case 'this account':
			return `${usd.toFixed(2)} for ${count}, once for the whole organisation`;
		case 'another':
			return `0.00, charged once for the whole organisation to ${payerInWords(shieldPayer)}`;
		case 'unknown':
			return unknown;
	}
};

const payerInWords = ({accountId}: {readonly accountId?: string}): string =>
	accountId === undefined ? 'its management account' : `account ${accountId}`;

const notInIt = ({shieldPayer}: Bill): string => {
	const usual = `requests to KMS (0.03 per 10,000 after ${freeRequests} free ones) and to Secrets Manager, CloudHSM clusters, the storage itself, what Shield Advanced charges for traffic`;
	return shieldPayer?.is === 'another'
		? `${usual}, the ${shieldPayer.fee} of Shield Advanced, which ${payerInWords(shieldPayer)} pays for the whole organisation`
		: usual;
};

const bills: Kind<Bill> = {
	resourceType: billType,
	title: 'What it costs',
	columns: [
		{title: 'US$/month', value: ({configuration}) => money(configuration.usd, configuration)},
		{title: 'Keys', value: ({configuration: {keys: own, rotations}}) => own.usd + rotations.usd},
		{title: 'Secrets', value: ({configuration}) => configuration.secrets.usd},
		{title: 'Parameters', value: ({configuration}) => configuration.parameters.usd},
		{title: 'Shield', value: ({configuration}) => (configuration.shieldPayer?.is === 'unknown' ? unknown : configuration.shield.usd)},
		{title: 'Own requests', value: ({configuration}) => configuration.ownRequests ?? unknown},
	],
	facts: [
		{title: 'US$/month', value: ({configuration}) => money(configuration.usd, configuration)},
		{title: 'Customer keys', value: part('keys')},
		{title: 'Rotations of keys', value: part('rotations')},
		{title: 'Secrets', value: part('secrets')},
		{title: 'Advanced parameters', value: part('parameters')},
		{title: 'Shield Advanced', value: ({configuration}) => shieldInWords(configuration)},
		{
			title: 'By Region',
			value: ({configuration: {byRegion}}) => byRegion.map(({awsRegion, usd}) => `${awsRegion} ${usd.toFixed(2)}`).join(', ') || undefined,
		},
		{title: 'Not counted', value: ({configuration}) => configuration.uncounted.join('; ') || undefined},
		{title: 'Vedette’s own requests to KMS', value: ({configuration}) => configuration.ownRequests ?? unknown},
		{
			title: 'US$/month of those, at most',
			value: ({configuration: {ownRequests}}) => (ownRequests === undefined ? unknown : (ownRequests * usdPerRequest).toFixed(2)),
		},
		{
			title: 'Not in it',
			value: ({configuration}) => notInIt(configuration),
		},
	],
	rules: [billOwnRequests],
	consolePath: () => 'billing/home?region=us-east-1#/bills',
};

export const atrest = defineBoard({
	id: 'atrest',
	title: 'Encryption at rest and keys',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'kms', resourceType: 'AWS::KMS::Key'},
		...stores.map(({service, resourceType}) => ({service, resourceType})),
		{service: 'ec2', resourceType: 'AWS::EC2::RegionSettings'},
		{service: 'cloudtrail', resourceType: 'AWS::CloudTrail::Trail'},
		{service: 'config', resourceType: 'AWS::Config::ConfigurationRecorder'},
		{service: 'route53', resourceType: 'AWS::Route53::HostedZone'},
		{service: 'shield', resourceType: 'AWS::Shield::Subscription'},
		{service: 'organizations', resourceType: 'AWS::Organizations::Organization'},
	],
	kinds: [keys, places, bills],
	join,
});
