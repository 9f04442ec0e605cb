import * as z from 'zod';
import {changeTypes, findingSources, marks, outcomeStatuses, severities, verdicts} from '../model/index.js';

const time = z.iso.datetime({offset: true}).meta({description: 'ISO 8601'});
const percent = z.number().min(0).max(100).nullable().meta({description: '0 to 100, or null where nothing was answered'});
const amount = z.int().nonnegative();
const severity = z.enum(severities);
const verdict = z.enum(verdicts);
const facts = z.record(z.string(), z.json());

const refusal = z.strictObject({
	operation: z.string(),
	status: z.enum([...outcomeStatuses, 'pending']).exclude(['ok', 'partial']),
	iamAction: z.string().meta({description: 'The permission that would allow it'}),
	error: z.string(),
	message: z.string(),
	explicitDeny: z.boolean().meta({description: 'A policy forbids it outright: granting the permission is not enough'}),
});

const outcome = z.strictObject({
	status: z.enum(outcomeStatuses),
	durationMs: z.number().nonnegative(),
	calls: amount,
	reason: z.string().nullable(),
	refusals: z.array(refusal.extend({count: amount})),
});

const snapshot = z.strictObject({
	accountId: z.string(),
	awsRegion: z.string(),
	service: z.string(),
	capturedAt: time.nullable().meta({description: 'When its facts were last confirmed as a whole; null before the first success'}),
	attemptedAt: time,
	stale: z.boolean().meta({description: 'Its facts are older than twice its interval, or were never read'}),
	outcome,
	counts: z.strictObject({resources: amount, reportedFindings: amount}),
});

const reference = z.strictObject({
	arn: z.string(),
	resourceType: z.string(),
	resourceId: z.string(),
	resourceName: z.string(),
	accountId: z.string(),
	awsRegion: z.string(),
});

const resource = reference.extend({
	service: z.string(),
	tags: z.record(z.string(), z.string()).meta({description: 'As listings tell them; empty too for the services whose tags are not read'}),
	configuration: z.json().meta({description: 'Facts as read. What could not be read is absent here and named in unread'}),
	unread: z.array(refusal),
	capturedAt: time.nullable(),
	readAt: z.record(z.string(), time).meta({description: 'When a fact was read, by operation, where that was not at capturedAt'}),
	firstObservedAt: time,
	usdPerMonth: z.number().nonnegative(),
});

const finding = z.strictObject({
	id: z.string().meta({description: 'Unique in this document, and the same in the next as long as the finding is the same'}),
	source: z.enum(findingSources),
	service: z.string(),
	ruleId: z.string().nullable().meta({description: 'The rule, or null where a service reported the finding itself'}),
	securityControlIds: z.array(z.string()),
	title: z.string(),
	verdict,
	severity,
	reason: z.string().meta({description: 'What is, as a sentence'}),
	evidence: z.strictObject({expected: z.string(), observed: z.string(), operation: z.string(), readAt: time.nullable()}).nullable(),
	resource: reference,
	firstObservedAt: time.meta({description: 'Since when this verdict at this severity stands'}),
	lastObservedAt: time.nullable(),
	muted: z.boolean(),
	remediation: z
		.strictObject({text: z.string(), cli: z.string().nullable(), url: z.string().nullable()})
		.nullable()
		.meta({description: 'What to do. Null where a rule says PASS or NOT_APPLICABLE, and where a service recommends nothing'}),
	lastKnown: z
		.strictObject({verdict, severity, firstObservedAt: time})
		.nullable()
		.meta({description: 'What was last known where the verdict is UNKNOWN'}),
	reported: z
		.strictObject({
			id: z.string(),
			type: z.string(),
			score: z.number().nullable(),
			recordState: z.enum(['active', 'archived', 'suppressed', 'closed', 'sample']),
			marks: z.array(z.enum(marks)),
			updatedAt: time,
			details: facts,
		})
		.nullable()
		.meta({description: 'What the reporting service said besides; null for rules'}),
});

const expiration = z.strictObject({
	service: z.string(),
	accountId: z.string(),
	awsRegion: z.string(),
	resourceName: z.string(),
	what: z.string(),
	at: time,
	stale: z.boolean(),
});

const side = z.strictObject({verdict, severity, reason: z.string()}).nullable();
const change = z.strictObject({
	sequence: amount,
	at: time,
	type: z.enum(changeTypes),
	service: z.string(),
	accountId: z.string(),
	awsRegion: z.string(),
	resourceName: z.string(),
	ruleId: z.string().nullable(),
	title: z.string(),
	before: side,
	after: side,
});

/** What `export --format json` writes. New members may come within a version; what is here stays as it is. */
export const exportSchema = z
	.strictObject({
		schemaVersion: z.literal(1),
		generatedAt: time.meta({description: 'When the newest fact in here was read or tried, so that the same cache gives the same bytes'}),
		account: z.strictObject({accountId: z.string(), partition: z.string(), alias: z.string().nullable()}).nullable(),
		score: z.strictObject({
			percent,
			counts: z
				.strictObject({
					critical: amount,
					high: amount,
					medium: amount,
					low: amount,
					informational: amount,
					pass: amount,
					notApplicable: amount,
					muted: amount,
				})
				.meta({description: 'Failures by severity, and the rest. Muted, archived and sample findings count only as such'}),
			trend: z.array(z.strictObject({at: time, percent: z.number(), coverage: z.number()})),
		}),
		coverage: z.strictObject({percent, unknown: amount, staleSnapshots: amount, incompleteSnapshots: amount}),
		snapshots: z.array(snapshot),
		resources: z.array(resource),
		findings: z.array(finding),
		expirations: z.array(expiration),
		changes: z.array(change),
	})
	.meta({title: 'Vedette export', description: 'The security posture of AWS accounts as Vedette last saw it'});

export type ExportDocument = z.infer<typeof exportSchema>;
export type ExportedSnapshot = z.infer<typeof snapshot>;
export type ExportedFinding = z.infer<typeof finding>;
export type ExportedExpiration = z.infer<typeof expiration>;
export type ExportedChange = z.infer<typeof change>;
export type ExportedRefusal = z.infer<typeof refusal>;

/** The JSON Schema (draft 2020-12) of the export, as published in the package. Readers must bear members they do not know. */
export const exportJsonSchema = (): Readonly<Record<string, unknown>> =>
	z.toJSONSchema(exportSchema, {
		target: 'draft-2020-12',
		override({jsonSchema}) {
			// Members may be added within a version: who reads by this schema must not refuse them.
			if (jsonSchema.additionalProperties === false) {
				delete jsonSchema.additionalProperties;
			}

			// The format says it; the pattern would say it again, in four lines, at each of forty times.
			if (jsonSchema.format === 'date-time') {
				delete jsonSchema.pattern;
			}
		},
	});
