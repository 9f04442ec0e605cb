import type {Rule} from '../../../model/index.js';
import type {Cluster} from './cluster.js';
import {globalEncrypted, globalHasSecondary, globalInStep, globalOwnKey, globalProtected} from './global.js';
import type {GlobalCluster} from './global-cluster.js';
import {encrypted, ownKey, protectedFromDeletion, spansZones} from './member.js';

/** What should be true of a global database, most pressing first. */
export const globalClusterRules: ReadonlyArray<Rule<GlobalCluster>> = [
	globalEncrypted,
	globalInStep,
	globalOwnKey,
	globalHasSecondary,
	globalProtected,
];

/** What should be true of each of its clusters, most pressing first. */
export const clusterRules: ReadonlyArray<Rule<Cluster>> = [encrypted, spansZones, ownKey, protectedFromDeletion];
