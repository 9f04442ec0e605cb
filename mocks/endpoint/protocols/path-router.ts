import type {Incoming} from '../protocol.js';
import type {OperationShape} from '../shape.js';

/** A path template such as `/detector/{DetectorId}/findings?x-id=…`, taken apart. */
export type Route = {
	readonly method: string;
	readonly matches: (path: string) => boolean;
	/** Parameters that the template itself demands. */
	readonly query: ReadonlyArray<readonly [string, string]>;
	/** How many of its segments are literal: the most literal route wins. */
	readonly weight: number;
	labels(path: string): Readonly<Record<string, string>>;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** The route of a REST operation's `http` trait. https://smithy.io/2.0/spec/http-bindings.html#http-trait */
export const routeOf = (operation: OperationShape): Route => {
	if (operation.http === undefined) throw new TypeError(`${operation.name} has no http trait`);
	const [method, template] = operation.http;
	const [path = '/', query = ''] = template.split('?');
	const names: string[] = [];
	const source = path
		.split('/')
		.map(segment => {
			const label = /^\{(\w+)(\+?)\}$/u.exec(segment);
			if (label === null) return escaped(segment);
			names.push(label[1] ?? '');
			return label[2] === '+' ? '(.+)' : '([^/]+)';
		})
		.join('/');
	const pattern = new RegExp(`^${source}/?$`, 'u');
	return {
		method,
		matches: actual => pattern.test(actual),
		query: [...new URLSearchParams(query)],
		weight: path.split('/').length - names.length + new URLSearchParams(query).size,
		labels: actual => {
			const found = pattern.exec(actual);
			return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found?.[index + 1] ?? '')]));
		},
	};
};

/** Finds by method and path; literal paths by one look-up. */
export const routes = <T>(all: ReadonlyArray<{readonly route: Route; readonly to: T}>): ((incoming: Incoming) => T | undefined) => {
	const byWeight = [...all].sort((a, b) => b.route.weight - a.route.weight);
	return incoming =>
		byWeight.find(
			({route}) =>
				route.method === incoming.method &&
				route.matches(incoming.path) &&
				route.query.every(([name, value]) => incoming.query.get(name) === value),
		)?.to;
};
