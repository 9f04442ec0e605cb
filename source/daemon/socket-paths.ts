import {createHash} from 'node:crypto';
import path from 'node:path';
import {addressFileName} from '../model/index.js';

/** Where a daemon listens and where it says so. */
export type SocketPaths = {
	readonly socket: string;
	/** In the runtime directory always, so that viewers find a socket that had to go elsewhere. */
	readonly address: string;
};

/** What the paths depend on besides the runtime directory; passed in, so that tests need no other machine. */
export type Host = {readonly platform: NodeJS.Platform; readonly home: string};

/**
 * The socket's place: in the runtime directory, or, where that path is longer than the kernel takes (104 bytes on macOS, 108
 * on Linux, with the final NUL; a longer one is cut without an error by some), in a directory under the user's home, never in
 * a directory that users share. A sentence where that is too long too.
 */
export const socketPathsOf = (runtimeDir: string, {platform, home}: Host): SocketPaths | string => {
	const limit = platform === 'darwin' ? 103 : 107;
	const fits = (socket: string): boolean => Buffer.byteLength(socket) <= limit;
	const address = path.join(runtimeDir, addressFileName);
	const socket = path.join(runtimeDir, 'daemon.sock');
	if (fits(socket)) {
		return {socket, address};
	}

	const name = createHash('sha256').update(runtimeDir).digest('hex').slice(0, 16);
	const elsewhere = path.join(home, '.local', 'state', 'vedette', 'run', name, 'd.sock');
	return fits(elsewhere)
		? {socket: elsewhere, address}
		: `The socket's path is ${Buffer.byteLength(socket)} bytes long and this system takes ${limit}: ${socket}. Choose a shorter --state-dir`;
};
