import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// Two cores, and many tests that wait for sockets and children: more workers than cores keep both busy.
		maxWorkers: 4,
		testTimeout: 20_000,
		hookTimeout: 20_000,
		env: {AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '', FORCE_COLOR: ''},
	},
});
