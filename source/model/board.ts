import type {Mute} from './config.js';
import type {ResourceEntry} from './entry.js';
import type {Refusal, Resource, ResourceType} from './resource.js';
import type {Judged} from './service.js';

/** A type of resource that a board joins, and the service that brings it. */
export type BoardInput = {readonly service: string; readonly resourceType: ResourceType};

/** A resource as the cache holds it: what was read, what its rules say, what ends when. */
export type Joined<Configuration = unknown> = ResourceEntry & {readonly resource: Resource<Configuration>};

/** What a board is given: all that the cache holds of its inputs, and where that is not all there is. */
export type Inputs = {
	readonly accountId: string;
	readonly partition: string;
	/** The moment of joining, ISO 8601. Boards have no other clock. */
	readonly now: string;
	/** The Regions that are watched. Global services are watched beside them. */
	readonly regions: readonly string[];
	/** Accounts and organizations of the configuration that may be named without remark. */
	readonly trustedAccounts: readonly string[];
	/** The configuration's mutes, those that have ended among them. */
	readonly mutes: readonly Mute[];
	/** Every resource of an input, in all Regions, in the order of their keys. The configuration's type is the caller's promise. */
	of<Configuration>(resourceType: ResourceType): ReadonlyArray<Joined<Configuration>>;
	/**
	 * Why what `of` gives is not all that a listing would bring: the service is not watched, was never read whole there, or
	 * one of the named operations was refused. Undefined where nothing is missing. Without a Region: the first of any Region.
	 * Whatever a board concludes from something not being there, it must first ask this.
	 */
	gap(service: string, operations: readonly string[], awsRegion?: string): Refusal | undefined;
	/**
	 * How many calls the collections of a service send in thirty days, in all Regions, by what they sent so far; what is
	 * asked in the background at a slow operation's pace is not among them. Undefined, or absent, while that was not
	 * metered for a day in every Region: a first collection asks for all that later ones take from the cache.
	 */
	callsPerMonth?(service: string): number | undefined;
};

/**
 * A view that joins several services. Its rows are resources of its own, judged, kept, compared and exported like any
 * other; in their `unread` the names are IAM actions, such as `kms:GetKeyPolicy`, for rules to name in `reads`.
 */
export type Board = Judged & {
	readonly inputs: readonly BoardInput[];
	/**
	 * The rows. Pure, and quick: 10,000 resources in 50 ms. What could not be read of an input is UNKNOWN in the cells that
	 * rest on it, and in no others.
	 */
	join(inputs: Inputs): Iterable<Resource>;
};

/** Boards call nothing: what they are judged by was read by services. */
export const defineBoard = (board: Omit<Board, 'iamPrefix' | 'operations'>): Board => ({...board, iamPrefix: '', operations: {}});

/** Whether a kind is of a board: what its rows say has its source in other resources, which say it too. */
export const isBoardKind = (resourceType: string): boolean => resourceType.startsWith('Vedette::');

/** Where the rows of boards are kept: they belong to no one Region. */
export const boardRegion = 'global';
