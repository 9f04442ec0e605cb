import {type ShieldState, standard} from '../../services/shield-state.js';
import type {Populate} from '../scenario.js';

/** A small account has Shield Standard, and needs no more. */
export const populate: Populate<ShieldState> = () => standard();
