// A process that writes until it is killed: every batch rewrites twenty entries, and says so when it was acknowledged.
import {writeSync} from 'node:fs';
import {openStore} from '../../source/store/open-store.js';
import {at, header, judgement, kms, now, resource} from './fixtures.js';

const dir = process.argv[2];
if (dir === undefined) {
	throw new Error('Usage: writer DIRECTORY');
}

// It folds in every quiet moment, so that it is killed while folding, too.
const store = await openStore({dir, now: () => now, idleMs: 0});
const padding = 'x'.repeat(4000);
for (let number = (store.headers()[0]?.outcome.calls ?? 0) + 1; ; number++) {
	await store.commit({
		upserts: Array.from({length: 20}, (_, index) =>
			resource(`k${index}`, [judgement('kms-a', 'FAIL', 'HIGH', at(0), `${number} ${padding}`)]),
		),
		removals: [],
		changes: [
			{
				at: now,
				type: 'opened',
				key: `k${number}`,
				service: 'kms',
				accountId: kms.accountId,
				awsRegion: kms.awsRegion,
				resourceName: '',
				title: '',
			},
		],
		header: header(kms, {outcome: {status: 'ok', durationMs: 0, calls: number, refusals: []}}),
	});
	writeSync(1, `${number}\n`);
	await new Promise(resolve => {
		setTimeout(resolve, 1);
	});
}
