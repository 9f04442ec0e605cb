import type {Remediation, Resource} from '../../../model/index.js';
import type {Activation} from './activation.js';

export const guide = 'https://docs.aws.amazon.com/inspector/latest/user/' as const;
export const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/inspector-controls.html#${control.toLowerCase().replace('.', '-')}`;

/** Where Inspector itself is off, one failure says so; a dozen more about its parts would only bury it. */
export const exemptWhenOff = ({configuration: {status}}: Resource<Activation>): string | undefined =>
	status === 'DISABLED' ? 'Inspector itself is off here' : undefined;
