import type {Inputs, Joined} from '../../../model/index.js';
import type {createCertificateUsers} from '../certificate-users.js';
import type {createConfigCheck} from '../config-check.js';
import {type End, type EndResource, endType, type Told} from '../end.js';
import type {createKeyUsers} from '../key-users.js';
import type {Unread} from '../refused.js';
import type {ToldOf} from '../told.js';
import type {UsersRead} from '../users.js';

/** What the ends of one account are told by. */
export type Sources = {
	readonly inputs: Inputs;
	readonly certificateUsers: ReturnType<typeof createCertificateUsers>;
	readonly keyUsers: ReturnType<typeof createKeyUsers>;
	readonly configCheck: ReturnType<typeof createConfigCheck>;
	readonly toldOf: ToldOf;
};

/** What a source of ends knows of one; `toRow` adds where it is. */
export type Draft = Pick<End, 'what' | 'at' | 'how' | 'eventless' | 'renewal' | 'config'> & {
	readonly users: UsersRead;
	readonly told?: {readonly told: Told; readonly unread: Unread};
	/** What else could not be read of it, by IAM action. */
	readonly unread?: Unread;
};

/** An end of a thing as a row. Things may have several: each is a row of its own. */
export const toRow = (
	{resource, consolePath}: Pick<Joined, 'resource' | 'consolePath'>,
	{users, told, unread, ...end}: Draft,
): EndResource => {
	const {users: known, usersUntold} = users;
	return {
		...resource,
		resourceType: endType,
		resourceId: `${resource.arn} ${end.what}`,
		configuration: {
			...end,
			of: resource.resourceType,
			page: consolePath,
			...(known !== undefined && {users: known}),
			...(usersUntold !== undefined && {usersUntold}),
			...(told !== undefined && {told: told.told}),
		},
		unread: {...users.unread, ...told?.unread, ...unread},
		readAt: {},
	};
};

/** Whether a rule of the thing's own has failed. Absent where it was not asked. */
export const hasFailed = ({judgements}: Joined, ruleId: string): boolean =>
	judgements.some(judgement => judgement.ruleId === ruleId && judgement.verdict === 'FAIL');
