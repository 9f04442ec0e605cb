import {closeSync, fstatSync, openSync, readFileSync} from 'node:fs';
import {connect} from 'node:net';
// Not by the index: this is on the path of `status`, where every module read counts.
import {
	addressFileName,
	createLineReader,
	type DaemonAddress,
	type DaemonFrame,
	maxDaemonLine,
	protocolVersion,
	type Successor,
	type ViewerFrame,
} from '../model/protocol.js';

/** One connection to the daemon, after the handshake. */
export type Connection = {
	readonly pid: number;
	readonly version: string;
	say(frame: ViewerFrame): void;
	/** Ends it. `onEnd` is not called. */
	close(): void;
};

export type ConnectionOptions = {
	readonly runtimeDir: string;
	/** The viewer's own. */
	readonly version: string;
	readonly onFrame: (frame: DaemonFrame) => void;
	/** The daemon went away, for this reason: a sentence. */
	readonly onEnd: (reason: string) => void;
};

/** The daemon is there, but is busy or stuck. */
const helloMs = 5000;

export const noDaemon = 'No daemon is running';

/** Connects and says hello. Resolves with a sentence where nobody answers, or not to us. Never rejects. */
export const openConnection = async ({runtimeDir, version, onFrame, onEnd}: ConnectionOptions): Promise<Connection | string> => {
	const address = readAddress(`${runtimeDir}/${addressFileName}`);
	if (typeof address === 'string') {
		return address;
	}

	return new Promise(resolve => {
		const socket = connect(address.socket);
		const read = createLineReader(maxDaemonLine);
		let status: 'opening' | 'open' | 'ended' = 'opening';
		const timer = setTimeout(() => end('The daemon does not answer'), helloMs);

		const end = (reason: string): void => {
			const before = status;
			status = 'ended';
			clearTimeout(timer);
			socket.destroy();
			if (before === 'opening') {
				resolve(reason);
			} else if (before === 'open') {
				onEnd(reason);
			}
		};

		const say = (frame: ViewerFrame): void => {
			if (status !== 'ended') {
				socket.write(`${JSON.stringify(frame)}\n`);
			}
		};

		const greet = (frame: DaemonFrame): void => {
			if (frame.say !== 'welcome') {
				end(frame.say === 'error' ? frame.error : 'What answers is no daemon of ours');
				return;
			}

			clearTimeout(timer);
			status = 'open';
			resolve({
				pid: frame.pid,
				version: frame.version,
				say,
				close() {
					status = 'ended';
					socket.destroy();
				},
			});
		};

		const take = (line: string): void => {
			let frame: DaemonFrame;
			try {
				// Whoever answers at this address proved by its place in our directory to be our daemon: its frames are its types.
				frame = JSON.parse(line) as DaemonFrame;
			} catch {
				end('The daemon sent what is not JSON');
				return;
			}

			if (status === 'opening') {
				greet(frame);
			} else if (status === 'open') {
				onFrame(frame);
			}
		};

		socket.setEncoding('utf8');
		socket.on('connect', () => say({say: 'hello', protocol: protocolVersion, version, token: address.token}));
		socket.on('data', (chunk: string) => {
			const lines = read(chunk);
			if (lines === undefined) {
				end('The daemon sent more than fits');
				return;
			}

			for (const line of lines) {
				take(line);
			}
		});
		socket.on('error', (error: NodeJS.ErrnoException) =>
			end(
				error.code === 'ECONNREFUSED' || error.code === 'ENOENT'
					? noDaemon
					: `The daemon cannot be reached: ${error.code ?? error.message}`,
			),
		);
		socket.on('close', () => end('The daemon went away'));
	});
};

/** The address, or why there is none. Believed only if nobody else could have written it. */
const readAddress = (file: string): DaemonAddress | string => {
	let descriptor: number | undefined;
	try {
		descriptor = openSync(file, 'r');
		const about = fstatSync(descriptor);
		if ((process.getuid !== undefined && about.uid !== process.getuid()) || (about.mode & 0o022) !== 0) {
			return `${file} could have been written by somebody else`;
		}

		const said: unknown = JSON.parse(readFileSync(descriptor, 'utf8'));
		return isAddress(said) ? said : `${file} is no daemon's address`;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
		return code === 'ENOENT' ? noDaemon : `${file} cannot be read: ${code ?? 'it is not JSON'}`;
	} finally {
		if (descriptor !== undefined) {
			closeSync(descriptor);
		}
	}
};

/** Of a daemon that nobody answers for: how another is to be started. Undefined where none died, or something else looks after it. */
export const successorOf = (runtimeDir: string): Successor | undefined => {
	const address = readAddress(`${runtimeDir}/${addressFileName}`);
	const left: unknown = typeof address === 'string' ? undefined : address.successor;
	return isSuccessor(left) ? left : undefined;
};

const isSuccessor = (left: unknown): left is Successor =>
	typeof left === 'object' &&
	left !== null &&
	Object.values(left).every(
		(value: unknown) =>
			typeof value === 'string' || typeof value === 'boolean' || (Array.isArray(value) && value.every(one => typeof one === 'string')),
	);

const isAddress = (said: unknown): said is DaemonAddress =>
	typeof said === 'object' &&
	said !== null &&
	'socket' in said &&
	typeof said.socket === 'string' &&
	'token' in said &&
	typeof said.token === 'string' &&
	'pid' in said &&
	typeof said.pid === 'number';
