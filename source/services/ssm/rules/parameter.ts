import type {Answer, Resource} from '../../../model/index.js';
import type {ParameterPolicy} from './policy.js';

/** CloudFormation's name. */
export const parameterType = 'AWS::SSM::Parameter';

/**
 * A parameter without its value, which no declared operation reads. Names and values are AWS's; times are ISO 8601.
 * Members that are absent were not told.
 */
export type Parameter = {
	/** The hierarchy it stands in, with a slash at either end: `/prod/db/`; `/` for a name without one. */
	readonly path: string;
	/** `String`, `StringList` or `SecureString`. */
	readonly type?: string;
	/** `Standard`, `Advanced` or `Intelligent-Tiering`. */
	readonly tier?: string;
	/** `text`, `aws:ec2:image` or `aws:ssm:integration`. */
	readonly dataType?: string;
	/** Of a SecureString: the key's id, ARN or alias, as whoever made the parameter named it; `alias/aws/ssm` by default. */
	readonly keyId?: string;
	/** Counts the values that it has had, from 1 on. */
	readonly version?: number;
	/** When its value, description or policies were last put. Tags do not count. */
	readonly lastModifiedAt?: string;
	/** The ARN of the user or session that did it. */
	readonly lastModifiedBy?: string;
	readonly description?: string;
	/** A regular expression that values must match. */
	readonly allowedPattern?: string;
	/** Empty where it has none. Advanced parameters alone have any. */
	readonly policies?: readonly ParameterPolicy[];
	/** Another account's: the account that shares it with this one. */
	readonly sharedBy?: string;
};

export type ParameterResource = Resource<Parameter>;

/** `/prod/db/` of `/prod/db/host`. */
export const pathOf = (name: string): string => {
	const path = name.slice(0, name.lastIndexOf('/') + 1);
	return path === '' ? '/' : path.startsWith('/') ? path : `/${path}`;
};

/** `host` of `/prod/db/host`. */
export const leafOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Another account's parameter is judged where it lives. */
export const exemptWhenShared = ({configuration: {sharedBy}}: ParameterResource): string | undefined =>
	sharedBy === undefined ? undefined : `shared by account ${sharedBy}: judged there`;

/** Encrypted with the account's key that AWS manages. AWS names it even where nobody chose it. */
export const hasDefaultKey = ({keyId}: Parameter): boolean => keyId?.endsWith('alias/aws/ssm') === true;

/** Whether its type is one that is never encrypted. A type of tomorrow may be. */
export const isPlain = ({type}: Parameter): boolean => type === 'String' || type === 'StringList';

/** An answer for a type that is neither plain nor a SecureString, as far as that is known. */
export const oddType = ({type}: Parameter): Answer | undefined =>
	type === undefined
		? untold('type')
		: type === 'SecureString' || type === 'String' || type === 'StringList'
			? undefined
			: {verdict: 'UNKNOWN', reason: `its type ${type} is not known to this version`};

/** AWS always sends the member; without it there is no answer. */
export const untold = (member: string): Answer => ({verdict: 'UNKNOWN', reason: `DescribeParameters did not tell its ${member}`});

// https://aws.amazon.com/systems-manager/pricing/#Parameter_Store : 0.05 USD an advanced parameter and month.
export const usdPerAdvancedMonth = 0.05;
