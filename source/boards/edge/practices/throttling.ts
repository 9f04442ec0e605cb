import {grouped, listed, type Resource} from '../../../model/index.js';
import type {Stage} from '../../../services/apigateway/rules/stage.js';
import type {Stage as StageV2} from '../../../services/apigatewayv2/rules/stage.js';
import {missing, no, type Standing, unknown, yes} from '../standing.js';

// BP4, one half of it: a limit of its own holds callers back. Judged as the rules on stages judge it.

/** What every account may do from the beginning, where the account's own limit could not be read. */
const accountRequestsPerSecond = 10_000;

const allMethods = '*/*';

const perSecond = (rate: number): string => `${grouped(rate)} requests a second`;

/** `-1` lifts a limit; one as high as the account's is none. */
const isLimit = (rate: number | undefined, most: number): boolean => rate !== undefined && rate >= 0 && rate < most;

const unlimited = no('nothing but the limit of the account, which all APIs of the Region share, holds callers back');

export const throttled = (resource: Resource<Stage>): Standing => {
	const {methods, usagePlans, account} = resource.configuration;
	const most = account?.requestsPerSecond;
	const rate = methods[allMethods]?.requestsPerSecond;
	if (rate !== undefined && most === undefined) {
		return unknown(missing(resource, 'the limit of the account', 'GetAccount'));
	}

	if (rate !== undefined && most !== undefined && isLimit(rate, most)) {
		const lifted = Object.entries(methods).filter(([path, method]) => path !== allMethods && !isLimit(method.requestsPerSecond, most));
		return lifted.length > 0 ? no(`limited, but not for ${listed(lifted.map(([path]) => path))}`) : yes(`limited to ${perSecond(rate)}`);
	}

	const plan = usagePlans?.find(({requestsPerSecond}) => requestsPerSecond !== undefined);
	if (plan?.requestsPerSecond !== undefined) {
		return yes(`usage plan “${plan.name}” limits each API key to ${perSecond(plan.requestsPerSecond)}`);
	}

	return usagePlans === undefined ? unknown(missing(resource, 'its usage plans', 'GetUsagePlans')) : unlimited;
};

/** HTTP and WebSocket APIs have no usage plans. `most` is the limit of the account in the Region. */
export const throttledV2 = (resource: Resource<StageV2>, most = accountRequestsPerSecond): Standing => {
	const {defaults, routes} = resource.configuration;
	const {requestsPerSecond: rate} = defaults;
	if (rate === 0) {
		return no('its limit is 0 requests a second, so that it turns everybody away');
	}

	if (rate === undefined || !isLimit(rate, most)) {
		return unlimited;
	}

	const lifted = Object.entries(routes).filter(
		([, route]) => route.requestsPerSecond !== undefined && !isLimit(route.requestsPerSecond, most),
	);
	return lifted.length > 0 ? no(`limited, but not for ${listed(lifted.map(([key]) => key))}`) : yes(`limited to ${perSecond(rate)}`);
};
