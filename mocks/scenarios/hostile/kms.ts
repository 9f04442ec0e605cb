import {type KmsState, keyPolicy, kmsGrant, kmsKey} from '../../services/kms-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** A key for every hostile string: as its alias, its description, its tags, its grant and in its policy. */
export const populate: Populate<KmsState> = place => {
	const keys = hostileStrings.map((text, index) =>
		kmsKey(place, `hostile-${index}`, {
			description: index === 0 ? hostileMegabyte : hostileAt(index + 1),
			tags: [
				{TagKey: text, TagValue: hostileAt(index + 2)},
				{TagKey: 'owner', TagValue: text},
			],
			policy:
				// Not every policy is one.
				index % 7 === 3
					? text
					: keyPolicy(place, {
							Sid: text,
							Effect: 'Allow',
							Principal: {AWS: text},
							Action: text,
							Resource: '*',
							Condition: {StringEquals: {[text]: text}},
						}),
			grants: [kmsGrant(place, `hostile-${index}`, {Name: text, GranteePrincipal: text})],
			rotationOff: true,
			...(index < 2 && {origin: 'AWS_CLOUDHSM' as const, state: 'Unavailable' as const, customKeyStoreId: `cks-${index}`}),
		}),
	);
	return {
		keys,
		keyStores: keys.slice(0, 2).map((_, index) => ({
			CustomKeyStoreId: `cks-${index}`,
			CustomKeyStoreName: hostileAt(index),
			ConnectionState: 'DISCONNECTED' as const,
		})),
		aliases: keys.map((key, index) => ({
			name: `alias/${hostileAt(index)}`,
			targetKeyId: key.keyId,
			creationDate: key.creationDate,
			lastUpdatedDate: key.creationDate,
		})),
	};
};
