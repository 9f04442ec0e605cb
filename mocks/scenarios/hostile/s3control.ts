import type {S3ControlState} from '../../services/s3control.js';
import type {Populate} from '../scenario.js';

/** Four switches hold no text: all that can be hostile of them is that they are off. */
export const populate: Populate<S3ControlState> = () => ({
	publicAccessBlock: {BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false},
});
