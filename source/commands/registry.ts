import {boards} from '../boards/index.js';
import {groundwork} from '../collect/groundwork.js';
import {watchedBoards} from '../daemon/join-boards.js';
import type {Board, Config, Judged, Service} from '../model/index.js';
import {services} from '../services/index.js';
import type {Asking} from './iam-policy.js';

export {boards} from '../boards/index.js';
export {services} from '../services/index.js';

/** Everything that has a panel and rules: boards first, as on the screen. */
export const judged: readonly Judged[] = [...boards, ...services];

/** Everything that is ever asked of AWS: the services, and who we are and which Regions there are. */
export const asking: readonly Asking[] = [...services, ...groundwork];

/** The services that the configuration watches. */
export const watchedServices = ({services: ids}: Pick<Config, 'services'>): readonly Service[] =>
	ids === undefined ? services : services.filter(({id}) => ids.includes(id));

/** The boards that have something to join. */
export const boardsOf = (watched: readonly Service[]): readonly Board[] => watchedBoards(boards, watched);
