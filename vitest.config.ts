import {defineConfig} from 'vitest/config';

// These share nothing but what they open and close themselves: a process of its own for each file would load the SDK's
// clients and the mocks of all services a hundred times over, which is a third of the time that all tests take.
const together = ['boards', 'collect', 'evaluate', 'mocks', 'model', 'services', 'topics'].map(folder => `test/${folder}/**/*.test.ts`);

export default defineConfig({
	test: {
		// Two cores, and many tests that wait for sockets and children: more workers than cores keep both busy.
		maxWorkers: 4,
		testTimeout: 20_000,
		hookTimeout: 20_000,
		env: {AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '', FORCE_COLOR: ''},
		projects: [
			{extends: true, test: {name: 'together', include: together, isolate: false}},
			{extends: true, test: {name: 'apart', include: ['test/**/*.test.{ts,tsx}'], exclude: together}},
		],
	},
});
