import {expect, test} from 'vitest';
import {answerOfTrust, readPolicy} from '../../source/model/index.js';

const own = '123456789012';

const answerTo = (principal: unknown) => {
	const statement = {Effect: 'Allow', Principal: principal, Action: 's3:PutBucketPolicy', Resource: '*'};
	const reading = readPolicy(JSON.stringify({Statement: [statement]}), own);
	if (!reading.readable) throw new Error(reading.problem);
	return answerOfTrust(reading.summary, [], {expected: 'no stranger', operation: 'GetBucketPolicy'});
};

test.each([
	['a canonical user', {CanonicalUser: '0123456789abcdef'.repeat(4)}],
	['an identity provider', {Federated: 'cognito-identity.amazonaws.com'}],
])('whether %s is trusted is not known', (_, principal) => {
	const {verdict, reason} = answerTo(principal);
	expect(verdict).toBe('UNKNOWN');
	expect(reason).toMatch(/^lets in .*, which does not say whose it is$/u);
});

test.each([
	['roles and users that were deleted', {AWS: ['AROAEXAMPLEID000000', 'AIDAEXAMPLEID000000']}],
	['an identity of CloudFront', {AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'}],
	['the own account', {AWS: `arn:aws:iam::${own}:role/admin`}],
	['services', {Service: 'logs.amazonaws.com'}],
	['an identity provider of the own account', {Federated: `arn:aws:iam::${own}:saml-provider/acme`}],
])('%s are no strangers', (_, principal) => {
	expect(answerTo(principal).verdict).toBe('PASS');
});
