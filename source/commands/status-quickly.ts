import {type ParseArgsOptionsConfig, parseArgs} from 'node:util';
import {severities} from '../model/severity.js';
import {globalOptions} from './global-options.js';
import type {Io} from './io.js';
import {status} from './status.js';

const options: ParseArgsOptionsConfig = {
	...Object.fromEntries(
		globalOptions.map(option => [
			option.name,
			{type: 'value' in option ? ('string' as const) : ('boolean' as const), multiple: 'many' in option},
		]),
	),
	format: {type: 'string'},
	'fail-on': {type: 'string'},
};

/**
 * `vedette status …` without commander; undefined where commander has to answer: for help, and for what makes no sense.
 * Those of the flags that a status line can do nothing with are let pass, as commander does.
 */
export const statusQuickly = async (words: readonly string[], io: Io): Promise<number | undefined> => {
	let values: ReturnType<typeof parseArgs>['values'];
	try {
		({values} = parseArgs({args: [...words], options, strict: true, allowPositionals: false}));
	} catch {
		return undefined;
	}

	const text = (name: string): string | undefined => {
		const value = values[name];
		return typeof value === 'string' ? value : undefined;
	};

	const failOnText = text('fail-on')?.toUpperCase();
	const failOn = severities.find(severity => severity === failOnText);
	if (failOnText !== undefined && failOn === undefined) {
		return undefined;
	}

	const profile = text('profile');
	const roleArn = text('role-arn');
	const endpointUrl = text('endpoint-url');
	const stateDir = text('state-dir');
	const format = text('format');
	return status(
		{
			...(profile !== undefined && {profile}),
			...(roleArn !== undefined && {roleArn}),
			...(endpointUrl !== undefined && {endpointUrl}),
			...(stateDir !== undefined && {stateDir}),
			...(format !== undefined && {format}),
			...(failOn !== undefined && {failOn}),
			offline: values['offline'] === true,
			redact: values['redact'] === true,
			json: values['json'] === true,
			ascii: values['ascii'] === true,
		},
		io,
	);
};
