import type {NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';
import {imported} from './material.js';
import {multiRegion} from './multi-region.js';
import {rotating} from './rotation.js';
import {shared} from './sharing.js';
import {troubled} from './trouble.js';

export const virginiaKeys = (place: Place): NamedKeys => [
	...rotating(place),
	...imported(place),
	...troubled(place),
	...shared(place),
	...multiRegion(place),
];
