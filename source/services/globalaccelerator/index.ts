import {defineService, hourMs, type Kind, listed} from '../../model/index.js';
import {
	type Accelerator,
	acceleratorType,
	endpointName,
	endpointsOf,
	isApplicationLoadBalancer,
	type Listener,
} from './rules/accelerator.js';
import {acceleratorRules} from './rules/index.js';
import {usdPerMonth} from './rules/keeping.js';

// https://docs.aws.amazon.com/global-accelerator/latest/dg/limits-global-accelerator.html names no request rates.
const unpublished = {requestsPerSecond: 2, source: 'AWS publishes no request rate: a guess, as low as those of its other global services'};
const paging = {input: 'NextToken', output: 'NextToken'};

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const yesNo = (fact: boolean | undefined): string | undefined => (fact === undefined ? undefined : fact ? 'yes' : 'no');

/** `3 healthy`, `1 unhealthy, 2 healthy`. */
const health = (accelerator: Accelerator): string | undefined => {
	if (accelerator.listeners === undefined) {
		return undefined;
	}

	const counts = new Map<string, number>();
	for (const {health: state = 'not told'} of endpointsOf(accelerator)) {
		counts.set(state, (counts.get(state) ?? 0) + 1);
	}

	return [...counts].map(([state, count]) => `${count} ${state.toLowerCase()}`).join(', ') || 'none';
};

const listenerInWords = ({protocol, ports, groups}: Listener): string =>
	`${protocol ?? '?'} ${ports.join(', ')}: ${
		groups
			.flatMap(({awsRegion, endpoints, trafficDialPercentage: dial}) =>
				endpoints.map(endpoint =>
					[
						endpointName(endpoint),
						awsRegion,
						endpoint.health?.toLowerCase(),
						endpoint.weight !== undefined && `weight ${endpoint.weight}`,
						dial !== undefined && dial !== 100 && `dial ${dial} %`,
						isApplicationLoadBalancer(endpoint) && endpoint.preservesClientIp === false && 'without visitors’ addresses',
					]
						.filter(Boolean)
						.join(' '),
				),
			)
			.join(', ') || 'no endpoint'
	}`;

const accelerators: Kind<Accelerator> = {
	resourceType: acceleratorType,
	title: 'Accelerators',
	columns: [
		{title: 'Addresses', value: ({configuration: {ipAddresses}}) => ipAddresses && listed(ipAddresses)},
		{title: 'Endpoints', value: ({configuration}) => health(configuration)},
		{title: 'Flow logs', value: ({configuration: {flowLogs}}) => (flowLogs === undefined ? undefined : flowLogs === null ? 'off' : 'on')},
		{title: 'Enabled', value: ({configuration}) => yesNo(configuration.enabled)},
	],
	facts: [
		{title: 'Addresses', value: ({configuration: {ipAddresses}}) => ipAddresses?.join(', ') || undefined},
		{title: 'DNS name', value: ({configuration}) => configuration.dnsName},
		{title: 'Dual-stack DNS name', value: ({configuration}) => configuration.dualStackDnsName},
		{title: 'Address type', value: ({configuration}) => configuration.ipAddressType},
		{title: 'Enabled', value: ({configuration}) => yesNo(configuration.enabled)},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Listeners', value: ({configuration: {listeners}}) => listeners && (listeners.map(listenerInWords).join('; ') || 'none')},
		{
			title: 'Flow logs',
			value: ({configuration: {flowLogs}}) =>
				flowLogs === null ? 'off' : flowLogs && [flowLogs.bucket, flowLogs.prefix].filter(Boolean).join('/'),
		},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Last changed', value: ({configuration}) => at(configuration.lastModifiedAt)},
	],
	rules: acceleratorRules,
	usdPerMonth: () => usdPerMonth,
	consolePath: ({resourceId}) =>
		`globalaccelerator/home?region=us-west-2#AcceleratorDetails:AcceleratorId=${encodeURIComponent(resourceId)}`,
};

export const globalaccelerator = defineService({
	id: 'globalaccelerator',
	title: 'Global Accelerator',
	group: 'edge',
	leads: 'worst',
	// The one Region whose endpoint answers, which the SDK does not choose by itself:
	// https://docs.aws.amazon.com/general/latest/gr/global_accelerator.html
	scope: {homeRegion: 'us-west-2'},
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 10 * 60_000}},
	iamPrefix: 'globalaccelerator',
	operations: {
		// Standard accelerators. Custom routing ones, which lead to instances of a game or a call, are another listing, not read.
		ListAccelerators: {...unpublished, answers: ['Accelerators'], paging},
		ListListeners: {...unpublished, freshForMs: hourMs, answers: ['Listeners'], paging},
		// Each refresh anew: endpoints have their health here.
		ListEndpointGroups: {...unpublished, answers: ['EndpointGroups'], paging},
		DescribeAcceleratorAttributes: {...unpublished, freshForMs: 6 * hourMs, answers: ['AcceleratorAttributes']},
	},
	kinds: [accelerators],
	load: async () => import('./collect.js'),
});
