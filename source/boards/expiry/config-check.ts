import type {Inputs, Joined} from '../../model/index.js';
import type {ConfigRule} from '../../services/config/rules/config-rule.js';
import type {ConfigSays} from './end.js';
import {byAction, type Unread} from './refused.js';

const certificateCheck = 'ACM_CERTIFICATE_EXPIRATION_CHECK';

/** https://docs.aws.amazon.com/config/latest/developerguide/acm-certificate-expiration-check.html */
const defaultDays = 14;

/** So many verdicts are read of a check; of what comes after nothing is known. */
const mostDetails = 1000;

type Check = {
	readonly says: Omit<ConfigSays, 'flagged'>;
	/** The ARNs that it flags. Absent where there are no results, or where they could not be read: see `unread`. */
	readonly flagged?: ReadonlySet<string>;
	readonly isCut: boolean;
	readonly unread: Unread;
};

const toCheck = ({resource}: Joined<ConfigRule>): Check => {
	const {parameters, compliance, nonCompliant} = resource.configuration;
	const text = parameters['daysToExpiration'];
	const days = text === undefined ? defaultDays : Number(text);
	const isReadable = text?.trim() !== '' && Number.isFinite(days);
	const hasResults = compliance === 'COMPLIANT' || compliance === 'NON_COMPLIANT';
	return {
		says: {rule: resource.resourceName, ...(isReadable && {days})},
		...(hasResults && nonCompliant !== undefined && {flagged: new Set(nonCompliant.map(({resourceId}) => resourceId))}),
		isCut: (nonCompliant?.length ?? 0) >= mostDetails,
		unread: byAction([
			...(compliance === undefined ? [resource.unread['DescribeComplianceByConfigRule']] : []),
			...(nonCompliant === undefined ? [resource.unread['GetComplianceDetailsByConfigRule']] : []),
		]),
	};
};

/** What AWS Config's checks say of a certificate. `config` is absent where that is not known. */
export const createConfigCheck = (inputs: Inputs) => {
	const checks = Map.groupBy(
		inputs
			.of<ConfigRule>('AWS::Config::ConfigRule')
			.filter(
				({resource: {configuration}}) =>
					configuration.sourceIdentifier === certificateCheck && !['DELETING', 'DELETING_RESULTS'].includes(configuration.state ?? ''),
			)
			.map(joined => ({awsRegion: joined.resource.awsRegion, ...toCheck(joined)})),
		({awsRegion}) => awsRegion,
	);
	const gaps = new Map<string, Unread>();
	const gapOf = (awsRegion: string): Unread => {
		const known = gaps.get(awsRegion) ?? byAction([inputs.gap('config', ['DescribeConfigRules'], awsRegion)]);
		gaps.set(awsRegion, known);
		return known;
	};

	return (arn: string, awsRegion: string): {readonly config?: readonly ConfigSays[]; readonly unread: Unread} => {
		const here = checks.get(awsRegion) ?? [];
		const unread = {...gapOf(awsRegion), ...Object.assign({}, ...here.map(check => check.unread))};
		if (Object.keys(unread).length > 0) {
			return {unread};
		}

		return {
			config: here.map(({says, flagged, isCut}) => {
				const isFlagged = flagged?.has(arn);
				return isFlagged === undefined || (!isFlagged && isCut) ? says : {...says, flagged: isFlagged};
			}),
			unread,
		};
	};
};
