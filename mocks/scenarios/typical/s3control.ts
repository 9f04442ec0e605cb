import type {S3ControlState} from '../../services/s3control.js';
import type {Populate, Timeline} from '../scenario.js';

const lifted = {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: false};

/** Half of the block was lifted for one public bucket, and left so for all. */
export const populate: Populate<S3ControlState> = place => (place.awsRegion === 'us-east-1' ? {publicAccessBlock: {...lifted}} : undefined);

/** There is one block in an account: that it is whole, and that it may not be read, can only come one after the other. */
export const timeline: Timeline<S3ControlState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 110,
			what: 'the account blocks public access to all of its buckets',
			awsRegion: 'us-east-1',
			apply(state) {
				state.publicAccessBlock = {...lifted, BlockPublicPolicy: true, RestrictPublicBuckets: true};
			},
		},
		{
			atSeconds: 190,
			what: 'a permissions boundary forbids reading the account’s block',
			awsRegion: 'us-east-1',
			apply(state) {
				state.refused = 'explicit-deny-in-permissions-boundary';
			},
		},
		{
			atSeconds: 270,
			what: 'the block may be read again, and half of it is lifted',
			awsRegion: 'us-east-1',
			apply(state) {
				state.refused = undefined;
				state.publicAccessBlock = {...lifted};
			},
		},
	],
};
