import {readableBy, type SmState, secret} from '../../services/secretsmanager-state.js';
import type {Populate} from '../scenario.js';

const tricks = [
	'\u001b[2J\u001b[H\u001b[32mall is well\u001b[0m',
	'\u001b]0;owned\u0007',
	'\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\',
	'\u202eterces',
	'a\u200bb\u200dc',
	'line\r\nbreak',
	'=cmd|"/c calc"!A1',
	'<img src=x onerror=alert(1)>',
	'#[fg=red]tmux',
	'\u{e0041}tag',
	'|pipe|`code`[link](http://evil.example)',
] as const;

/**
 * Secrets Manager allows few characters in names, but any in descriptions, tags, statement ids and a replica's message.
 * The names are what something that only says it is AWS would send.
 */
export const populate: Populate<SmState> = place => ({
	secrets: [
		...tricks.map((trick, index) =>
			secret(place, `prod/${trick}`, {
				description: trick,
				tags: [{Key: trick, Value: trick}],
				primaryRegion: place.awsRegion,
				replicas: [{Region: 'eu-west-1', Status: 'Failed', StatusMessage: trick}],
				policy: readableBy('*').replace('"Read"', JSON.stringify(trick)),
				rotatedDays: 3 + index,
			}),
		),
		secret(place, 'prod/long', {description: 'x'.repeat(1_000_000), policy: '{"Statement": "no policy"}'}),
		secret(place, 'prod/no-json', {policy: '\u001b[31mnot JSON'}),
	],
});
