import type {Resource} from '../../../model/index.js';
import type {Hub} from './hub.js';

export const guide = 'https://docs.aws.amazon.com/securityhub/latest/userguide/' as const;

/** Where Security Hub itself is off, one failure says so; more about its parts would only bury it. */
export const exemptWhenOff = ({configuration: {enabled}}: Resource<Hub>): string | undefined =>
	enabled === false ? 'Security Hub itself is off here' : undefined;
