// Tries the lock of a directory, says what came of it, and holds it till it is ended: `program DIRECTORY`.
import {acquireLock} from '../../source/daemon/lock.js';

const attempt = await acquireLock(process.argv[2] ?? '');
if (attempt.held) {
	await attempt.lock.announce({pid: process.pid, socket: `/socket/of/${process.pid}`});
	process.stdout.write('held\n');
	setInterval(() => {}, 60_000);
} else {
	process.stdout.write(`${attempt.reason}\n`);
	process.exitCode = attempt.taken ? 75 : 77;
}
