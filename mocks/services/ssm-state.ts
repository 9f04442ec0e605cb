import type {ParameterInlinePolicy, ParameterMetadata} from '@aws-sdk/client-ssm';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** What Parameter Store knows of a parameter, besides its value, which the mock does not have. */
export type SsmParameter = ParameterMetadata & {readonly Name: string};

export type SsmState = {
	parameters: SsmParameter[];
	/** What other accounts share with this one: listed only by those who ask for it. */
	shared: readonly SsmParameter[];
	/** Service settings that differ from AWS's defaults, by their ids. */
	settings: Readonly<Record<string, string>>;
	/** Operations that are refused here, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

export const sharingSetting = '/ssm/documents/console/public-sharing-permission';
export const tierSetting = '/ssm/parameter-store/default-parameter-tier';

/** Public sharing of documents is blocked: what AWS recommends and does not do by itself. */
export const sharingBlocked: SsmState['settings'] = {[sharingSetting]: 'Disable'};

const policy = (PolicyType: string, Attributes: Readonly<Record<string, string>>, PolicyStatus: string): ParameterInlinePolicy => ({
	PolicyText: JSON.stringify({Type: PolicyType, Version: '1.0', Attributes}),
	PolicyType,
	PolicyStatus,
});

export const expiration = (at: Date, status = 'Pending'): ParameterInlinePolicy =>
	policy('Expiration', {Timestamp: at.toISOString()}, status);
export const expiryNotice = (days: number, status = 'Pending'): ParameterInlinePolicy =>
	policy('ExpirationNotification', {Before: String(days), Unit: 'Days'}, status);
export const noChangeNotice = (days: number, status = 'Pending'): ParameterInlinePolicy =>
	policy('NoChangeNotification', {After: String(days), Unit: 'Days'}, status);

type Facts = Partial<SsmParameter> & {
	/** Days since it was last changed. */
	readonly changedDays?: number;
};

/**
 * A SecureString in good order: standard, under a key of the account, changed forty days ago; `facts` say what differs.
 * Policies make it advanced: no other parameter has any.
 */
export const parameter = (place: Place, name: string, facts: Facts = {}): SsmParameter => {
	const {changedDays = 40, ...rest} = facts;
	const type = rest.Type ?? 'SecureString';
	return {
		Name: name,
		ARN: place.arn('ssm', `parameter${name.startsWith('/') ? name : `/${name}`}`),
		Type: type,
		...(type === 'SecureString' && {KeyId: 'alias/prod/parameters'}),
		LastModifiedDate: place.daysAgo(changedDays),
		LastModifiedUser: `arn:aws:sts::${place.accountId}:assumed-role/deploy/github-actions`,
		Version: 3,
		Tier: rest.Policies === undefined ? 'Standard' : 'Advanced',
		Policies: [],
		DataType: 'text',
		...rest,
	};
};

/** A plain String, which is what most of a hierarchy is made of. */
export const plain = (place: Place, name: string, facts: Facts = {}): SsmParameter => parameter(place, name, {Type: 'String', ...facts});
