/**
 * An error that AWS answers with, thrown by a handler: each protocol writes it in its own shape.
 * `name` is the code that the SDK shows as `error.name`.
 */
export class AwsError extends Error {
	override readonly name: string;
	readonly httpStatus: number;
	/** Members of the error's own shape besides the message, such as `{reason: '…'}`. */
	readonly members: Readonly<Record<string, unknown>>;

	constructor(name: string, message: string, httpStatus = 400, members: Readonly<Record<string, unknown>> = {}) {
		super(message);
		this.name = name;
		this.httpStatus = httpStatus;
		this.members = members;
	}
}

/** Who refused, as AWS words it. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export type DenialReason =
	| 'no-identity-based-policy'
	| 'no-resource-based-policy'
	| 'explicit-deny-in-identity-based-policy'
	| 'explicit-deny-in-resource-based-policy'
	| 'explicit-deny-in-service-control-policy'
	| 'explicit-deny-in-permissions-boundary'
	| 'no-service-control-policy'
	| 'no-permissions-boundary';

const wording: Readonly<Record<DenialReason, (action: string) => string>> = {
	'no-identity-based-policy': action => ` because no identity-based policy allows the ${action} action`,
	'no-resource-based-policy': action => ` because no resource-based policy allows the ${action} action`,
	'explicit-deny-in-identity-based-policy': () => ' with an explicit deny in an identity-based policy',
	'explicit-deny-in-resource-based-policy': () => ' with an explicit deny in a resource-based policy',
	'explicit-deny-in-service-control-policy': () => ' with an explicit deny in a service control policy',
	'explicit-deny-in-permissions-boundary': () => ' with an explicit deny in a permissions boundary',
	'no-service-control-policy': action => ` because no service control policy allows the ${action} action`,
	'no-permissions-boundary': action => ` because no permissions boundary allows the ${action} action`,
};

/** The sentence that IAM writes. Without `resource` the part about it is left out, as it is for listings. */
export const denialMessage = (of: {
	readonly callerArn: string;
	readonly action: string;
	readonly resource?: string | undefined;
	readonly because: DenialReason;
}): string =>
	`User: ${of.callerArn} is not authorized to perform: ${of.action}${of.resource === undefined ? '' : ` on resource: ${of.resource}`}${wording[of.because](of.action)}`;
