import {type AcmState, certificate, users} from '../../services/acm-state.js';
import type {Populate} from '../scenario.js';

/** ACM takes an imported certificate's subject as it stands: whoever made the certificate chose every character of it. */
const names = [
	'\u001b[2J\u001b[H\u001b[31mall is well\u001b[0m',
	'\u001b]0;owned\u0007.acme.com',
	'\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\',
	'\u202emoc.emca.ipa',
	'a\u200bp\u200di.acme.com',
	'pay\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301.acme.com',
	'line\r\nbreak.acme.com',
	'=HYPERLINK("http://evil.example","api.acme.com")',
	'<script>alert(1)</script>.acme.com',
	'#[fg=red]tmux.acme.com',
	'\u{e0041}\u{e0042}tag.acme.com',
	'`$(touch /tmp/owned)`.acme.com',
	"'; aws acm delete-certificate; '",
] as const;

export const populate: Populate<AcmState> = place => {
	const {loadBalancer} = users(place);
	return {
		certificates: [
			...names.map((name, index) =>
				certificate(place, name, {
					type: 'IMPORTED',
					alternatives: names.slice(0, index),
					endsInDays: 3 + index * 4,
					inUseBy: [loadBalancer('edge')],
					issuer: {organization: name, commonName: name},
				}),
			),
			certificate(place, `${'x'.repeat(1_000_000)}.acme.com`, {type: 'IMPORTED', endsInDays: 5, inUseBy: [loadBalancer('edge')]}),
			certificate(place, 'tomorrow.acme.com', {type: 'IMPORTED', keyAlgorithm: 'ML_DSA_65', endsInDays: 300}),
		],
		daysBeforeExpiry: 1,
		refused: {},
	};
};
