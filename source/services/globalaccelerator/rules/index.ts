import type {Rule} from '../../../model/index.js';
import type {Accelerator} from './accelerator.js';
import {enabled, flowLogs} from './keeping.js';
import {clientIpPreserved, endpointsHealthy} from './traffic.js';

/** What should be true of an accelerator, most pressing first. */
export const acceleratorRules: ReadonlyArray<Rule<Accelerator>> = [endpointsHealthy, clientIpPreserved, flowLogs, enabled];
