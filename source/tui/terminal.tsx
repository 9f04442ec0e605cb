import {type RenderOptions, render} from 'ink';
import {widthOf} from '../view/width.js';
import {clipboardSequence} from './clipboard.js';
import type {FrameSource, TerminalControl} from './frame-source.js';
import {InkOutput} from './ink-output.js';
import {Keys, Lines, type Suspender} from './lines.js';
import {ScreenPainter} from './screen-painter.js';

/** Why the application ended. A signal's terminal is left as clean as a key's; its exit code is the caller's affair. */
export type TerminalEnd = {readonly endedBy: 'key' | 'closed' | 'SIGTERM' | 'SIGHUP' | 'SIGINT'};

export type TerminalOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/**
	 * Who draws. `cells` (the default) writes the cells that changed and leaves modes, keys and suspension to Ink: a tenth of
	 * the time and two thirds of the memory of a full Ink frame. `ink` draws through Ink: for screen readers
	 * (`INK_SCREEN_READER=true` chooses it), and to prove that both show the same.
	 */
	readonly drawnBy?: 'cells' | 'ink';
};

const endSignals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

// Long enough for a stop that was asked for to have happened: when the timer fires, we were continued.
const stopDelayMs = 50;

const enterAlternateScreen = '\u001B[?1049h';
const hideCursor = '\u001B[?25l';

/**
 * Shows an application on the terminal until a key or a signal ends it or the terminal goes away, and leaves the terminal
 * as it was: main screen, cursor, cooked mode. `create` gets the means to quit, suspend and copy.
 */
export const showOnTerminal = async (options: TerminalOptions, create: (control: TerminalControl) => FrameSource): Promise<TerminalEnd> => {
	const {stdin, stdout} = options;
	const drawnByInk = (options.drawnBy ?? (process.env['INK_SCREEN_READER'] === 'true' ? 'ink' : 'cells')) === 'ink';
	let end: TerminalEnd = {endedBy: 'key'};
	let suspendInk: Suspender | undefined;
	let isSuspended = false;
	let isOver = false;

	const finish = (endedBy: TerminalEnd['endedBy']): void => {
		if (!isOver) {
			isOver = true;
			end = {endedBy};
			// A frame that waits would be drawn on the shell's screen.
			painter.close();
			instance.unmount();
		}
	};

	const suspend = async (): Promise<void> => {
		if (isSuspended || isOver || suspendInk === undefined) {
			return;
		}

		isSuspended = true;
		painter.close();
		const {resume} = await suspendInk();
		process.off('SIGTSTP', onStop);
		// The whole job, as the terminal's driver does: npm or a shell between us and the prompt must stop too.
		process.kill(0, 'SIGTSTP');
		await new Promise(resolve => {
			setTimeout(resolve, stopDelayMs);
		});
		process.on('SIGTSTP', onStop);
		await resume();
		isSuspended = false;
		resize();
	};

	const onStop = (): void => {
		void suspend();
	};

	const source = create({
		quit: () => {
			finish('key');
		},
		suspend: onStop,
		repaint: () => {
			painter.repaint();
		},
		copy: text => {
			const sequence = clipboardSequence(text);
			if (sequence !== undefined) {
				stdout.write(sequence);
			}
		},
	});
	const painter = new ScreenPainter(stdout, widthOf);
	const draw = (): void => {
		if (!drawnByInk && !isSuspended && !isOver) {
			painter.paint(source.frame());
		}
	};

	const inkOutput = new InkOutput(stdout, () => {
		// Whatever Ink would have drawn or erased, and whatever screen it went to: what must be there now is the frame.
		painter.forget();
		draw();
	});

	const resize = (): void => {
		painter.forget();
		source.resize({columns: inkOutput.columns, rows: inkOutput.rows});
		draw();
	};

	// Stopped by SIGSTOP, which nobody can prepare for, the shell has had the terminal meanwhile.
	const onContinue = (): void => {
		if (!isSuspended && !isOver) {
			stdin.setRawMode?.(true);
			stdout.write(enterAlternateScreen + hideCursor);
			resize();
		}
	};

	const onClosed = (): void => {
		finish('closed');
	};

	const signalHandlers = endSignals.map(
		signal =>
			[
				signal,
				() => {
					finish(signal);
				},
			] as const,
	);
	for (const [signal, handler] of signalHandlers) {
		process.on(signal, handler);
	}

	process.on('SIGTSTP', onStop);
	process.on('SIGCONT', onContinue);
	stdout.on('resize', resize);
	// A terminal that is gone answers EPIPE or EIO: there is nobody left to tell.
	stdout.on('error', onClosed);
	stdin.on('end', onClosed);
	stdin.on('error', onClosed);
	source.resize({columns: inkOutput.columns, rows: inkOutput.rows});
	const unsubscribe = source.subscribe(draw);

	const renderOptions: RenderOptions = {
		stdin,
		alternateScreen: true,
		interactive: true,
		incrementalRendering: true,
		maxFps: 60,
		exitOnCtrlC: false,
		patchConsole: false,
	};
	const keys = (
		<Keys
			source={source}
			onSuspender={suspender => {
				suspendInk = suspender;
			}}
		/>
	);
	const instance = drawnByInk
		? render(
				<>
					<Lines source={source} />
					{keys}
				</>,
				{...renderOptions, stdout},
			)
		: render(keys, {...renderOptions, stdout: inkOutput});
	try {
		await instance.waitUntilExit();
	} finally {
		isOver = true;
		unsubscribe();
		painter.close();
		source.close();
		for (const [signal, handler] of signalHandlers) {
			process.off(signal, handler);
		}

		process.off('SIGTSTP', onStop);
		process.off('SIGCONT', onContinue);
		stdout.off('resize', resize);
		stdin.off('end', onClosed);
		stdin.off('error', onClosed);
		// The last writes may still fail when the terminal is gone; that must not become an exception.
		setImmediate(() => {
			stdout.off('error', onClosed);
		});
	}

	return end;
};
