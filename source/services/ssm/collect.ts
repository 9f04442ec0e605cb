import {DescribeParametersCommand, GetServiceSettingCommand, SSMClient} from '@aws-sdk/client-ssm';
import {type Aws, type CommandOutput, defineCollector, type Facts, type Resource, type Yielded} from '../../model/index.js';
import {type Parameter, parameterType, pathOf} from './rules/parameter.js';
import {readPolicy} from './rules/policy.js';
import {type ParameterStore, storeType} from './rules/store.js';

const commands = {DescribeParameters: DescribeParametersCommand, GetServiceSetting: GetServiceSettingCommand};
type Ssm = Aws<typeof commands>;

type Metadata = NonNullable<CommandOutput<typeof DescribeParametersCommand>['Parameters']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

const arnOf = ({partition, awsRegion, accountId}: Ssm, name: string): string =>
	`arn:${partition}:ssm:${awsRegion}:${accountId}:parameter${name.startsWith('/') ? name : `/${name}`}`;

/** `/prod/db/host` of an ARN: what is shared may be listed by its ARN alone. */
const nameOf = (name: string): string => (name.startsWith('arn:') ? name.slice(name.indexOf(':parameter/') + ':parameter'.length) : name);

const toParameter = (entry: Metadata, name: string, sharedBy: string | undefined): Parameter => ({
	path: pathOf(name),
	...present({
		type: entry.Type,
		tier: entry.Tier,
		dataType: entry.DataType,
		keyId: entry.KeyId,
		version: entry.Version,
		lastModifiedAt: entry.LastModifiedDate,
		lastModifiedBy: entry.LastModifiedUser,
		description: entry.Description || undefined,
		allowedPattern: entry.AllowedPattern || undefined,
		// A policy without a type might be any: then none of its policies is known.
		policies: entry.Policies?.every(({PolicyType}) => PolicyType !== undefined)
			? entry.Policies.map(({PolicyType = '', PolicyStatus, PolicyText}) => readPolicy(PolicyType, PolicyStatus, PolicyText))
			: undefined,
		sharedBy,
	}),
});

const toResource = (aws: Ssm, entry: Metadata, name: string, isShared: boolean): Resource<Parameter> => {
	const arn = entry.ARN ?? (name.startsWith('arn:') ? name : arnOf(aws, name));
	const shortName = nameOf(name);
	return {
		arn,
		resourceType: parameterType,
		// Another account's may have the name of one of ours.
		resourceId: isShared ? arn : shortName,
		resourceName: shortName,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: toParameter(entry, shortName, isShared ? (arn.split(':')[4] ?? 'unknown') : undefined),
		unread: {},
		readAt: {},
	};
};

/** Fifty is the most: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
const page = {MaxResults: 50} as const;

const settings = {
	documentsPublicSharing: '/ssm/documents/console/public-sharing-permission',
	defaultTier: '/ssm/parameter-store/default-parameter-tier',
	highThroughput: '/ssm/parameter-store/high-throughput-enabled',
} as const;

const readSettings = async (facts: Facts<typeof commands>): Promise<Partial<ParameterStore>> => {
	const read: Record<string, string> = {};
	for (const [name, SettingId] of Object.entries(settings)) {
		// An older Region may not have every setting.
		const answer = await facts.attempt('GetServiceSetting', {SettingId}, {absent: ['ServiceSettingNotFound']});
		const value = answer?.ServiceSetting?.SettingValue;
		if (answer && value === undefined) {
			facts.missing('GetServiceSetting', 'ServiceSetting.SettingValue');
		} else if (value !== undefined) {
			read[name] = value;
		}
	}

	return read;
};

const storeResource = (aws: Ssm, configuration: ParameterStore, facts: Facts<typeof commands>): Resource<ParameterStore> => ({
	// Ours, since AWS gives the store none.
	arn: `arn:${aws.partition}:ssm:${aws.awsRegion}:${aws.accountId}:servicesetting/ssm/parameter-store`,
	resourceType: storeType,
	resourceId: 'parameter-store',
	resourceName: 'Parameter Store',
	accountId: aws.accountId,
	awsRegion: aws.awsRegion,
	tags: {},
	configuration,
	unread: facts.unread,
	readAt: facts.readAt,
});

export const collector = defineCollector({
	client: SSMClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const facts: Facts<typeof commands> = aws.facts();
		const counts = {standard: 0, advanced: 0, untold: 0, secureStrings: 0};
		let complete = true;
		let token: string | undefined;
		for await (const {Parameters = [], NextToken} of aws.pages('DescribeParameters', page)) {
			token = NextToken;
			for (const entry of Parameters) {
				if (entry.Name === undefined) {
					facts.missing('DescribeParameters', 'Name');
					complete = false;
					continue;
				}

				counts[entry.Tier === 'Advanced' ? 'advanced' : entry.Tier === 'Standard' ? 'standard' : 'untold']++;
				counts.secureStrings += entry.Type === 'SecureString' ? 1 : 0;
				yield {yields: 'resource', resource: toResource(aws, entry, entry.Name, false)};
			}
		}

		// A listing that was cut short ends on a page with a token.
		complete &&= (token ?? '') === '';
		const store: ParameterStore = complete ? {counts} : {};
		const pages = await facts.attemptPages('DescribeParameters', {...page, Shared: true});
		const shared = pages?.flatMap(({Parameters = []}) => Parameters);
		for (const entry of shared ?? []) {
			const name = entry.Name ?? entry.ARN;
			if (name === undefined) {
				facts.missing('DescribeParameters', 'Name');
				complete = false;
			} else {
				yield {yields: 'resource', resource: toResource(aws, entry, name, true)};
			}
		}

		const configuration = {...store, ...(shared && {shared: shared.length}), ...(await readSettings(facts))};
		yield {yields: 'resource', resource: storeResource(aws, configuration, facts)};
		yield {yields: 'complete', of: storeType};
		if (complete && shared !== undefined && shared !== null) {
			yield {yields: 'complete', of: parameterType};
		}
	},
});
