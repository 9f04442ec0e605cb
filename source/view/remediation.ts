import type {ResourceReference} from '../model/index.js';

/** A word as a POSIX shell reads it back: bare where it needs no quotes, else in single quotes. */
export const shellQuote = (word: string): string => (/^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/**
 * A remediation's command with its placeholders filled in and quoted. The result is a string from outside: names stand
 * in it. Control characters in a name are dropped, for a pasted line break would run what stands before it.
 */
export const fillCommand = (command: string, resource: ResourceReference): string => {
	const values: Readonly<Record<string, string>> = {
		arn: resource.arn,
		id: resource.resourceId,
		name: resource.resourceName,
		region: resource.awsRegion,
		account: resource.accountId,
	};
	return command.replaceAll(/\{(arn|id|name|region|account)\}/gu, (_match, name: string) =>
		shellQuote((values[name] ?? '').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')),
	);
};
