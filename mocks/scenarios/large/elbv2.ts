import type {Random} from '../../endpoint/random.js';
import {
	type ElbLoadBalancer,
	type ElbState,
	forwardTo,
	goodAttributes,
	https,
	listener,
	loadBalancer,
	path,
	recommendedPolicy,
	redirecting,
	targetGroup,
} from '../../services/elbv2-state.js';
import {certificateArn, loadBalancerArn} from '../estate.js';
import type {Place, Populate} from '../scenario.js';
import {populate as populateAcm} from './acm.js';

const counts: Readonly<Record<string, number>> = {'us-east-1': 400, 'eu-west-1': 220, 'ap-southeast-2': 200};
const policies = ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', recommendedPolicy] as const;

/** ACM's certificates by the load balancers that they say serve them. */
const served = (place: Place): ReadonlyMap<string, readonly string[]> => {
	const byUser = new Map<string, string[]>();
	for (const {domainName, inUseBy} of populateAcm(place)?.certificates ?? []) {
		for (const user of inUseBy) byUser.set(user, [...(byUser.get(user) ?? []), certificateArn(place, domainName)]);
	}
	return byUser;
};

const made = (place: Place, chance: Random, index: number, certificates: readonly string[]): ElbLoadBalancer => {
	const name = `lb-${index}`;
	const targets = `targets-${index}`;
	const [standard = certificateArn(place, `${name}.acme.net`)] = certificates;
	// Most of a large account runs by itself; a few in a hundred need somebody.
	const sort = chance.next();
	const front = https(place, standard, targets, {
		certificates: certificates.length === 0 ? [standard] : certificates,
		sslPolicy: sort < 0.03 ? 'ELBSecurityPolicy-2016-08' : chance.pick(policies),
	});
	const plain =
		sort > 0.97
			? listener(place, 'HTTP', 80, forwardTo(place, targets))
			: sort > 0.95
				? redirecting(place, {rules: [[path('/health'), forwardTo(place, targets)]]})
				: redirecting(place);
	return loadBalancer(place, name, {
		zones: chance.chance(0.8) ? 'abc' : 'ab',
		scheme: chance.chance(0.35) ? 'internal' : 'internet-facing',
		attributes: chance.chance(0.9) ? goodAttributes : {},
		listeners: [plain, front],
	});
};

/** 820 load balancers with two listeners each. */
export const populate: Populate<ElbState> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('elbv2');
	const certificates = served(place);
	return {
		loadBalancers: Array.from({length: count}, (_, index) =>
			made(place, chance, index, certificates.get(loadBalancerArn(place, `lb-${index}`)) ?? []),
		),
		targetGroups: Array.from({length: count}, (_, index) => targetGroup(place, `targets-${index}`)),
		refused: {},
	};
};
