import type {Rule} from '../../../model/index.js';
import {queryLogging, routedChecked} from './answers.js';
import {canFail, type HealthCheck} from './health-check.js';
import {dnssecSigning} from './signing.js';
import type {HostedZone} from './zone.js';

/** What should be true of a hosted zone, most pressing first. */
export const zoneRules: ReadonlyArray<Rule<HostedZone>> = [dnssecSigning, queryLogging, routedChecked];

/** What should be true of a health check. */
export const healthCheckRules: ReadonlyArray<Rule<HealthCheck>> = [canFail];
