import {covered, type InspectorState, instance, quietInspector} from '../../services/inspector-state.js';
import type {Populate} from '../scenario.js';

/** All is scanned and nothing was found. */
export const populate: Populate<InspectorState> = place => ({
	...quietInspector(),
	coverage: ['app-1', 'app-2'].map(name => {
		const {id = '', tags} = instance(place, name);
		return covered(id, 'PACKAGE', 'SUCCESSFUL', {
			lastScannedAt: place.hoursAgo(6),
			scanMode: 'EC2_SSM_AGENT_BASED',
			resourceMetadata: {ec2: {tags: tags ?? {}, platform: 'LINUX'}},
		});
	}),
});
