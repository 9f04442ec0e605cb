import {InvalidArgumentError, Option} from 'commander';
import {durationMs} from '../config/duration.js';
import {type Severity, severities} from '../model/index.js';
import type {GlobalOption} from './global-options.js';

/** A flag as commander takes it. */
export const toOption = ({name, value, many, text}: GlobalOption): Option => {
	const option = new Option(value === undefined ? `--${name}` : `--${name} <${value.toLowerCase()}>`, text);
	return many === true ? option.argParser(several) : option;
};

const several = (value: string, previous: readonly string[] | undefined): readonly string[] => [...(previous ?? []), value];

export const repeatable = (flags: string, text: string): Option => new Option(flags, text).argParser(several);

/** Severities as people write them, on the command line only: `high`, `HIGH`. */
export const failOn = (): Option =>
	new Option(
		'--fail-on <severity>',
		`end with 1 when a failure is at least this (${severities.map(severity => severity.toLowerCase()).join(', ')})`,
	).argParser((value): Severity => {
		const severity = severities.find(severity => severity === value.toUpperCase());
		if (severity === undefined) {
			throw new InvalidArgumentError(`Expected one of ${severities.map(known => known.toLowerCase()).join(', ')}.`);
		}

		return severity;
	});

export const duration = (flags: string, text: string, fallback: string): Option =>
	new Option(flags, text).default(durationMs(fallback), fallback).argParser(value => {
		const ms = durationMs(value);
		if (ms === undefined) {
			throw new InvalidArgumentError('Expected a duration such as 90s, 5m, 24h or 7d.');
		}

		return ms;
	});

export const count = (value: string): number => {
	if (!/^\d{1,9}$/.test(value)) {
		throw new InvalidArgumentError('Expected a number of 0 or more.');
	}

	return Number(value);
};
