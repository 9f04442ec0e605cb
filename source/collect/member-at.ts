import type {Json} from '../model/index.js';

const isRecord = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member of an answer at a path such as `DistributionList.NextMarker`, if it has one. */
export const memberAt = (answer: Json, path: string): Json | undefined =>
	path.split('.').reduce<Json | undefined>((found, name) => (isRecord(found) ? found[name] : undefined), answer);
