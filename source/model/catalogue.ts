import type {FindingSource} from './finding.js';
import type {ResourceType} from './resource.js';
import type {PublishedIds, Remediation} from './rule.js';
import type {Judged, PanelGroup, Service} from './service.js';
import type {Severity} from './severity.js';

/** What viewers need to know of services and rules: the registry without its functions, as plain JSON. */
export type Catalogue = {
	readonly services: readonly CatalogueService[];
	readonly rules: Readonly<Record<string, CatalogueRule>>;
};

export type CatalogueService = {
	readonly id: string;
	readonly title: string;
	readonly group: PanelGroup;
	readonly leads: Service['leads'];
	readonly kinds: ReadonlyArray<{readonly resourceType: ResourceType; readonly title: string; readonly columns: readonly string[]}>;
	readonly reports?: {readonly source: FindingSource; readonly title: string; readonly columns: readonly string[]};
};

export type CatalogueRule = {
	readonly id: string;
	readonly service: string;
	readonly resourceType: ResourceType;
	readonly title: string;
	readonly severity: Severity;
	readonly published: PublishedIds;
	readonly rationale: string;
	readonly remediation: Remediation;
	readonly note?: string;
	readonly settings: Readonly<Record<string, number>>;
	/** The permissions without which its answer is UNKNOWN. */
	readonly iamActions: readonly string[];
};

/** The IAM action of a declared operation. Boards, which declare none, name actions themselves. */
export const iamActionOf = (service: Pick<Service, 'iamPrefix' | 'operations'>, operation: string): string =>
	service.operations[operation]?.iamAction ?? (operation.includes(':') ? operation : `${service.iamPrefix}:${operation}`);

export const toCatalogue = (services: readonly Judged[]): Catalogue => ({
	services: services.map(({id, title, group, leads, kinds, reports}) => ({
		id,
		title,
		group,
		leads,
		kinds: kinds.map(kind => ({
			resourceType: kind.resourceType,
			title: kind.title,
			columns: kind.columns.map(column => column.title),
		})),
		...(reports && {
			reports: {source: reports.source, title: reports.title, columns: reports.columns.map(column => column.title)},
		}),
	})),
	rules: Object.fromEntries(
		services.flatMap(service =>
			service.kinds.flatMap(kind =>
				kind.rules.map(rule => [
					rule.id,
					{
						id: rule.id,
						service: service.id,
						resourceType: kind.resourceType,
						title: rule.title,
						severity: rule.severity,
						published: rule.published,
						rationale: rule.rationale,
						remediation: rule.remediation,
						...(rule.note !== undefined && {note: rule.note}),
						settings: rule.settings ?? {},
						iamActions: rule.reads.map(operation => iamActionOf(service, operation)),
					} satisfies CatalogueRule,
				]),
			),
		),
	),
});
