import type {Rule} from '../../../model/index.js';
import {deletionProtected, desyncMitigated, dropsInvalidHeaders, logsRequests, wafFailsClosed} from './attributes.js';
import {encrypted} from './encryption.js';
import type {Listener} from './listener.js';
import type {LoadBalancer} from './load-balancer.js';
import {clientsVerified} from './mutual-tls.js';
import {redirects} from './redirect.js';
import {ableToScale, spansZones} from './resilience.js';
import {forwardSecrecy, postQuantum, tlsCurrent} from './tls.js';
import {wafPossible} from './waf.js';

/** What should be true of a load balancer, most pressing first. */
export const loadBalancerRules: ReadonlyArray<Rule<LoadBalancer>> = [
	ableToScale,
	dropsInvalidHeaders,
	desyncMitigated,
	logsRequests,
	deletionProtected,
	spansZones,
	wafFailsClosed,
	wafPossible,
];

/** What should be true of a listener, most pressing first. */
export const listenerRules: ReadonlyArray<Rule<Listener>> = [
	redirects,
	encrypted,
	tlsCurrent,
	clientsVerified,
	forwardSecrecy,
	postQuantum,
];
