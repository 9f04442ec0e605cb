// Tries the lock of a directory, says what came of it, and holds it till it is ended: `program DIRECTORY`.
import {acquireLock} from '../../source/daemon/lock.js';

const attempt = await acquireLock(process.argv[2] ?? '');
if (attempt.held) {
	await attempt.lock.announce({pid: process.pid, socket: `/socket/of/${process.pid}`});
	process.stdout.write('held\n');
	// A test that is itself ended cannot end it: no test needs it for longer than this.
	setTimeout(() => process.exit(3), 90_000);
} else {
	process.stdout.write(`${attempt.reason}\n`);
	process.exitCode = attempt.taken ? 75 : 77;
}
