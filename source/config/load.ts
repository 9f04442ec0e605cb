import path from 'node:path';
import type {Config, RuleOverride} from '../model/index.js';
import {defaultConfigFile, directoriesOf, type Environment, type Machine, profileOf} from './directories.js';
import {endpointProblem} from './endpoint.js';
import {didYouMean} from './nearest.js';
import type {ConfigProblem} from './problem.js';
import {readConfigFile} from './read-file.js';
import {type ConfigFile, type Known, regionForm} from './schema.js';

/** What the command line says of the configuration. */
export type ConfigFlags = {
	readonly profile?: string | undefined;
	/** Each may hold several, separated by commas. */
	readonly region?: readonly string[] | undefined;
	readonly roleArn?: string | undefined;
	readonly externalId?: string | undefined;
	readonly config?: string | undefined;
	readonly stateDir?: string | undefined;
	readonly endpointUrl?: string | undefined;
	readonly allowRemoteEndpoint?: boolean | undefined;
};

/** Where a value came from, for `vedette config`. */
export type Origin = 'default' | 'file' | 'environment' | 'flag';
export type Origins = Readonly<Partial<Record<keyof Config, Origin>>>;

export type Loaded =
	| {readonly config: Config; readonly origins: Origins; readonly problems: readonly []}
	| {readonly problems: readonly [ConfigProblem, ...ConfigProblem[]]};

/** A fifth of what AWS publishes: a polite guest leaves the rest to those who work there. */
export const defaultShare = 0.2;

/**
 * File, then environment (`VEDETTE_*`, `AWS_PROFILE`), then flags, each over the one before; all mistakes at once, as values.
 * Endpoints come by flag alone: `AWS_ENDPOINT_URL` and its like would send signed requests wherever they say.
 */
export const loadConfig = async (sources: {
	readonly flags: ConfigFlags;
	readonly environment: Environment;
	readonly machine: Machine;
	readonly known: Known;
}): Promise<Loaded> => {
	const {flags, environment, machine, known} = sources;
	const problems: ConfigProblem[] = [];
	const variable = (name: string): string | undefined => environment[name] || undefined;

	const named = flags.config ?? variable('VEDETTE_CONFIG');
	const filePath = path.resolve(named ?? defaultConfigFile(environment, machine));
	const read = await readConfigFile(filePath, known);
	if (read === undefined && named !== undefined) {
		problems.push({
			origin: flags.config === undefined ? 'VEDETTE_CONFIG' : '--config',
			field: '',
			message: `there is no file ${filePath}`,
		});
	}

	problems.push(...(read?.problems ?? []));
	const file: ConfigFile = read !== undefined && 'file' in read ? read.file : {};
	const origins: Partial<Record<keyof Config, Origin>> = {};

	const pick = <T>(field: keyof Config, flag: T | undefined, fromEnvironment: T | undefined, fromFile: T | undefined): T | undefined => {
		const choices = [
			['flag', flag],
			['environment', fromEnvironment],
			['file', fromFile],
		] as const;
		const chosen = choices.find(([, value]) => value !== undefined);
		origins[field] = chosen?.[0] ?? 'default';
		return chosen?.[1];
	};

	const list = (
		origin: string,
		values: readonly string[] | undefined,
		check: (value: string) => string | undefined,
	): readonly string[] | undefined => {
		const all = values
			?.flatMap(value => value.split(','))
			.map(value => value.trim())
			.filter(value => value !== '');
		if (all === undefined || all.length === 0) {
			return undefined;
		}

		for (const value of all) {
			const message = check(value);
			if (message !== undefined) {
				problems.push({origin, field: '', message});
			}
		}

		return [...new Set(all)];
	};

	const regionProblem = (value: string) => (regionForm.test(value) ? undefined : `expected a Region such as eu-west-1, found "${value}"`);
	const serviceIds = known.services.map(({id}) => id);
	const serviceProblem = (value: string) =>
		serviceIds.includes(value)
			? undefined
			: `expected the id of a service (${serviceIds.join(', ')}), found "${value}"${didYouMean(value, serviceIds)}`;

	const roleArn = pick('roleArn', flags.roleArn, variable('VEDETTE_ROLE_ARN'), file.roleArn);
	if (roleArn !== undefined && !/^arn:[a-z-]+:iam::\d{12}:role\/.+$/.test(roleArn)) {
		problems.push({
			origin: flags.roleArn === undefined ? 'VEDETTE_ROLE_ARN' : '--role-arn',
			field: '',
			message: `expected the ARN of a role, such as arn:aws:iam::123456789012:role/vedette, found "${roleArn}"`,
		});
	}

	const endpoint = flags.endpointUrl === undefined ? undefined : endpointProblem(flags.endpointUrl, flags.allowRemoteEndpoint === true);
	if (endpoint !== undefined) {
		problems.push({origin: '--endpoint-url', field: '', message: endpoint});
	}

	const shareText = variable('VEDETTE_LIMITS_SHARE');
	const share = shareText === undefined ? undefined : Number(shareText);
	if (share !== undefined && !(share > 0 && share <= 1)) {
		problems.push({origin: 'VEDETTE_LIMITS_SHARE', field: '', message: `expected a number above 0 and at most 1, found "${shareText}"`});
	}

	const config: Config = {
		profile: pick('profile', flags.profile || undefined, profileOf(undefined, environment), file.profile),
		roleArn,
		externalId: pick('externalId', flags.externalId, variable('VEDETTE_EXTERNAL_ID'), file.externalId),
		regions: pick(
			'regions',
			list('--region', flags.region, regionProblem),
			list('VEDETTE_REGIONS', optionalList(variable('VEDETTE_REGIONS')), regionProblem),
			file.regions,
		),
		endpointUrl: pick('endpointUrl', flags.endpointUrl, undefined, undefined),
		services: pick(
			'services',
			undefined,
			list('VEDETTE_SERVICES', optionalList(variable('VEDETTE_SERVICES')), serviceProblem),
			file.services,
		),
		limits: {share: pick('limits', undefined, share, file.limits?.share) ?? defaultShare},
		intervals: pick('intervals', undefined, undefined, toIntervals(file.intervals)) ?? {},
		rules: pick('rules', undefined, undefined, toRules(file.rules)) ?? {},
		trustedAccounts: pick('trustedAccounts', undefined, undefined, file.trustedAccounts) ?? [],
		mutes:
			pick(
				'mutes',
				undefined,
				undefined,
				file.mutes?.map(({rule, resource, until, reason}) => ({rule, resource, until, reason})),
			) ?? [],
		...directoriesOf(flags, environment, machine),
		file: read !== undefined && 'file' in read ? filePath : undefined,
	};
	pick('stateDir', flags.stateDir, variable('VEDETTE_STATE_DIR'), undefined);

	const [first, ...rest] = problems;
	return first === undefined ? {config, origins, problems: []} : {problems: [first, ...rest]};
};

const optionalList = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value]);

const toIntervals = (intervals: ConfigFile['intervals']): Config['intervals'] | undefined =>
	intervals &&
	Object.fromEntries(
		Object.entries(intervals).map(([service, {full, delta}]) => [
			service,
			{...(full !== undefined && {fullMs: full}), ...(delta !== undefined && {deltaMs: delta})},
		]),
	);

const toRules = (rules: ConfigFile['rules']): Config['rules'] | undefined =>
	rules &&
	Object.fromEntries(
		Object.entries(rules).map(([id, {enabled = true, severity, settings = {}}]): [string, RuleOverride] => [
			id,
			{enabled, ...(severity !== undefined && {severity}), settings},
		]),
	);
