// A whole daemon over a fake gate, as a process of its own: `program STATE_DIR [--hang] [--crash] [--bad-reload]`.
import {openLog} from '../../source/daemon/log.js';
import {runDaemon} from '../../source/daemon/run-daemon.js';
import type {Config} from '../../source/model/index.js';
import {openStore} from '../../source/store/open-store.js';
import {aBatch, aConfig, aGate, anEnding, aThing, madeService} from './made.js';

const [, , stateDir = '', ...flags] = process.argv;
// A test that is itself ended cannot end it: no test needs it for longer than this.
setTimeout(() => process.exit(3), 90_000).unref();

const {log} = openLog({file: undefined});
let config: Config = aConfig(stateDir);
let things = 0;

const code = await runDaemon({
	config,
	services: [madeService({refresh: {full: {everyMs: 50, deadlineMs: 60_000}}})],
	version: '1.2.3',
	openStore: async ({stateDir: dir}) => openStore({dir, now: () => new Date().toISOString()}),
	openGate: () =>
		aGate(async (_service, _target, {onBatch, signal}) => {
			if (flags.includes('--hang')) {
				await new Promise(resolve => {
					signal.addEventListener('abort', resolve, {once: true});
				});
				return anEnding('unreachable');
			}

			if (flags.includes('--crash')) {
				setImmediate(() => {
					throw new Error('crash with AKIAIOSFODNN7EXAMPLE');
				});
			}

			things += 10;
			await onBatch(aBatch({resources: Array.from({length: things}, (_, index) => aThing(`thing${index}`, {open: index % 2 === 0}))}));
			// Nothing is ever gone: what was once seen must still be there after a restart.
			return anEnding('ok');
		}),
	async reload() {
		if (flags.includes('--bad-reload')) {
			return 'vedette.yaml:3:1: limits.share: expected a number';
		}

		config = {...config, services: []};
		return config;
	},
	log,
});
process.exit(code);
