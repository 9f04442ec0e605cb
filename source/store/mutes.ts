import type {Mute, ResourceReference} from '../model/index.js';
import {compileGlob} from './glob.js';

export type MuteSubject = Pick<ResourceReference, 'resourceName' | 'resourceId' | 'arn'>;

/** The mutes, ready to be asked. A mute without an end lasts; one whose end cannot be read has ended. */
export type CompiledMutes = {
	readonly count: number;
	/** Whether a failure of this rule (or reported type) at this resource is accepted at that moment. */
	mutes(ruleId: string, resource: MuteSubject, nowMs: number): boolean;
	/** When the next mute ends after that moment; infinity where none does. */
	nextEndMs(nowMs: number): number;
};

export const compileMutes = (mutes: readonly Mute[]): CompiledMutes => {
	const compiled = mutes.map(({rule, resource, until}) => ({
		rule: compileGlob(rule),
		resource: compileGlob(resource),
		untilMs: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until) || 0,
	}));
	return {
		count: compiled.length,
		mutes: (ruleId, {resourceName, resourceId, arn}, nowMs) =>
			compiled.some(
				mute =>
					nowMs < mute.untilMs && mute.rule(ruleId) && (mute.resource(resourceName) || mute.resource(resourceId) || mute.resource(arn)),
			),
		nextEndMs: nowMs =>
			Math.min(...compiled.map(({untilMs}) => (untilMs > nowMs ? untilMs : Number.POSITIVE_INFINITY)), Number.POSITIVE_INFINITY),
	};
};
