import type {CommandOutput, Facts, Resource} from '../../../model/index.js';
import {type ConfigRule, certificateCheck, configRuleType, isOfInterest, type NonCompliant} from '../rules/config-rule.js';
import type {Recorder} from '../rules/recorder.js';
import {type Commands, type Config, present} from './commands.js';

type Listed = NonNullable<CommandOutput<Commands['DescribeConfigRules']>['ConfigRules']>[number];
type Named = {readonly name: string; readonly identifier: string; readonly entry: Listed};

/** The rules of the Region that ask what is asked here, and how many there are in all. */
export type RuleList = {readonly ours: readonly Named[]; readonly of: Pick<Recorder, 'certificateRules' | 'ruleCount'>};

/** Undefined where the rules could not be listed. */
export const listRules = async (facts: Facts<Commands>): Promise<RuleList | undefined> => {
	const pages = await facts.attemptPages('DescribeConfigRules', {});
	const listed = pages?.flatMap(({ConfigRules = []}) => ConfigRules);
	if (listed?.some(({ConfigRuleName, Source}) => ConfigRuleName === undefined || Source === undefined) === true) {
		facts.missing('DescribeConfigRules', 'ConfigRuleName');
		return undefined;
	}

	const ours = listed?.flatMap((entry): readonly Named[] => {
		const {ConfigRuleName: name = '', Source} = entry;
		const identifier = Source?.SourceIdentifier ?? '';
		return Source?.Owner === 'AWS' && isOfInterest(identifier) ? [{name, identifier, entry}] : [];
	});
	return (
		ours && {
			ours,
			of: {
				certificateRules: ours.flatMap(({name, identifier}) => (identifier === certificateCheck ? [name] : [])),
				ruleCount: listed?.length ?? 0,
			},
		}
	);
};

/** `{"daysToExpiration":"30"}`. */
const parametersOf = (text: string | undefined): Readonly<Record<string, string>> => {
	try {
		const parsed: unknown = JSON.parse(text ?? '{}');
		return typeof parsed === 'object' && parsed !== null
			? Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))
			: {};
	} catch {
		return {};
	}
};

type Compliance = Pick<ConfigRule, 'compliance' | 'nonCompliantCount' | 'isCountCapped'>;

/** The most names that one call takes. */
const chunkSize = 25;

const readCompliance = async (facts: Facts<Commands>, names: readonly string[]): Promise<ReadonlyMap<string, Compliance>> => {
	const known = new Map<string, Compliance>();
	for (let from = 0; from < names.length; from += chunkSize) {
		const pages = await facts.attemptPages('DescribeComplianceByConfigRule', {ConfigRuleNames: names.slice(from, from + chunkSize)});
		for (const {ConfigRuleName, Compliance: told} of (pages ?? []).flatMap(({ComplianceByConfigRules = []}) => ComplianceByConfigRules)) {
			if (ConfigRuleName !== undefined) {
				known.set(
					ConfigRuleName,
					present({
						compliance: told?.ComplianceType,
						nonCompliantCount: told?.ComplianceContributorCount?.CappedCount,
						isCountCapped: told?.ComplianceContributorCount?.CapExceeded,
					}),
				);
			}
		}
	}

	return known;
};

/** As many as are worth showing beside our own verdicts. */
const mostDetails = 1000;

const readDetails = async (facts: Facts<Commands>, name: string): Promise<readonly NonCompliant[] | undefined> => {
	const pages = await facts.attemptPages('GetComplianceDetailsByConfigRule', {
		ConfigRuleName: name,
		ComplianceTypes: ['NON_COMPLIANT'],
		Limit: 100,
	});
	return pages
		?.flatMap(({EvaluationResults = []}) => EvaluationResults)
		.slice(0, mostDetails)
		.flatMap(({EvaluationResultIdentifier, Annotation, ResultRecordedTime}) => {
			const {ResourceType, ResourceId} = EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
			return ResourceType === undefined || ResourceId === undefined
				? []
				: [{resourceType: ResourceType, resourceId: ResourceId, ...present({annotation: Annotation, recordedAt: ResultRecordedTime})}];
		});
};

/** The rules with what Config says of them. */
export async function* readRules(aws: Config, {ours}: RuleList): AsyncGenerator<Resource<ConfigRule>, void, undefined> {
	const shared: Facts<Commands> = aws.facts();
	const compliance = await readCompliance(
		shared,
		ours.map(({name}) => name),
	);
	for (const {name, identifier, entry} of ours) {
		const facts: Facts<Commands> = aws.facts();
		const nonCompliant = identifier === certificateCheck ? await readDetails(facts, name) : undefined;
		yield {
			arn: entry.ConfigRuleArn ?? `arn:${aws.partition}:config:${aws.awsRegion}:${aws.accountId}:config-rule/${entry.ConfigRuleId ?? name}`,
			resourceType: configRuleType,
			resourceId: entry.ConfigRuleId ?? name,
			resourceName: name,
			accountId: aws.accountId,
			awsRegion: aws.awsRegion,
			tags: {},
			configuration: {
				sourceIdentifier: identifier,
				parameters: parametersOf(entry.InputParameters),
				...present({
					state: entry.ConfigRuleState,
					description: entry.Description,
					createdBy: entry.CreatedBy,
					frequency: entry.MaximumExecutionFrequency,
				}),
				...compliance.get(name),
				...(nonCompliant && {nonCompliant}),
			},
			unread: {...shared.unread, ...facts.unread},
			readAt: facts.readAt,
		};
	}
}
