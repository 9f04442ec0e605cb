import {dayMs, msBetween, type Rule, unpublished} from '../../../model/index.js';
import {guide, type KeyResource, primaryOfReplica, unfamiliar, unlessStaying, whenInWords} from './common.js';
import type {Key, Material} from './key.js';

const made: Readonly<Record<string, string>> = {
	AWS_KMS: 'key material made by KMS, not imported',
	AWS_CLOUDHSM: 'key material made in a CloudHSM key store, not imported',
	EXTERNAL_KEY_STORE: 'key material held by an external key store, not imported',
};

const unlessImported = (resource: KeyResource): string | undefined => {
	const {origin = '', keyState} = resource.configuration;
	return unlessStaying(resource) ?? made[origin] ?? (keyState === 'PendingImport' ? 'without key material' : undefined);
};

/** When the first of the materials that the key needs ends. One that still waits for its rotation may end without harm. */
const endOf = ({validTo, materials}: Key): string | undefined =>
	[
		validTo,
		...(materials ?? [])
			.filter(({keyMaterialState: state}) => state === 'CURRENT' || state === 'NON_CURRENT')
			.map(material => material.validTo),
	]
		.filter(at => at !== undefined)
		.sort((a, b) => Date.parse(a) - Date.parse(b))[0];

export const materialNotExpiring: Rule<Key> = {
	id: 'kms-material-not-expiring',
	title: 'Imported key material should not be about to end',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'When any of its imported materials ends, KMS deletes it and the whole key is unusable: nothing encrypted under it can be read until the very same material is imported again.',
	remediation: {
		text: 'Import the same key material again, with a later end or none.',
		cli: 'aws kms get-parameters-for-import --key-id {id} --region {region} --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096',
		terraform: 'resource "aws_kms_external_key" "this" {\n  key_material_base64 = var.key_material_base64\n  valid_to            = null\n}',
		url: `${guide}/importing-keys-import-key-material.html`,
	},
	settings: {warnDays: 30, criticalDays: 7},
	reads: ['DescribeKey'],
	exempts: unlessImported,
	evaluate: ({configuration}, {now, settings}) => {
		const {origin, expirationModel} = configuration;
		if (origin !== 'EXTERNAL') {
			return unfamiliar('the origin of its material', origin);
		}

		const end = endOf(configuration);
		if (end === undefined) {
			return expirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE'
				? {
						verdict: 'PASS',
						reason: 'key material does not end',
						evidence: {expected: 'no end soon', observed: `ExpirationModel ${expirationModel}`, operation: 'DescribeKey'},
					}
				: unfamiliar('when its imported material ends', expirationModel === 'KEY_MATERIAL_EXPIRES' ? undefined : expirationModel);
		}

		const leftMs = msBetween(now, end);
		const {warnDays = 30, criticalDays = 7} = settings;
		const evidence = {expected: `ValidTo more than ${warnDays} days away`, observed: `ValidTo ${end}`, operation: 'DescribeKey'};
		const reason = leftMs > 0 ? `key material ends ${whenInWords(end, now)}` : `key material ended ${whenInWords(end, now)}`;
		if (leftMs > warnDays * dayMs) {
			return {verdict: 'PASS', reason, evidence};
		}

		return {
			verdict: 'FAIL',
			reason,
			...(leftMs <= criticalDays * dayMs && {severity: 'CRITICAL'}),
			evidence,
		};
	},
};

export const materialRotated: Rule<Key> = {
	id: 'kms-material-rotated',
	title: 'Imported key material should be replaced once a year',
	severity: 'LOW',
	published: unpublished,
	rationale: 'KMS does not rotate imported material by itself, so nobody does unless somebody keeps the date.',
	remediation: {
		text: 'Import new material into the same key and rotate to it on demand (at most 25 times in the life of a key). With a multi-Region key import it into every replica first, then rotate the primary.',
		cli: 'aws kms rotate-key-on-demand --key-id {id} --region {region}',
		url: `${guide}/rotating-keys-on-demand.html`,
	},
	note: 'Older notes say that imported material can only be replaced by a new key behind the same alias. Symmetric keys with imported material can be rotated on demand today, multi-Region ones too.',
	settings: {maxAgeDays: 365},
	reads: ['DescribeKey', 'ListKeyRotations'],
	exempts: resource => {
		const {keySpec, origin} = resource.configuration;
		const primary = primaryOfReplica(resource);
		return (
			unlessImported(resource) ??
			(origin === 'EXTERNAL' && keySpec !== undefined && keySpec !== 'SYMMETRIC_DEFAULT'
				? `keys of type ${keySpec} cannot be rotated on demand`
				: undefined) ??
			(primary === undefined ? undefined : `it is a replica: it rotates with its primary in ${primary}`)
		);
	},
	evaluate: ({configuration: {origin, materials, creationDate}}, {now, settings}) => {
		if (materials === null) {
			return {verdict: 'NOT_APPLICABLE', reason: 'KMS says that this key cannot be rotated on demand'};
		}

		if (origin !== 'EXTERNAL') {
			return unfamiliar('the origin of its material', origin);
		}

		const rotatedAt = materials?.flatMap(({rotationDate}) => rotationDate ?? []).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
		// A first material has no date of its own. It cannot be older than its key.
		const since = rotatedAt ?? creationDate;
		if (materials === undefined || since === undefined) {
			return unfamiliar('how old its material is', undefined);
		}

		const {maxAgeDays = 365} = settings;
		const isOld = msBetween(since, now) > maxAgeDays * dayMs;
		const evidence = {
			expected: `new material within ${maxAgeDays} days`,
			observed: rotatedAt === undefined ? `no rotation since the key was created, ${since}` : `RotationDate ${rotatedAt}`,
			operation: 'ListKeyRotations',
		};
		const age = whenInWords(since, now);
		const reason =
			rotatedAt !== undefined
				? `key material replaced ${age}`
				: `key material ${isOld ? 'never replaced' : 'not replaced yet'}, the key was created ${age}`;
		return {verdict: isOld ? 'FAIL' : 'PASS', reason: `${reason}${outlookOf(materials)}`, evidence};
	},
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-on-demand.html */
const mostRotationsOnDemand = 25;

/** What comes next, or that nothing can: the end of a sentence. */
const outlookOf = (materials: readonly Material[]): string => {
	const waiting = materials.map(({keyMaterialState: state = ''}) => state).filter(state => state.startsWith('PENDING'));
	if (waiting.includes('PENDING_MULTI_REGION_IMPORT_AND_ROTATION')) {
		return '; new material waits for its import into every replica';
	}

	if (waiting.length > 0) {
		return '; new material waits for its rotation';
	}

	return materials.filter(({rotationType}) => rotationType === 'ON_DEMAND').length >= mostRotationsOnDemand
		? `; all ${mostRotationsOnDemand} rotations on demand are used up, so it takes a new key`
		: '';
};
