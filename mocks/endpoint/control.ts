import {ZodError} from 'zod';
import type {Calls} from './calls.js';
import {faultSchema} from './fault.js';
import type {Faults} from './faults.js';
import type {Incoming, Reply} from './protocol.js';
import type {TimelineRunner} from './timeline.js';
import type {World} from './world.js';

export const controlPrefix = '/_vedette/';

const json = (status: number, value: unknown): Reply => ({
	status,
	headers: {'content-type': 'application/json'},
	body: JSON.stringify(value),
});

type Controlled = {readonly world: World; readonly faults: Faults; readonly calls: Calls; readonly timeline: TimelineRunner};
type Route = (incoming: Incoming, of: Controlled, id: string) => Reply;

const shown = (faults: Faults): unknown => faults.list().map(({id, fault, hits}) => ({id, hits, ...fault}));

const routes: Readonly<Record<string, Route>> = {
	'GET status': (_, {world, calls}) =>
		json(200, {
			scenario: world.scenario,
			startedAt: world.startedAt,
			accounts: world.accounts.map(one => one.accountId),
			calls: calls.total,
		}),
	'GET faults': (_, {faults}) => json(200, shown(faults)),
	'POST faults': (incoming, {faults}) => {
		const given: unknown = JSON.parse(incoming.body.toString('utf8'));
		const added = (Array.isArray(given) ? given : [given]).map((one: unknown) => faults.add(faultSchema.parse(one)).id);
		return json(201, {ids: added});
	},
	'DELETE faults': (_, {faults}, id) => {
		if (id === '') faults.clear();
		else if (!faults.remove(id)) return json(404, {error: `No fault ${id}`});
		return json(200, shown(faults));
	},
	'GET calls': (incoming, {calls}) => {
		const since = Number(incoming.query.get('since') ?? 0);
		return json(200, {total: calls.total, actions: calls.actions(), calls: calls.all.filter(call => call.sequence > since)});
	},
	'DELETE calls': (_, {calls}) => {
		calls.clear();
		return json(200, {total: 0});
	},
	'GET timeline': (_, {timeline}) => json(200, timeline.events),
	'POST timeline': (incoming, {timeline}) => {
		timeline.advance(Number(incoming.query.get('seconds') ?? 0));
		return json(200, timeline.events);
	},
};

/** Steers a running endpoint over HTTP: `/_vedette/faults`, `calls`, `timeline`, `status`. */
export const control = (incoming: Incoming, of: Controlled): Reply => {
	const [what = '', id = ''] = incoming.path.slice(controlPrefix.length).split('/');
	const route = routes[`${incoming.method} ${what}`];
	if (route === undefined) return json(404, {error: `No such route. There are: ${Object.keys(routes).join(', ')}`});
	try {
		return route(incoming, of, id);
	} catch (error) {
		if (error instanceof ZodError || error instanceof SyntaxError) return json(400, {error: error.message});
		throw error;
	}
};
