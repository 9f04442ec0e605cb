import type {Remediation, Resource} from '../../../model/index.js';
import type {Session} from './session.js';

export const guide = 'https://docs.aws.amazon.com/macie/latest/user/' as const;
export const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/macie-controls.html#${control.toLowerCase().replace('.', '-')}`;

/** Where Macie itself is off, one failure says so; more about its parts would only bury it. */
export const exemptWhenOff = ({configuration: {status}}: Resource<Session>): string | undefined =>
	status === 'DISABLED' ? 'Macie itself is off here' : status === 'PAUSED' ? 'Macie itself is paused here' : undefined;
