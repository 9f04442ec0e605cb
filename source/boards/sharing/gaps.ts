import {type Inputs, type Refusal, type Resource, refusalInWords} from '../../model/index.js';
import {type Share, shareType, type Thing} from './share.js';
import {blindness, listingOf, type Shareable} from './things.js';

const things = ['snapshot', 'AMI'] as const;

const unknownShare = (of: Thing, why: string, thingId?: string): Share => ({
	of,
	...(thingId !== undefined && {thingId}),
	state: 'unknown',
	exposed: {is: 'unknown', why},
	works: {is: 'unknown', why},
	needsKey: {is: 'unknown', why},
	disks: [],
	missing: [],
	steps: [],
});

/** A row that stands for all snapshots or AMIs of a Region. */
const regionRow = (inputs: Inputs, of: Thing, awsRegion: string, why: string, refusal: Refusal): Resource<Share> => ({
	arn: `arn:${inputs.partition}:ec2:${awsRegion}::${of === 'snapshot' ? 'snapshot' : 'image'}/*`,
	resourceType: shareType,
	resourceId: `${awsRegion}/${of}/${refusal.iamAction}`,
	resourceName: `${of}s of ${awsRegion}`,
	accountId: inputs.accountId,
	awsRegion,
	tags: {},
	configuration: unknownShare(of, why),
	unread: {[refusal.iamAction]: refusal},
	readAt: {},
});

const refusedListing = (inputs: Inputs, of: Thing, awsRegion: string): Refusal | undefined => {
	const gap = inputs.gap('ec2', [listingOf(of)], awsRegion);
	// What nobody has tried to read yet is said of the board as a whole, and comes within minutes.
	return gap?.status === 'pending' ? undefined : gap;
};

/**
 * One row for each Region whose snapshots or AMIs could not be listed: nothing of what is shared there would be seen. A
 * service that is not watched at all is told once.
 */
export const listingGaps = (inputs: Inputs): readonly Resource<Share>[] => {
	// Of a service that is not watched there is no operation to name.
	const isWatched = inputs.gap('ec2', ['DescribeSnapshots'])?.operation !== 'ec2';
	const regions = isWatched ? inputs.regions : inputs.regions.slice(0, 1);
	return regions.flatMap(awsRegion =>
		things.flatMap(of => {
			const refusal = refusedListing(inputs, of, awsRegion);
			return refusal === undefined
				? []
				: [regionRow(inputs, of, awsRegion, `the ${of}s of ${awsRegion} could not be listed: ${refusalInWords(refusal)}`, refusal)];
		}),
	);
};

type Blind = {readonly thing: Shareable; readonly operation: string; readonly refusal?: Refusal};

const ownRow = ({thing: {of, resource}, operation, refusal}: Blind): Resource<Share> => {
	const why = `with whom it is shared is not known: ${refusal === undefined ? `ec2:${operation} did not say` : refusalInWords(refusal)}`;
	return {
		...resource,
		resourceType: shareType,
		resourceId: `${resource.awsRegion}/${resource.resourceId}/unread`,
		configuration: unknownShare(of, why, resource.resourceId),
		unread: refusal === undefined ? {} : {[refusal.iamAction]: refusal},
		readAt: {},
	};
};

/**
 * Rows for what is there while it is not known with whom it is shared: one each, but a single one for a Region where an
 * operation was refused for all of them, or where they wait for their turn: thousands that are all unknown tell no more.
 */
export const sharingGaps = (inputs: Inputs, all: readonly Shareable[]): readonly Resource<Share>[] => {
	const totals = new Map<string, number>();
	const blind = new Map<string, Blind[]>();
	for (const thing of all) {
		const place = `${thing.resource.awsRegion} ${thing.of}`;
		totals.set(place, (totals.get(place) ?? 0) + 1);
		const found = blindness(thing);
		if (found !== undefined) {
			const {refusal, operation} = found;
			const kind = `${place} ${operation} ${refusal?.status ?? ''}`;
			const known = blind.get(kind) ?? [];
			known.push({thing, ...found});
			blind.set(kind, known);
		}
	}

	return [...blind.values()].flatMap(same => {
		const [first] = same;
		if (first?.refusal === undefined) {
			return same.map(ownRow);
		}

		const {of, resource} = first.thing;
		const total = totals.get(`${resource.awsRegion} ${of}`) ?? 0;
		const isForAll = first.refusal.status === 'pending' || (same.length === total && total > 1);
		const many = `${same.length} of ${total} ${of}s`;
		return isForAll
			? [
					regionRow(
						inputs,
						of,
						resource.awsRegion,
						`with whom ${many} of ${resource.awsRegion} are shared is not known: ${refusalInWords(first.refusal)}`,
						first.refusal,
					),
				]
			: same.map(ownRow);
	});
};
