import type {CommandOutput, Facts, Resource} from '../../../model/index.js';
import type {DelegatedService} from '../rules/organization.js';
import {type Commands, isNotOurs, type Organizations} from './commands.js';
import {serviceResource} from './resources.js';

/**
 * The security services that one account may run for all.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
 */
const securityServices: ReadonlyArray<readonly [servicePrincipal: string, name: string]> = [
	['guardduty.amazonaws.com', 'GuardDuty'],
	['inspector2.amazonaws.com', 'Inspector'],
	['macie.amazonaws.com', 'Macie'],
	['securityhub.amazonaws.com', 'Security Hub'],
	['fms.amazonaws.com', 'Firewall Manager'],
];

type Administrator = NonNullable<CommandOutput<Commands['ListDelegatedAdministrators']>['DelegatedAdministrators']>[number];

const toAdministrators = (found: readonly Administrator[]): NonNullable<DelegatedService['administrators']> =>
	found.flatMap(({Id, Name, State, DelegationEnabledDate}) =>
		Id === undefined
			? []
			: [
					{
						accountId: Id,
						...(Name !== undefined && {name: Name}),
						...(State !== undefined && {state: State}),
						...(DelegationEnabledDate !== undefined && {since: DelegationEnabledDate}),
					},
				],
	);

const readService = async (
	aws: Organizations,
	known: Pick<DelegatedService, 'servicePrincipal' | 'name' | 'featureSet' | 'trustedAccess'>,
	isManagement: boolean,
): Promise<Resource<DelegatedService> | undefined> => {
	const facts: Facts<Commands> = aws.facts();
	const pages = await facts.attemptPages(
		'ListDelegatedAdministrators',
		{ServicePrincipal: known.servicePrincipal, MaxResults: 20},
		// Of the management account these words would be a refusal.
		isManagement ? {} : {absent: isNotOurs},
	);
	if (pages === null) return undefined;
	const found = pages?.flatMap(({DelegatedAdministrators = []}) => DelegatedAdministrators);
	if (found?.some(({Id}) => Id === undefined) === true) {
		facts.missing('ListDelegatedAdministrators', 'Id');
		return serviceResource(aws, known, facts);
	}

	return serviceResource(aws, {...known, ...(found && {administrators: toAdministrators(found)})}, facts);
};

/** Each security service with who runs it. Empty where the question is not this account's to ask. */
export const readServices = async (
	aws: Organizations,
	{
		trustedServices,
		featureSet,
		isManagement,
	}: {trustedServices: readonly string[] | null | undefined; featureSet: string | undefined; isManagement: boolean},
): Promise<ReadonlyArray<Resource<DelegatedService>>> => {
	const resources: Array<Resource<DelegatedService>> = [];
	for (const [servicePrincipal, name] of securityServices) {
		const known = {
			servicePrincipal,
			name,
			...(featureSet !== undefined && {featureSet}),
			...(trustedServices && {trustedAccess: trustedServices.includes(servicePrincipal)}),
		};
		const resource = await readService(aws, known, isManagement);
		if (resource !== undefined) resources.push(resource);
	}

	return resources;
};
