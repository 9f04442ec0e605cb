import type {Remediation, Resource} from '../../../model/index.js';
import type {Detector} from './detector.js';

export const guide = 'https://docs.aws.amazon.com/guardduty/latest/ug/' as const;
export const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#${control.toLowerCase().replace('.', '-')}`;

/** Where GuardDuty itself is off, one failure says so; a dozen more about its parts would only bury it. */
export const exemptWhenOff = ({configuration: {status}}: Resource<Detector>): string | undefined => {
	switch (status) {
		case 'NONE':
		case 'DELETED':
		case 'DISABLED': {
			return 'GuardDuty itself is off here';
		}

		case 'REPLACED': {
			return 'there is a detector here now, which answers for itself';
		}

		default: {
			return undefined;
		}
	}
};

export const withoutStop = (text: string): string => text.replace(/[.\s]+$/u, '');
