import {allFour} from '../../services/s3-state.js';
import type {S3ControlState} from '../../services/s3control.js';
import type {Populate} from '../scenario.js';

/** The account blocks public access to all of its buckets. */
export const populate: Populate<S3ControlState> = () => ({publicAccessBlock: {...allFour}});
