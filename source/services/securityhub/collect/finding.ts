import {type Json, type ReportedFinding, type Severity, severities} from '../../../model/index.js';
import {affectedResource} from './affected.js';
import type {ControlFinding} from './report.js';

/** ASFF's labels are ours. One that is not known is taken as MEDIUM: it must neither hide nor cry. */
export const severityOf = ({Severity: severity}: ControlFinding): Severity =>
	severities.find(known => known === severity?.Label) ?? 'MEDIUM';

/**
 * Whether the finding says that a control fails now, or why it does not. Undefined where it says neither: a check that
 * could not be made (WARNING, NOT_AVAILABLE), or a word that is not known here.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-overall-status.html
 */
export const recordStateOf = ({RecordState, Workflow, Compliance, Sample}: ControlFinding): ReportedFinding['recordState'] | undefined => {
	if (Sample === true) return 'sample';
	if (RecordState === 'ARCHIVED') return 'archived';
	if (Workflow?.Status === 'SUPPRESSED') return 'suppressed';
	if (Compliance?.Status === 'PASSED' || Workflow?.Status === 'RESOLVED') return 'closed';
	return Compliance?.Status === 'FAILED' ? 'active' : undefined;
};

/** `CloudTrail.2 CloudTrail should have …` → `CloudTrail should have …`; consolidated findings have no id before the title. */
const titleOf = ({Title = 'A control without a title'}: ControlFinding): string =>
	Title.replace(/^(?:[A-Z][A-Za-z0-9]*\.\d+|\d+(?:\.\d+)+)\s+/u, '');

const withoutStop = (text: string): string => text.replace(/[.\s]+$/u, '');

const present = (members: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> =>
	Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined));

const detailsOf = (finding: ControlFinding, controlId: string): Readonly<Record<string, Json>> => {
	const {Compliance, ProductFields, Resources} = finding;
	const reasons = Compliance?.StatusReasons?.flatMap(({ReasonCode, Description}) => Description ?? ReasonCode ?? []);
	return present({
		controlId,
		generatorId: finding.GeneratorId,
		description: finding.Description,
		annotation: ProductFields?.['aws/securityhub/annotation'],
		compliance: Compliance?.Status,
		workflow: finding.Workflow?.Status,
		previously: ProductFields?.['PreviousComplianceStatus'],
		statusReasons: reasons,
		standards: Compliance?.AssociatedStandards?.flatMap(({StandardsId}) => StandardsId?.replace(/^(?:standards|ruleset)\//u, '') ?? []),
		requirements: Compliance?.RelatedRequirements && [...Compliance.RelatedRequirements],
		configRule: ProductFields?.['RelatedAWSResources:0/name'],
		accountName: finding.AwsAccountName,
		asffType: Resources?.[0]?.Type,
		resources: Resources !== undefined && Resources.length > 1 ? Resources.flatMap(({Id}) => Id ?? []) : undefined,
	});
};

/**
 * One finding of a control in Vedette's words, or undefined where it has no id.
 * @param readAt stands in for times that the report lacks, ISO 8601
 */
export const toReportedFinding = (
	finding: ControlFinding,
	recordState: ReportedFinding['recordState'],
	place: {readonly accountId: string; readonly awsRegion: string; readonly partition: string},
	readAt: string,
): ReportedFinding | undefined => {
	if (finding.Id === undefined) return undefined;
	const owner = {...place, accountId: finding.AwsAccountId ?? place.accountId, awsRegion: finding.Region ?? place.awsRegion};
	const resource = affectedResource(finding.Resources?.[0], owner);
	const controlId = finding.Compliance?.SecurityControlId ?? finding.GeneratorId?.split('/').at(-1) ?? 'unnamed control';
	const annotation = withoutStop(finding.ProductFields?.['aws/securityhub/annotation'] ?? '');
	const title = titleOf(finding);
	const updatedAt = finding.UpdatedAt ?? readAt;
	const advice = finding.Remediation?.Recommendation;
	return {
		id: finding.Id,
		source: 'securityhub',
		type: controlId,
		title,
		// A row has the name of what fails already.
		reason: annotation === '' ? `${controlId} fails: ${withoutStop(title)}` : `${controlId}: ${annotation}`,
		severity: severityOf(finding),
		recordState,
		marks: [],
		resource,
		firstObservedAt: finding.FirstObservedAt ?? finding.CreatedAt ?? updatedAt,
		lastObservedAt: finding.LastObservedAt ?? updatedAt,
		updatedAt,
		...(advice?.Text !== undefined && {remediation: {text: advice.Text, ...(advice.Url !== undefined && {url: advice.Url})}}),
		details: detailsOf(finding, controlId),
	};
};
