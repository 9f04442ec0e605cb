import {type Moment, placeOf, type ScenarioName, type Timeline} from '../scenarios/scenario.js';
import type {Member} from './create-world.js';
import type {MockService} from './service.js';
import type {World} from './world.js';

/** Something that the timeline did. */
export type Event = {readonly at: string; readonly service: string; readonly awsRegion: string; readonly what: string};

export type TimelineRunner = {
	/** The newest thousand, oldest first. */
	readonly events: readonly Event[];
	/** Moves the timeline by hand, whatever the speed: every step that falls due is applied at once. */
	advance(seconds: number): void;
	close(): void;
};

type Track = {readonly service: MockService; readonly timeline: Timeline<unknown>; position: number};

const remembered = 1000;

/** The time of a track's step on the timeline's clock: rounds follow each other without end. */
const due = (track: Track): {readonly at: number; readonly index: number; readonly round: number} => {
	const {steps, roundSeconds} = track.timeline;
	const round = Math.floor(track.position / steps.length);
	const index = track.position % steps.length;
	return {at: round * roundSeconds + (steps[index]?.atSeconds ?? 0), index, round};
};

/** Runs the steps of every service at `speed` seconds of the timeline per second. Speed 0 leaves the account still. */
export const createTimeline = (world: World, members: readonly Member[], speed: number): TimelineRunner => {
	const tracks: Track[] = members.flatMap(({service, data}) => {
		const timeline = data?.timeline;
		if (timeline === undefined || timeline.steps.length === 0) return [];
		const steps = [...timeline.steps].sort((a, b) => a.atSeconds - b.atSeconds);
		if ((steps.at(-1)?.atSeconds ?? 0) >= timeline.roundSeconds) throw new RangeError(`${service.id}: a step lies after its round's end`);
		return [{service, timeline: {...timeline, steps}, position: 0}];
	});
	let events: Event[] = [];
	let now = 0;
	let timer: NodeJS.Timeout | undefined;

	const next = (): Track | undefined => tracks.toSorted((a, b) => due(a).at - due(b).at)[0];

	const apply = (track: Track): void => {
		const {index, round} = due(track);
		track.position++;
		const step = track.timeline.steps[index];
		const [account] = world.accounts;
		if (step === undefined) return;
		const moment: Moment = {
			// The world's scenario was looked up by one of these names.
			...placeOf(world.scenario as ScenarioName, account, step.awsRegion, world.now()),
			now: world.now(),
			round,
			world,
		};
		step.apply(world.state(track.service, step.awsRegion), moment);
		events.push({at: moment.now.toISOString(), service: track.service.id, awsRegion: step.awsRegion, what: step.what});
		if (events.length > remembered) events = events.slice(-remembered);
	};

	const advance = (seconds: number): void => {
		const until = now + seconds;
		for (let track = next(); track !== undefined && due(track).at <= until; track = next()) apply(track);
		now = until;
	};

	const wait = (): void => {
		const track = next();
		if (track === undefined || speed <= 0) return;
		const inSeconds = Math.max(0, due(track).at - now);
		timer = setTimeout(
			() => {
				advance(inSeconds);
				wait();
			},
			(inSeconds * 1000) / speed,
		);
	};
	wait();

	return {
		get events() {
			return events;
		},
		advance: seconds => {
			clearTimeout(timer);
			advance(seconds);
			wait();
		},
		close: () => clearTimeout(timer),
	};
};
