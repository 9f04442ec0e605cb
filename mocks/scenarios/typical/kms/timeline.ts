import {type KmsKey, type KmsState, keyPolicy} from '../../../services/kms-state.js';
import type {Moment, Step, Timeline} from '../../scenario.js';

const awsRegion = 'us-east-1';

const change = (alias: string, what: string, atSeconds: number, to: (key: KmsKey, moment: Moment) => void): Step<KmsState> => ({
	atSeconds,
	what: `${alias} ${what}`,
	awsRegion,
	apply: (state, moment) => {
		const keyId = state.aliases.find(one => one.name === `alias/${alias}`)?.targetKeyId;
		const key = state.keys.find(one => one.keyId === keyId);
		if (key !== undefined) to(key, moment);
	},
});

/** Five minutes of an ordinary week, over and over: somebody makes a mistake, somebody puts it right. */
export const timeline: Timeline<KmsState> = {
	roundSeconds: 300,
	steps: [
		change('prod/payments', 'is scheduled for deletion', 20, (key, moment) => {
			key.state = 'PendingDeletion';
			key.deletionDate = moment.inDays(7);
		}),
		change('staging/app', 'is rotated from now on', 50, (key, moment) => {
			key.rotation = {periodInDays: 365, nextRotationDate: moment.inDays(365)};
		}),
		// Cancelling leaves a key disabled: https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
		change('prod/payments', 'is no longer scheduled for deletion, but disabled', 95, key => {
			key.state = 'Disabled';
			key.deletionDate = undefined;
		}),
		change('prod/payments', 'is enabled', 115, key => {
			key.state = 'Enabled';
		}),
		change('prod/data-lake', 'is opened to everybody', 150, (key, moment) => {
			key.policy = keyPolicy(moment, {Sid: 'QuickFix', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*'});
		}),
		change('dev/never-used', 'is used for the first time', 180, (key, moment) => {
			key.lastUsage = {operation: 'Encrypt', at: moment.minutesAgo(0), eventId: moment.random(`use/${moment.round}`).uuid()};
		}),
		change('prod/data-lake', 'is closed again', 215, (key, moment) => {
			key.policy = keyPolicy(moment);
		}),
		change('staging/app', 'is not rotated any more', 260, key => {
			key.rotation = undefined;
		}),
		change('dev/never-used', 'was never used after all', 285, key => {
			key.lastUsage = undefined;
		}),
	],
};
