import type {Rule} from '../../../model/index.js';
import type {End} from '../end.js';
import {announced} from './announced.js';
import {configAgrees} from './config-agrees.js';
import {handled} from './handled.js';

/** What should be true of what ends, most pressing first. */
export const endRules: ReadonlyArray<Rule<End>> = [handled, announced, configAgrees];
