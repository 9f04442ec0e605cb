import * as z from 'zod';
import {type Catalogue, severities} from '../model/index.js';
import {durationMs} from './duration.js';
import {didYouMean} from './nearest.js';

const shortestIntervalMs = 1000;
const longestIntervalMs = 7 * 86_400_000;

/** `us-east-1`, `us-gov-west-1`, `cn-north-1`, `ap-southeast-5`: the form, not the list, which grows. */
export const regionForm = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

const text = (what: string) =>
	z
		.string({error: `expected ${what}`})
		.min(1, `expected ${what}`)
		.max(2048, 'expected at most 2048 characters');
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html has the form of organization ids.
const trusted = z
	.string({error: 'expected an account or organization id'})
	.regex(/^(?:\d{12}|o-[a-z0-9]{10,32})$/, 'expected an account id of 12 digits, or an organization id such as o-a1b2c3d4e5');

const duration = z.string({error: 'expected a duration such as 90s, 5m or 1h'}).transform((value, context) => {
	const ms = durationMs(value);
	if (ms === undefined) {
		context.addIssue({code: 'custom', message: 'expected a duration such as 90s, 5m or 1h'});
		return z.NEVER;
	}

	if (ms < shortestIntervalMs || ms > longestIntervalMs) {
		context.addIssue({code: 'custom', message: 'expected a duration between 1s and 7d'});
		return z.NEVER;
	}

	return ms;
});

/** The ids that the configuration may name, from the registry. */
export type Known = Pick<Catalogue, 'services' | 'rules'>;

const oneOf = (what: string, ids: readonly string[]) =>
	z.string({error: `expected ${what}`}).superRefine((value, context) => {
		if (!ids.includes(value)) {
			context.addIssue({code: 'custom', message: `expected ${what}${didYouMean(value, ids) || `: ${ids.slice(0, 12).join(', ')}`}`});
		}
	});

/** The configuration file's shape. Strict throughout: a word that does nothing is a mistake. */
export const fileSchema = (known: Known) => {
	const serviceIds = known.services.map(({id}) => id);
	const ruleIds = Object.keys(known.rules);
	const override = z.strictObject(
		{
			enabled: z.boolean({error: 'expected true or false'}).optional(),
			severity: z.enum(severities, {error: `expected one of ${severities.join(', ')}`}).optional(),
			settings: z
				.record(z.string(), z.number({error: 'expected a number'}).nonnegative('expected a number of 0 or more'), {
					error: 'expected settings and their values',
				})
				.optional(),
		},
		{error: 'expected enabled, severity or settings'},
	);
	return z.strictObject(
		{
			profile: text('the name of a profile').optional(),
			roleArn: text('the ARN of a role')
				.regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/, 'expected the ARN of a role, such as arn:aws:iam::123456789012:role/vedette')
				.optional(),
			externalId: text('an external id').optional(),
			regions: z
				.array(z.string({error: 'expected a Region such as eu-west-1'}).regex(regionForm, 'expected a Region such as eu-west-1'), {
					error: 'expected a list of Regions such as [us-east-1, eu-west-1]',
				})
				.min(1, 'expected at least one Region; leave the field out to watch all that are enabled')
				.optional(),
			services: z
				.array(oneOf('the id of a service', serviceIds), {error: 'expected a list of services such as [kms, acm]'})
				.min(1, 'expected at least one service; leave the field out to watch all')
				.optional(),
			limits: z
				.strictObject(
					{
						share: z
							.number({error: 'expected a number above 0 and at most 1'})
							.gt(0, 'expected a number above 0 and at most 1')
							.lte(1, 'expected a number above 0 and at most 1')
							.optional(),
					},
					{error: 'expected share'},
				)
				.optional(),
			intervals: z
				.record(
					oneOf('the id of a service', serviceIds),
					z.strictObject({full: duration.optional(), delta: duration.optional()}, {error: 'expected full, delta or both'}),
					{error: 'expected services and their intervals'},
				)
				.optional(),
			rules: z
				.record(oneOf('the id of a rule', ruleIds), override, {error: 'expected rules and what to change of them'})
				.superRefine((rules, context) => {
					for (const [id, {settings}] of Object.entries(rules)) {
						const own = Object.keys(known.rules[id]?.settings ?? {});
						for (const name of Object.keys(settings ?? {}).filter(name => !own.includes(name))) {
							context.addIssue({
								code: 'custom',
								path: [id, 'settings', name],
								message: own.length === 0 ? 'this rule has no settings' : `expected one of ${own.join(', ')}`,
							});
						}
					}
				})
				.optional(),
			trustedAccounts: z.array(trusted, {error: 'expected a list of account ids and organization ids'}).optional(),
			mutes: z
				.array(
					z.strictObject(
						{
							rule: text('a rule id, or a pattern with *'),
							resource: text('a resource name, id or ARN, or a pattern with *'),
							until: text('a date such as 2027-01-31')
								.refine(
									value => /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(value) && !Number.isNaN(Date.parse(value)),
									'expected a date such as 2027-01-31 or 2027-01-31T18:00:00Z',
								)
								.optional(),
							reason: text('a reason, for those who read it later'),
						},
						{error: 'expected rule, resource and reason'},
					),
					{error: 'expected a list of mutes'},
				)
				.optional(),
		},
		{error: 'expected fields such as profile, regions or rules'},
	);
};

export type ConfigFile = z.infer<ReturnType<typeof fileSchema>>;
