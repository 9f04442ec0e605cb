import type {Rule} from '../../../model/index.js';
import {grantsAccountsTrusted, policyAccountsTrusted, policyManageable, policyNotPublic} from './access.js';
import type {Key} from './key.js';
import {notPendingDeletion, usable} from './lifecycle.js';
import {materialNotExpiring, materialRotated} from './material.js';
import {replicasConsistent} from './replicas.js';
import {rotationEnabled, rotationOnTime} from './rotation.js';
import {notLeftDisabled, used} from './usage.js';

/** In the order in which a person would ask. */
export const rules: ReadonlyArray<Rule<Key>> = [
	notPendingDeletion,
	usable,
	policyNotPublic,
	policyAccountsTrusted,
	grantsAccountsTrusted,
	policyManageable,
	rotationEnabled,
	rotationOnTime,
	materialNotExpiring,
	materialRotated,
	replicasConsistent,
	used,
	notLeftDisabled,
];
