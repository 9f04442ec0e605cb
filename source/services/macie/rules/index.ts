import type {Rule} from '../../../model/index.js';
import type {Backlog} from './backlog.js';
import {bucketMonitored, bucketReadable, sensitivePrivate} from './buckets.js';
import {discoveryEnabled, findingsPublished, resultsKept, sessionEnabled} from './enabled.js';
import {jobRuns} from './jobs.js';
import {centrallyManaged, membersEnabled} from './organisation.js';
import type {Bucket, Job, Session} from './session.js';
import {findingsTriaged} from './triage.js';

export const sessionRules: ReadonlyArray<Rule<Session>> = [
	sessionEnabled,
	discoveryEnabled,
	resultsKept,
	findingsPublished,
	centrallyManaged,
	membersEnabled,
];
export const bucketRules: ReadonlyArray<Rule<Bucket>> = [sensitivePrivate, bucketReadable, bucketMonitored];
export const jobRules: ReadonlyArray<Rule<Job>> = [jobRuns];
export const backlogRules: ReadonlyArray<Rule<Backlog>> = [findingsTriaged];
