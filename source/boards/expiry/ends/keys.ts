import {dayMs, msBetween} from '../../../model/index.js';
import type {Key} from '../../../services/kms/rules/key.js';
import type {EndResource} from '../end.js';
import {untold} from '../users.js';
import {hasFailed, type Sources, toRow} from './common.js';

const ofKeys = <const Event extends string>(event: Event, late?: string) =>
	({topic: 'keys', event, ...(late !== undefined && {late})}) as const;

/** KMS rotates on the day that it names, or soon after. */
const graceMs = 2 * dayMs;

export function* keyEnds({inputs, keyUsers, toldOf}: Sources): Generator<EndResource> {
	for (const joined of inputs.of<Key>('AWS::KMS::Key')) {
		const {awsRegion, configuration} = joined.resource;
		const {deletionDate, validTo, rotation, keyState} = configuration;
		if (deletionDate !== undefined) {
			yield toRow(joined, {
				what: 'key (deletion)',
				at: deletionDate,
				renewal: 'never',
				how: 'scheduled for deletion',
				users: keyUsers(joined),
				told: toldOf(
					[ofKeys('deletions of keys being scheduled'), ofKeys('deletions of keys', 'KMS sends that event only when the key is gone')],
					awsRegion,
				),
			});
		}

		if (validTo !== undefined) {
			yield toRow(joined, {
				what: 'key material',
				at: validTo,
				renewal: 'hand',
				how: 'imported, so somebody has to import it again',
				users: keyUsers(joined),
				told: toldOf([ofKeys('ends of imported key material', 'KMS sends that event only when the material has ended')], awsRegion),
			});
		}

		// Disabled keys keep the date, and are not rotated.
		if (rotation?.nextRotationDate !== undefined && rotation.enabled && keyState === 'Enabled') {
			const at = rotation.nextRotationDate;
			const isLate = msBetween(at, inputs.now) > graceMs || hasFailed(joined, 'kms-key-rotation-on-time');
			yield toRow(joined, {
				what: 'key rotation',
				at,
				renewal: isLate ? 'stuck' : 'itself',
				how: isLate ? 'KMS should have rotated it by now' : 'KMS rotates it',
				users: untold('a rotation breaks nothing: what was encrypted stays readable'),
				eventless: 'KMS tells of a rotation when it is done',
			});
		}
	}
}
