import {expect, test} from 'vitest';
import {type Refusal, refusalInWords} from '../../source/model/index.js';

const refusal = (over: Partial<Refusal>): Refusal => ({
	status: 'denied',
	operation: 'GetKeyPolicy',
	iamAction: 'kms:GetKeyPolicy',
	error: 'AccessDeniedException',
	message: 'User is not authorized.',
	...over,
});

test.each<[Partial<Refusal>, string]>([
	[{}, 'kms:GetKeyPolicy was denied'],
	[{explicitDeny: true}, 'kms:GetKeyPolicy was refused by an explicit deny, which no further permission lifts'],
	[{status: 'pending'}, 'kms:GetKeyPolicy has not been read yet'],
	[{status: 'throttled'}, 'kms:GetKeyPolicy was throttled'],
	[{status: 'unauthenticated'}, 'kms:GetKeyPolicy could not be asked: no valid credentials'],
	[{status: 'unreachable', error: 'TimeoutError'}, 'kms:GetKeyPolicy timed out'],
	[{status: 'unreachable', error: 'ECONNREFUSED'}, 'kms:GetKeyPolicy could not be reached: ECONNREFUSED'],
	[{status: 'unreachable', error: ''}, 'kms:GetKeyPolicy could not be reached'],
	[{status: 'not-available', error: 'OptInRequired', message: 'Not here.'}, 'kms:GetKeyPolicy is not available here: Not here'],
	[{status: 'not-available', error: '', message: 'eu-west-1 is not watched'}, 'eu-west-1 is not watched'],
	[{status: 'not-enabled', error: '', message: ''}, 'kms:GetKeyPolicy is not available here'],
	[
		{status: 'failed', error: 'UnexpectedAnswer', message: 'It lacks Policy.'},
		'kms:GetKeyPolicy failed: UnexpectedAnswer: It lacks Policy',
	],
	[{status: 'failed', error: '', message: ''}, 'kms:GetKeyPolicy failed'],
	[{status: 'failed', error: '', message: 'x'.repeat(500)}, `kms:GetKeyPolicy failed: ${'x'.repeat(200)}…`],
])('%j', (over, words) => {
	expect(refusalInWords(refusal(over))).toBe(words);
});

test('of another action where the refusal names none', () => {
	expect(refusalInWords(refusal({iamAction: ''}), 'kms:GetKeyPolicy')).toBe('kms:GetKeyPolicy was denied');
});
