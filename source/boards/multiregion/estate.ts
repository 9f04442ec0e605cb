import {type Inputs, type Joined, type Refusal, readPrincipal, refusalInWords} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {KeyUse} from './rows.js';

export const keyType = 'AWS::KMS::Key';

/** What a row cannot tell, by the IAM action that would. Written to while the row is made. */
export type Unread = Record<string, Refusal>;

export const note = (unread: Unread, refusal: Refusal | undefined): void => {
	if (refusal !== undefined) {
		unread[refusal.iamAction] = refusal;
	}
};

/** `us-east-1` of an ARN. */
export const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

/** The ARN that the same thing has in another Region. */
export const arnIn = (arn: string, awsRegion: string): string =>
	arn
		.split(':')
		.map((part, index) => (index === 3 ? awsRegion : part))
		.join(':');

/** All that several sorts of rows ask of the inputs, each looked up once. */
export type Estate = {
	readonly inputs: Inputs;
	readonly keys: readonly Joined<Key>[];
	/** See `Inputs.gap`, which looks through all snapshots each time. */
	gap(service: string, operations: readonly string[], awsRegion?: string): Refusal | undefined;
	/** The key that a reference means, made in this Region: an ARN, an id or an alias. */
	find(reference: string, awsRegion: string): Joined<Key> | undefined;
	/** Whether that key can be used there. What could not be read of it is noted. */
	use(reference: string, awsRegion: string, unread: Unread): KeyUse;
};

type Reference = {readonly awsRegion: string; readonly accountId: string | undefined; readonly what: string};

const parse = (reference: string, awsRegion: string): Reference => {
	const parts = reference.split(':');
	if (parts[0] === 'arn' && parts[2] === 'kms') {
		return {awsRegion: parts[3] ?? awsRegion, accountId: parts[4], what: parts.slice(5).join(':')};
	}

	return {awsRegion, accountId: undefined, what: reference.startsWith('alias/') ? reference : `key/${reference}`};
};

/** AWS makes these keys when they are first needed, and nobody can disable or delete them. */
const isOfAws = ({what}: Pick<Reference, 'what'>): boolean => what.startsWith('alias/aws/');

const wrong: Readonly<Record<string, string>> = {
	Disabled: 'is disabled',
	PendingDeletion: 'is scheduled for deletion',
	PendingReplicaDeletion: 'is scheduled for deletion',
	PendingImport: 'has no key material',
	Unavailable: 'is unavailable: its key store cannot be reached',
};

// While its primary is being moved a key works on: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html
const working = new Set(['Enabled', 'Updating']);

type Standing = Pick<KeyUse, 'use' | 'because' | 'isLost'>;

const unknown = (because: string): Standing => ({use: 'unknown', because, isLost: false});

const standingOf = ({keyState, deletionDate}: Key, refusal: Refusal | undefined): Standing => {
	if (keyState === undefined) {
		return unknown(refusal === undefined ? 'KMS did not tell its state' : refusalInWords(refusal));
	}

	if (working.has(keyState)) {
		return {use: 'usable', because: 'is enabled', isLost: false};
	}

	const what = wrong[keyState];
	return what === undefined
		? unknown(keyState === 'Creating' ? 'it is being created' : `its state is ${keyState}, which this version does not know`)
		: {
				use: 'unusable',
				because: deletionDate === undefined ? what : `${what} on ${deletionDate.slice(0, 10)}`,
				isLost: keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion',
			};
};

const managerOf = ({keyManager}: Key): 'customer' | 'AWS' | undefined =>
	keyManager === 'CUSTOMER' ? 'customer' : keyManager === 'AWS' ? 'AWS' : undefined;

const foundUse = ({resource}: Joined<Key>): KeyUse => {
	const {configuration: key, unread} = resource;
	const manager = managerOf(key);
	return {
		name: resource.resourceName,
		arn: resource.arn,
		awsRegion: resource.awsRegion,
		...(manager !== undefined && {manager}),
		...(key.keyState !== undefined && {state: key.keyState}),
		...(key.keySpec !== undefined && {keySpec: key.keySpec}),
		...standingOf(key, unread['DescribeKey']),
	};
};

export const createEstate = (inputs: Inputs): Estate => {
	const keys = inputs.of<Key>(keyType);
	const byPlace = new Map<string, Joined<Key>>();
	for (const entry of keys) {
		const {awsRegion, resourceId, configuration} = entry.resource;
		byPlace.set(`${awsRegion}/key/${resourceId}`, entry);
		for (const alias of configuration.aliases ?? []) {
			byPlace.set(`${awsRegion}/${alias}`, entry);
		}
	}

	const gaps = new Map<string, Refusal | undefined>();
	const gap: Estate['gap'] = (service, operations, awsRegion) => {
		const key = `${service} ${operations.join()} ${awsRegion}`;
		if (!gaps.has(key)) {
			gaps.set(key, inputs.gap(service, operations, awsRegion));
		}

		return gaps.get(key);
	};

	/** What is not among the keys that are known. */
	const missingUse = (reference: string, {awsRegion, accountId, what}: Reference): {readonly use: KeyUse; readonly refusal?: Refusal} => {
		const isAlias = what.startsWith('alias/');
		const named = {
			name: what.replace(/^(?:key|alias)\//u, '') || reference,
			...(reference.startsWith('arn:') && {arn: reference}),
			awsRegion,
		};
		if (isOfAws({what})) {
			return {use: {...named, manager: 'AWS', use: 'usable', because: 'is looked after by AWS', isLost: false}};
		}

		if (accountId !== undefined && accountId !== inputs.accountId) {
			const whose = readPrincipal(accountId).is === 'account' ? `account ${accountId}` : 'another account';
			return {use: {...named, ...unknown(`it belongs to ${whose}, whose keys are not read`)}};
		}

		const refusal = gap('kms', isAlias ? ['ListKeys', 'ListAliases'] : ['ListKeys'], awsRegion);
		return refusal === undefined
			? {use: {...named, use: 'unusable', because: `does not exist in ${awsRegion}`, isLost: true}}
			: {use: {...named, ...unknown(refusalInWords(refusal))}, refusal};
	};

	const found = new Map<Joined<Key>, KeyUse>();
	const missing = new Map<string, ReturnType<typeof missingUse>>();
	const find: Estate['find'] = (reference, awsRegion) => {
		const {awsRegion: there, accountId = inputs.accountId, what} = parse(reference, awsRegion);
		return accountId === inputs.accountId ? byPlace.get(`${there}/${what}`) : undefined;
	};
	return {
		inputs,
		keys,
		gap,
		find,
		use(reference, awsRegion, unread) {
			const parsed = parse(reference, awsRegion);
			const entry = isOfAws(parsed) ? undefined : find(reference, awsRegion);
			if (entry !== undefined) {
				const use = found.get(entry) ?? foundUse(entry);
				found.set(entry, use);
				note(unread, use.use === 'unknown' ? entry.resource.unread['DescribeKey'] : undefined);
				return use;
			}

			const place = `${awsRegion} ${reference}`;
			const told = missing.get(place) ?? missingUse(reference, parsed);
			missing.set(place, told);
			note(unread, told.refusal);
			return told.use;
		},
	};
};
