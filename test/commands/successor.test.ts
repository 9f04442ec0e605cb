import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {directories} from '../../source/commands/directories.js';
import type {GlobalFlags} from '../../source/commands/global-options.js';
import {processIo} from '../../source/commands/io.js';
import {flagsOfSuccessor, successorFlags} from '../../source/commands/successor.js';

const inShell = (environment: Readonly<Record<string, string>>) => ({
	...processIo(),
	environment,
	machine: {platform: 'linux', home: '/home/ada'} as const,
});

describe('a daemon that died is followed by one that watches the same', () => {
	test.each<readonly [string, GlobalFlags, Readonly<Record<string, string>>, GlobalFlags, Readonly<Record<string, string>>, GlobalFlags]>([
		[
			'by its profile, which only its shell named',
			{region: ['eu-west-1']},
			{AWS_PROFILE: 'prod'},
			{profile: 'prod'},
			{},
			{profile: 'prod', region: ['eu-west-1']},
		],
		[
			'by its role',
			{},
			{VEDETTE_ROLE_ARN: 'arn:aws:iam::1:role/audit', VEDETTE_EXTERNAL_ID: 'x', VEDETTE_REGIONS: 'eu-west-1,us-east-1'},
			{roleArn: 'arn:aws:iam::1:role/audit'},
			{},
			{roleArn: 'arn:aws:iam::1:role/audit', externalId: 'x', region: ['eu-west-1,us-east-1']},
		],
		[
			'by its configuration, from another directory',
			{config: 'here.yaml', allowRemoteEndpoint: true},
			{VEDETTE_STATE_DIR: 'state'},
			{stateDir: path.resolve('state')},
			{},
			{config: path.resolve('here.yaml'), allowRemoteEndpoint: true, stateDir: path.resolve('state')},
		],
	])('%s', (_, flags, environment, viewers, viewersEnvironment, expected) => {
		const shell = inShell(viewersEnvironment);
		const where = directories(viewers, shell);
		expect(where).toEqual(directories(flags, inShell(environment)));
		expect(flagsOfSuccessor(successorFlags(flags, inShell(environment)), viewers, where, shell)).toEqual(expected);
	});

	test('by the viewer’s own flags, where those of the dead one lead elsewhere from here', () => {
		const shell = inShell({VEDETTE_PROFILE: 'prod'});
		const own = {externalId: 'x'};
		expect(flagsOfSuccessor({profile: 'test'}, own, directories(own, shell), shell)).toBe(own);
		expect(flagsOfSuccessor({profile: 7 as never, region: 'eu-west-1'}, own, directories(own, shell), shell)).toEqual({});
	});
});
