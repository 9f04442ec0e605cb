/** Whose cache it is: which account is watched, and where. The daemon writes it down, under this name, for whoever reads without it. */
export type Account = {readonly accountId: string; readonly partition: string; readonly regions: readonly string[]};
export const accountRecord = 'account';

/** The record as read; undefined where it is none, or of an older version. */
export const toAccount = (said: unknown): Account | undefined =>
	typeof said === 'object' &&
	said !== null &&
	'accountId' in said &&
	typeof said.accountId === 'string' &&
	'partition' in said &&
	typeof said.partition === 'string' &&
	'regions' in said &&
	Array.isArray(said.regions)
		? {accountId: said.accountId, partition: said.partition, regions: said.regions.filter(region => typeof region === 'string')}
		: undefined;
