import {type ConfigState, certificateRule, channel, configRule, recorder} from '../../services/config-state.js';
import type {Populate} from '../scenario.js';

/** Everything is recorded and delivered; two rules, with which all comply. */
export const populate: Populate<ConfigState> = place => ({
	recorder: recorder(place),
	channel: channel(place),
	rules: [certificateRule(place, 30), configRule(place, 'cmk-backing-key-rotation-enabled', 'CMK_BACKING_KEY_ROTATION_ENABLED')],
	refused: {},
});
