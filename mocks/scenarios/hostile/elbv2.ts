import {type ElbState, forwardTo, host, https, listener, loadBalancer, path, redirectTo, targetGroup} from '../../services/elbv2-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** AWS allows anything in tags and conditions of rules. The rest is what something that only says it is AWS would send. */
export const populate: Populate<ElbState> = place => ({
	loadBalancers: [
		...hostileStrings.map((text, index) =>
			loadBalancer(place, `edge-${index}`, {
				name: text,
				stateReason: hostileAt(index + 1),
				state: index % 3 === 0 ? 'failed' : 'active',
				tags: {[`owner ${hostileAt(index + 2)}`.slice(0, 128)]: text},
				attributes: {
					'access_logs.s3.enabled': 'true',
					'access_logs.s3.bucket': text,
					'routing.http.desync_mitigation_mode': hostileAt(index + 3),
				},
				listeners: [
					listener(place, 'HTTP', 80, redirectTo('HTTPS'), {rules: [[index % 2 === 0 ? path(text) : host(text), forwardTo(place, 'web')]]}),
					https(place, `arn:aws:acm:us-east-1:666666666666:certificate/${text}`, 'web', {sslPolicy: hostileAt(index + 4)}),
				],
			}),
		),
		loadBalancer(place, 'edge', {dnsName: hostileMegabyte, listeners: [listener(place, 'HTTP', 80, forwardTo(place, 'web'))]}),
	],
	targetGroups: [targetGroup(place, 'web')],
	refused: {},
});
