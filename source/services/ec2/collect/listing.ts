import type {Facts, Resource} from '../../../model/index.js';
import type {Commands, Ec2} from './commands.js';

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

export type Unread = Resource['unread'];

/** What a listing brought. */
export type Listed<T> = {
	/** Absent where it was refused. */
	readonly items?: ReadonlyArray<{readonly id: string; readonly item: T}>;
	/** Whether these are all there are. One without an id is passed over, and must not count as gone. */
	readonly isWhole: boolean;
	/** Why it is not whole. */
	readonly unread: Unread;
};

/** Lists by one operation, on its own: what is refused here costs no other kind of resource. */
export const list = async <T>(
	aws: Ec2,
	operation: keyof Commands,
	ask: (facts: Facts<Commands>) => Promise<readonly T[] | undefined>,
	idOf: (item: T) => string | undefined,
	member: string,
): Promise<Listed<T>> => {
	const facts = aws.facts();
	const answered = await ask(facts);
	if (answered === undefined) {
		return {isWhole: false, unread: facts.unread};
	}

	const items = answered.flatMap(item => {
		const id = idOf(item);
		return id === undefined || id === '' ? [] : [{id, item}];
	});
	if (items.length < answered.length) {
		facts.missing(operation, member);
	}

	return {items, isWhole: items.length === answered.length, unread: facts.unread};
};

/** The refusals among these operations: what one fact of a resource was to be read by. */
export const only = (unread: Unread, ...operations: ReadonlyArray<keyof Commands>): Unread =>
	Object.fromEntries(operations.flatMap(operation => (unread[operation] === undefined ? [] : [[operation, unread[operation]]])));

type Tag = {readonly Key?: string | undefined; readonly Value?: string | undefined};

export const toTags = (tags: readonly Tag[] | undefined): Readonly<Record<string, string>> =>
	Object.fromEntries((tags ?? []).flatMap(({Key, Value}) => (Key === undefined ? [] : [[Key, Value ?? '']])));

/** The Name tag where there is one, as the console has it. */
export const nameOf = (tags: Readonly<Record<string, string>>, otherwise: string): string => {
	const name = Object.hasOwn(tags, 'Name') ? tags['Name'] : undefined;
	return name === undefined || name.trim() === '' ? otherwise : name;
};

/** What makes a resource of an id and what was read of it. */
export const resourceOf = <C>(
	aws: Ec2,
	of: Pick<Resource<C>, 'arn' | 'resourceType' | 'resourceId' | 'configuration'> & {
		readonly name?: string | undefined;
		readonly tags?: Readonly<Record<string, string>>;
		readonly unread?: Unread;
		readonly readAt?: Resource['readAt'];
	},
): Resource<C> => {
	const {name, tags = {}, unread = {}, readAt = {}, ...rest} = of;
	return {
		...rest,
		resourceName: name === undefined || name.trim() === '' ? nameOf(tags, rest.resourceId) : name,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags,
		unread,
		readAt,
	};
};
