import type {Service} from '../model/index.js';

/** Names that a reading operation may begin with. */
const readingVerbs = /^(?:Get|List|Describe|Search|BatchGet)/u;

/**
 * Operations that read, and yet hand out secrets, plaintext, source code or other people's content, or that change
 * something under a reading name. Never declared, never called.
 */
const neverCalled = new Set([
	'BatchGetCodeSnippet',
	'BatchGetSecretValue',
	'GetAcmeExternalAccountBindingCredentials',
	'GetConsoleOutput',
	'GetCredentialReport',
	'GetDecryptedAPIKey',
	'GetObject',
	'GetParameter',
	'GetParameterHistory',
	'GetParameters',
	'GetParametersByPath',
	'GetParametersForImport',
	'GetPasswordData',
	'GetRandomPassword',
	'GetSampledRequests',
	'GetSecretValue',
	'GetSensitiveDataOccurrences',
	'GetSessionToken',
	'GetFederationToken',
]);

/** Whether an operation may ever be called: it reads, and what it reads is no secret. */
export const isReadOnly = (operation: string): boolean => readingVerbs.test(operation) && !neverCalled.has(operation);

/** Stops a call that nobody declared before it is signed. A defect of ours, so it throws and is not an outcome. */
export class ForbiddenCallError extends Error {
	override readonly name = 'ForbiddenCallError';
}

type Next = (request: never) => Promise<unknown>;

/**
 * A middleware for the SDK's `initialize` step, which comes before serialising and signing: only operations that the
 * service declares and that are read-only go on.
 */
export const onlyDeclared =
	(service: Pick<Service, 'id' | 'operations'>) =>
	(next: Next, context: {readonly commandName?: string}): Next =>
	request => {
		const operation = (context.commandName ?? '').replace(/Command$/u, '');
		if (!Object.hasOwn(service.operations, operation) || !isReadOnly(operation)) {
			throw new ForbiddenCallError(`${service.id} does not declare ${operation || 'an unnamed operation'} as one it reads with`);
		}

		return next(request);
	};
