import {randomUUID} from 'node:crypto';
import type {Account} from './account.js';

/** Who signs with an access key. */
export type Identity = {readonly account: Account; readonly callerArn: string; readonly callerUserId: string};

export type Issued = {
	readonly AccessKeyId: string;
	readonly SecretAccessKey: string;
	readonly SessionToken: string;
	readonly Expiration: Date;
};

export type Identities = {
	/** Unknown access keys are the first account's caller: the mock checks no signature, having no secret to check it with. */
	of(accessKeyId: string): Identity;
	/** Temporary credentials, such as AssumeRole gives. */
	issue(identity: Identity, expiration: Date): Issued;
};

export const createIdentities = (first: Account): Identities => {
	const known = new Map<string, Identity>();
	const otherwise: Identity = {account: first, callerArn: first.callerArn, callerUserId: first.callerUserId};
	return {
		of: accessKeyId => known.get(accessKeyId) ?? otherwise,
		issue: (identity, expiration) => {
			const unique = randomUUID().replaceAll('-', '').toUpperCase();
			const accessKeyId = `ASIA${unique.slice(0, 16)}`;
			known.set(accessKeyId, identity);
			return {
				AccessKeyId: accessKeyId,
				SecretAccessKey: `mock/${unique}`.padEnd(40, 'x').slice(0, 40),
				SessionToken: Buffer.from(`mock session ${unique}`).toString('base64'),
				Expiration: expiration,
			};
		},
	};
};
