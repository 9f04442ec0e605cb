import {DescribeKeyCommand, ListKeysCommand, type ListKeysCommandOutput} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {AnswerError, readAnswer} from '../../source/collect/answer.js';

/** The output schema that a command carries; its type hides it. */
const outputOf = (command: object): Parameters<typeof readAnswer>[1] =>
	(command as {schema: readonly [unknown, unknown, unknown, unknown, unknown, Parameters<typeof readAnswer>[1]]}).schema[5];
const listKeys = outputOf(new ListKeysCommand({}));
const describeKey = outputOf(new DescribeKeyCommand({KeyId: 'k'}));

test('an answer becomes plain JSON: dates as text, metadata left out', () => {
	const output = {
		KeyMetadata: {KeyId: 'k', CreationDate: new Date(0), Enabled: true, MultiRegionConfiguration: {ReplicaKeys: [{Region: 'eu-west-1'}]}},
		$metadata: {httpStatusCode: 200},
	};
	expect(readAnswer(output, describeKey, ['KeyMetadata'])).toEqual({
		KeyMetadata: {
			KeyId: 'k',
			CreationDate: '1970-01-01T00:00:00.000Z',
			Enabled: true,
			MultiRegionConfiguration: {ReplicaKeys: [{Region: 'eu-west-1'}]},
		},
	});
});

test.each([
	['a missing list is no empty list', {}, 'Expected Keys in the answer, which has nothing'],
	['a null list is no empty list', {Keys: null}, 'Expected Keys in the answer, which has nothing'],
	['a string is no list', {Keys: 'all of them'}, 'Expected a list at Keys, got the string "all of them"'],
	['a number is no string', {Keys: [{KeyId: 'a'}, {KeyId: 7}]}, 'Expected a string at Keys[1].KeyId, got the number "7"'],
	['a string is no structure', {Keys: ['a']}, 'Expected an object at Keys[0], got the string "a"'],
	['a list is no answer', [], 'Expected an object at the answer, got a list'],
])('%s', (_name, output, message) => {
	expect(() => readAnswer(output, listKeys, ['Keys'])).toThrow(new AnswerError(message));
});

test('a member inside a structure can be what makes an answer one', () => {
	expect(readAnswer({KeyMetadata: {KeyId: 'k'}}, describeKey, ['KeyMetadata.KeyId'])).toEqual({KeyMetadata: {KeyId: 'k'}});
	expect(() => readAnswer({KeyMetadata: {KeyId: 'k'}}, describeKey, ['KeyMetadata.Arn'])).toThrow(
		new AnswerError('Expected KeyMetadata.Arn in the answer, which has KeyMetadata'),
	);
});

test('an unknown enum value and an unknown member are no errors', () => {
	expect(readAnswer({KeyMetadata: {KeyId: 'k', KeySpec: 'ML_DSA_999', Novelty: 1}}, describeKey, [])).toEqual({
		KeyMetadata: {KeyId: 'k', KeySpec: 'ML_DSA_999'},
	});
});

test('whatever comes, it is read or refused by an AnswerError, never by anything else', () => {
	fc.assert(
		fc.property(fc.anything({withDate: true, withNullPrototype: true, withTypedArray: true, withBigInt: true}), value => {
			try {
				expect(JSON.parse(JSON.stringify(readAnswer(value as ListKeysCommandOutput, listKeys, [])))).toBeTypeOf('object');
			} catch (error) {
				expect(error).toBeInstanceOf(AnswerError);
			}
		}),
	);
});
