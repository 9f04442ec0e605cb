import {expect, test} from 'vitest';
import {isSamePolicy} from '../../source/model/index.js';

const policy = (role: string, ...via: readonly string[]): string =>
	JSON.stringify({
		Statement: {
			Effect: 'Allow',
			Principal: {AWS: `arn:aws:iam::123456789012:role/${role}`},
			Action: 'kms:*',
			Condition: {StringEquals: {'kms:ViaService': via.map(awsRegion => `s3.${awsRegion}.amazonaws.com`)}},
		},
	});
const [here, there, away] = ['us-east-1', 'us-west-2', 'eu-west-1'];

test.each<readonly [what: string, one: string, other: string, isSame: boolean]>([
	['the same text', policy('app', here, there), policy('app', here, there), true],
	['the same in another order', policy('app', here, there), policy('app', there, here), true],
	['each of its own Region', policy('app', here), policy('app', there), true],
	['both of one of the two', policy('app', here), policy('app', here), true],
	['both of a third', policy('app', away), policy('app', away), true],
	['each of its own, and a role of the one', policy('app-us-east-1', here), policy('app-us-east-1', there), true],
	['each of its own, and a role of the other', policy('app-us-west-2', here), policy('app-us-west-2', there), true],
	['each of the other’s', policy('app', there), policy('app', here), false],
	['of a third and a fourth', policy('app', away), policy('app', 'eu-west-2'), false],
	['of its own, and of a third', policy('app', here), policy('app', away), false],
	['of both, and of its own', policy('app', here, there), policy('app', there), false],
	['for different roles', policy('app', here), policy('web', there), false],
	['no policies', '{', '}', false],
])('%s', (_, one, other, isSame) => {
	expect(isSamePolicy({policy: one, awsRegion: here}, {policy: other, awsRegion: there})).toBe(isSame);
});
