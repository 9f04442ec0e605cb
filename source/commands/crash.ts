import {safeText} from '../model/index.js';
import {exitCode} from './exit-code.js';
import type {Io} from './io.js';

/** Says what went wrong: in a sentence where it is known what to do, with the stack where it is a mistake of ours. */
export const explainCrash = (error: unknown, io: Io): number => {
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	io.note(`vedette: this is a mistake in Vedette itself. Please report it with these lines:`);
	for (const line of scrub(stack).split('\n').slice(0, 20)) {
		io.note(safeText(line));
	}

	return exitCode.software;
};

/** What looks like a credential, taken out: the last line of defence, for errors that quote a request. */
export const scrub = (text: string): string =>
	text
		.replaceAll(/\b(?:A3T[A-Z\d]|AKIA|ASIA|AGPA|AIDA|AROA)[A-Z\d]{12,}\b/g, '<access key>')
		.replaceAll(
			/(?:Authorization|X-Amz-Security-Token|aws_secret_access_key|secretAccessKey|sessionToken)["']?\s*[:=]\s*["']?[^\s"',}]+/gi,
			'<credential>',
		)
		.replaceAll(/\b(?:FwoGZ|IQoJ)[\w+/=]{40,}/g, '<session token>')
		.replaceAll(/(?<![\w+/])(?=[\w+/]{0,39}\d)(?=[\w+/]{0,39}[A-Z])[A-Za-z\d+/]{40}(?![\w+/=])/g, '<secret>');
