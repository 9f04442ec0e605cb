import {writeFile} from 'node:fs/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {environment, temporaryHome, vedette} from './command.js';

let endpoint: Endpoint;
let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	place = await temporaryHome();
	// The whole of each quota: it is the mock's, and nobody else needs it. And all Regions that hold something but São Paulo,
	// whose eight thousand parameters take half a minute at AWS's rate and need no other permission.
	const regions = scenarios.typical.populated.join(', ');
	await writeFile(`${place.home}/config.yaml`, `regions: [${regions}]\nlimits:\n  share: 1\n`);
});
afterAll(async () => {
	await endpoint.close();
	await place.remove();
});

/** All actions that the printed policy allows. */
const allowed = async (): Promise<string[]> => {
	const {code, stdout} = await vedette(['policy'], environment(place.home));
	expect(code).toBe(0);
	const policy = JSON.parse(stdout) as {Statement: ReadonlyArray<{Effect: string; Action: string | string[]}>};
	return [...new Set(policy.Statement.filter(({Effect}) => Effect === 'Allow').flatMap(({Action}) => Action))].sort();
};

test('the policy names exactly the actions of a full run, and each of them reads', async () => {
	const {code, stderr} = await vedette(
		[
			'export',
			'--once',
			'--format',
			'json',
			'--config',
			`${place.home}/config.yaml`,
			'--endpoint-url',
			endpoint.url,
			'--state-dir',
			`${place.home}/s`,
		],
		environment(place.home),
	);
	expect(stderr).not.toMatch(/error/iu);
	expect([0, 1, 4]).toContain(code);
	const actions = await allowed();
	expect(actions).toEqual(endpoint.calls.actions());
	expect(actions.filter(action => !/^[a-z0-9-]+:(?:Get|List|Describe|Search|BatchGet|GET$)/u.test(action))).toEqual([]);
	expect(JSON.stringify(actions)).not.toMatch(/SecretValue|Decrypt|GetObject/u);
}, 90_000);
