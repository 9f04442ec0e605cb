import {matchDestinations} from '../view/go-to.js';
import {say} from '../view/line.js';
import {goTo} from './actions.js';
import type {KeyName} from './keys.js';
import type {Session} from './session-port.js';
import {currentPlace, listOf, type TuiState, withPlace} from './tui-state.js';

// No filter and no name is longer; a paste of a megabyte is a mistake.
const mostTyped = 200;

/** A filter takes hold while it is typed: what it does is the best explanation of what it means. */
const withFilter = (state: TuiState, filter: string): TuiState => {
	const place = currentPlace(state);
	const list = listOf(place);
	return list === undefined || !('list' in place) ? state : withPlace(state, {...place, list: {...list, filter, index: 0, top: 0}});
};

const typed = (session: Session, text: string): void => {
	session.update(state => {
		if (state.prompt === undefined) {
			return state;
		}

		const next = {...state, prompt: {...state.prompt, text}};
		return state.prompt.for === 'filter' ? withFilter(next, text) : next;
	});
};

/** A key while a line is being typed. False for keys that mean there what they mean everywhere. */
export const promptKey = (session: Session, key: KeyName): boolean => {
	const {prompt, filterBefore} = session.state();
	if (prompt === undefined) {
		return false;
	}

	switch (key) {
		case 'esc': {
			session.update(state => ({...(prompt.for === 'filter' ? withFilter(state, filterBefore) : state), prompt: undefined}));
			return true;
		}

		case 'enter': {
			session.update(state => ({...state, prompt: undefined}));
			if (prompt.for === 'go-to') {
				const [best] = matchDestinations(prompt.text, session.state().overview);
				if (best === undefined) {
					session.tell(say`there is no panel or screen called ${session.look().show(prompt.text)}`, 'refused');
				} else {
					goTo(session, best);
				}
			}

			return true;
		}

		case 'backspace': {
			const characters = [...prompt.text];
			characters.pop();
			typed(session, characters.join(''));
			return true;
		}

		case 'ctrl+u': {
			typed(session, '');
			return true;
		}

		case 'ctrl+w': {
			typed(session, prompt.text.replace(/\S+\s*$/u, ''));
			return true;
		}

		case 'up':
		case 'down':
		case 'pageup':
		case 'pagedown': {
			// The list under a filter may be walked while the filter is typed.
			return prompt.for === 'go-to';
		}

		case 'ctrl+c':
		case 'ctrl+l':
		case 'ctrl+z': {
			return false;
		}

		default: {
			if ([...key].length === 1 && prompt.text.length < mostTyped) {
				typed(session, prompt.text + key);
			}

			return true;
		}
	}
};
