import {groundwork} from '../collect/groundwork.js';
import type {Config, Service} from '../model/index.js';
import {services} from '../services/index.js';
import type {Asking} from './iam-policy.js';

export {services} from '../services/index.js';

/** Everything that is ever asked of AWS: the services, and who we are and which Regions there are. */
export const asking: readonly Asking[] = [...services, ...groundwork];

/** The services that the configuration watches. */
export const watchedServices = ({services: ids}: Pick<Config, 'services'>): readonly Service[] =>
	ids === undefined ? services : services.filter(({id}) => ids.includes(id));
