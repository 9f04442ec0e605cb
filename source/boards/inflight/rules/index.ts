import type {Rule} from '../../../model/index.js';
import type {EntryPoint} from '../entry-point.js';
import {certificateSound} from './certificate.js';
import {encrypted} from './encrypted.js';
import {namesCovered} from './names.js';
import {pathEncrypted} from './path.js';

/** What should be true of an entry point, most pressing first. */
export const entryRules: ReadonlyArray<Rule<EntryPoint>> = [certificateSound, encrypted, namesCovered, pathEncrypted];
