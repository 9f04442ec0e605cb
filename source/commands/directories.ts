import {type Directories, directoriesOf} from '../config/directories.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';

/** Where this watch lives, by flags and environment alone: a viewer that finds its daemon needs no configuration. */
export const directories = (flags: GlobalFlags, io: Io): Directories => directoriesOf(flags, io.environment, io.machine);
