import {Keyv} from 'keyv';
import {openConnection} from '../client/connection.js';
import {createGate, type Gate} from '../collect/gate.js';
import {defaultConfigFile} from '../config/directories.js';
import {inspectDirectory} from '../config/private-directory.js';
import {problemText} from '../config/problem.js';
import {type Config, type Refusal, type Service, safeText} from '../model/index.js';
import {detectTheme} from '../view/theme.js';
import {directories} from './directories.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {openCache} from './open-watcher.js';
import {redactorFor} from './redaction.js';
import {watchedServices} from './registry.js';
import {readSettings} from './settings.js';
import {version} from './version.js';

/** What was looked at, how it is, and how to mend it. Texts may hold words from outside. */
export type Finding = {readonly what: string; readonly ok: boolean; readonly text: string; readonly fix?: string};

const good = (what: string, text: string): Finding => ({what, ok: true, text});
const bad = (what: string, text: string, fix?: string): Finding => ({what, ok: false, text, ...(fix !== undefined && {fix})});

/** Looks at everything that Vedette rests on. Ends with 2, 3 or 4 for the worst of it: configuration, credentials, all else. */
export const doctor = async (flags: GlobalFlags, io: Io): Promise<number> => {
	const redactor = await redactorFor(flags, io);
	const found: Finding[] = [];
	const tell = async (finding: Finding): Promise<void> => {
		found.push(finding);
		if (flags.json !== true) {
			const show = (text: string) => safeText(redactor?.text(text) ?? text);
			await io.out(`${finding.ok ? 'ok     ' : 'problem'}  ${finding.what.padEnd(15)} ${show(finding.text)}\n`);
			if (finding.fix !== undefined) {
				await io.out(`${' '.repeat(25)}→ ${show(finding.fix)}\n`);
			}
		}
	};

	for (const finding of [...versions(), terminal(io)]) {
		await tell(finding);
	}

	const where = directories(flags, io);
	for (const [what, directory] of [
		['state', where.stateDir],
		['runtime', where.runtimeDir],
	] as const) {
		await tell(await directoryFinding(what, directory, io.uid));
	}

	await tell(await daemonFinding(where.runtimeDir, flags));
	const loaded = await readSettings(flags, io);
	let code: number = exitCode.clean;
	if ('config' in loaded) {
		const {config} = loaded;
		await tell(good('configuration', config.file ?? `no file ${defaultConfigFile(io.environment, io.machine)}: the defaults are in force`));
		for await (const finding of awsFindings(config, io)) {
			await tell(finding);
			if (!finding.ok && finding.what === 'credentials') {
				code = exitCode.credentials;
			}
		}

		await tell(await lastLook(where.stateDir, io));
	} else {
		code = exitCode.usage;
		for (const problem of loaded.problems) {
			await tell(bad('configuration', problemText(problem), 'vedette config example shows how it is written'));
		}
	}

	if (flags.json === true) {
		const shown = redactor === undefined ? found : found.map(finding => ({...finding, text: redactor.text(finding.text)}));
		await io.out(`${JSON.stringify(shown, undefined, 2)}\n`);
	}

	const problems = found.filter(({ok}) => !ok).length;
	io.note(problems === 0 ? 'All is well.' : `${problems} ${problems === 1 ? 'problem' : 'problems'}.`);
	return code !== exitCode.clean || problems === 0 ? code : exitCode.incomplete;
};

const versions = (): readonly Finding[] => {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const enough = major > 22 || (major === 22 && minor >= 19);
	const sqlite = process.versions['sqlite'] ?? '0';
	// https://sqlite.org/wal.html#walresetbug: two writers could damage the file before 3.51.3.
	const [, sqliteMinor = 0, sqlitePatch = 0] = sqlite.split('.').map(Number);
	const sound = sqliteMinor > 51 || (sqliteMinor === 51 && sqlitePatch >= 3);
	return [
		good('version', `Vedette ${version}`),
		enough ? good('node', process.versions.node) : bad('node', `${process.versions.node} is older than 22.19`, 'install Node.js 24'),
		sound ? good('sqlite', sqlite) : bad('sqlite', `${sqlite} can damage a file that two processes write`, 'install a newer Node.js'),
	];
};

const terminal = (io: Io): Finding => {
	if (!io.isTerminal) {
		return good('terminal', 'none: output is plain text');
	}

	const theme = detectTheme(io.environment);
	const {columns, rows} = process.stdout;
	return good(
		'terminal',
		`${columns}x${rows}, ${theme.colour ? 'colour' : 'no colour'}, ${theme.ascii ? 'ASCII' : 'Unicode'}, TERM=${io.environment['TERM'] ?? ''}`,
	);
};

const directoryFinding = async (what: string, directory: string, uid: number | undefined): Promise<Finding> => {
	const problem = await inspectDirectory(directory, uid);
	return problem === undefined
		? good(what, directory)
		: problem.endsWith('ENOENT')
			? good(what, `${directory} will be made when a daemon starts`)
			: bad(what, problem);
};

