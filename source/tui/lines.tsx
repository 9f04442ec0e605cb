import {Box, Text, useApp, useInput} from 'ink';
import {memo, useEffect, useSyncExternalStore} from 'react';
import type {FrameSource} from './frame-source.js';
import {keyNames} from './keys.js';

/** Hands the terminal back, and says how to take it again. */
export type Suspender = () => Promise<{resume(): Promise<void>}>;

type KeysProps = {readonly source: FrameSource; readonly onSuspender: (suspend: Suspender) => void};

/** Keys and the way to suspend. Draws nothing. */
export const Keys = ({source, onSuspender}: KeysProps) => {
	const {suspendTerminal} = useApp();
	useEffect(() => {
		onSuspender(suspendTerminal);
	}, [onSuspender, suspendTerminal]);
	useInput((input, key) => {
		for (const name of keyNames(input, key)) {
			source.press(name);
		}
	});
	return null;
};

/** One line of the screen. Equal strings are not drawn again. */
const ScreenLine = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text}</Text>);

/** The lines of the screen, one `Text` each: all of it is laid out before. */
export const Lines = ({source}: {readonly source: FrameSource}) => (
	<Box flexDirection="column">
		{useSyncExternalStore(source.subscribe, source.frame).map((text, row) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a line of a screen is known by nothing but its row.
			<ScreenLine key={row} text={text} />
		))}
	</Box>
);