const daemonFinding = async (runtimeDir: string, flags: GlobalFlags): Promise<Finding> => {
	if (flags.offline === true) {
		return good('daemon', 'not asked: offline');
	}

	let degraded: readonly string[] = [];
	let answered: () => void = () => {};
	const healthy = new Promise<void>(resolve => {
		answered = resolve;
	});
	const opened = await openConnection({
		runtimeDir,
		version,
		onFrame(frame) {
			if (frame.say === 'health') {
				// That the answers are an emulator's is no surprise to who asked for one.
				degraded = frame.health.degraded.filter(sentence => flags.endpointUrl === undefined || !sentence.includes(flags.endpointUrl));
				answered();
			}
		},
		onEnd: () => answered(),
	});
	if (typeof opened === 'string') {
		return opened === 'No daemon is running'
			? good('daemon', 'none runs; one starts with: vedette')
			: bad('daemon', opened, 'vedette daemon stop');
	}

	opened.say({say: 'health', id: 1});
	const timer = setTimeout(() => answered(), 5000);
	await healthy;
	clearTimeout(timer);
	opened.close();
	if (opened.version !== version) {
		return bad('daemon', `pid ${opened.pid} is of version ${opened.version}`, 'vedette daemon stop, and start it again');
	}

	return degraded.length === 0 ? good('daemon', `pid ${opened.pid}`) : bad('daemon', `pid ${opened.pid}: ${degraded.join('; ')}`);
};

async function* awsFindings(config: Config, io: Io): AsyncGenerator<Finding, void, undefined> {
	const overrides = Object.keys(io.environment).filter(name => /^AWS_ENDPOINT_URL/.test(name));
	yield good(
		'endpoint',
		[config.endpointUrl ?? 'AWS', ...(overrides.length > 0 ? [`${overrides.join(', ')} ignored, on purpose`] : [])].join('; '),
	);
	const gate = createGate({config, cache: new Keyv(), callTimeoutMs: 10_000});
	try {
		const identity = await gate.identity();
		if (!identity.ok) {
			const {refusal} = identity;
			const text = `${refusal.error}: ${refusal.message}`;
			yield refusal.status === 'unauthenticated'
				? bad('credentials', text, await gate.loginHint())
				: bad(
						'account',
						`${text} (${refusal.iamAction} is ${refusal.status})`,
						refusal.status === 'unreachable' ? 'look at network, proxy and --endpoint-url' : undefined,
					);
			return;
		}

		const {accountId, arn} = identity.value;
		yield good('credentials', `account ${accountId} as ${arn}`);
		const clock = (await gate.problems()).find(({id}) => id === 'clock');
		yield clock === undefined ? good('clock', "as AWS's, within a minute") : bad('clock', clock.text, clock.fix);
		const regions = await gate.regions(accountId);
		if (!regions.ok) {
			yield bad(
				'regions',
				`${regions.refusal.iamAction} is ${regions.refusal.status}: ${regions.refusal.message}`,
				'name them, for instance with: --region eu-west-1,us-east-1',
			);
			return;
		}

		yield good('regions', regions.value.join(', '));
		const [first = 'us-east-1'] = regions.value;
		for (const service of watchedServices(config)) {
			yield await permissions(gate, service, service.scope === 'regional' ? first : service.scope.homeRegion, accountId);
		}
	} finally {
		await gate.close();
	}
}

/**
 * Asks every declared operation once, without parameters: they only read. What is denied so is denied. What is not may still be
 * denied for a single resource, or AWS may have looked at the parameters first: the last look tells of those.
 */
const permissions = async (gate: Gate, service: Service, awsRegion: string, accountId: string): Promise<Finding> => {
	const operations = Object.keys(service.operations);
	const refusals = await Promise.all(
		operations.map(async operation => {
			const asked = await gate.probe(service, awsRegion, accountId, operation, {});
			return asked.ok ? undefined : asked.refusal;
		}),
	);
	const what = service.id;
	const unreachable = refusals.find(refusal => refusal?.status === 'unreachable');
	if (unreachable !== undefined) {
		return bad(what, `${unreachable.operation} in ${awsRegion}: ${unreachable.message}`, 'look at network, proxy and --endpoint-url');
	}

	const denied = refusals.filter(refusal => refusal?.status === 'denied' && isIamDenial(refusal));
	const notSetUp = refusals.find(refusal => refusal?.status === 'denied' && !isIamDenial(refusal));
	const names = denied.map(refusal => `${refusal?.iamAction}${refusal?.explicitDeny === true ? ' (forbidden outright by a policy)' : ''}`);
	return denied.length === 0
		? good(
				what,
				`${operations.length} operations asked in ${awsRegion}, none denied${notSetUp === undefined ? '' : `: ${notSetUp.message}`}`,
			)
		: bad(what, `denied in ${awsRegion}: ${names.join(', ')}`, `grant what this prints: vedette policy --for ${service.id}`);
};

/** Some services say that they are not set up with the code of a denial, but never in the words in which IAM denies. */
const isIamDenial = ({message}: Refusal): boolean => /authori[sz]ed|denied|\bdeny\b|forbidden/i.test(message);

/** What the last collections were refused, in all Regions. */
const lastLook = async (stateDir: string, io: Io): Promise<Finding> => {
	const cache = await openCache({stateDir}, 'doctor', io);
	if (typeof cache === 'string') {
		return good('last look', 'nothing has been collected yet');
	}

	try {
		const {panels} = await cache.ask({ask: 'overview', rowsPerPanel: 0});
		const snapshots = panels.flatMap(panel => panel.snapshots);
		const refused = [
			...new Set(
				snapshots.flatMap(({outcome}) => outcome.refusals.filter(({status}) => status === 'denied').map(({iamAction}) => iamAction)),
			),
		];
		return refused.length === 0
			? good('last look', `${snapshots.length} snapshots, nothing denied`)
			: bad('last look', `denied at the last collections: ${refused.sort().join(', ')}`, 'grant what this prints: vedette policy');
	} finally {
		await cache.close();
	}
};
