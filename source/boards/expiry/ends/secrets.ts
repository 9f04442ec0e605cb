import {hourMs, msBetween} from '../../../model/index.js';
import type {Secret} from '../../../services/secretsmanager/rules/secret.js';
import type {Parameter} from '../../../services/ssm/rules/parameter.js';
import type {EndResource} from '../end.js';
import {byAction} from '../refused.js';
import {toUsers, untold} from '../users.js';
import {hasFailed, type Sources, toRow} from './common.js';

const unseen = untold('which applications read it is told by no API');

export function* secretEnds({inputs, toldOf}: Sources): Generator<EndResource> {
	for (const joined of inputs.of<Secret>('AWS::SecretsManager::Secret')) {
		const {resource, expirations} = joined;
		const {awsRegion, configuration, unread} = resource;
		const {deletedAt, replicas, primaryRegion, owningService} = configuration;
		for (const {at} of expirations) {
			if (deletedAt === undefined) {
				// NextRotationDate is the end of the window: what is after it is late.
				const isLate = msBetween(at, inputs.now) > hourMs || hasFailed(joined, 'secretsmanager-secret-rotation-on-schedule');
				yield toRow(joined, {
					what: 'secret rotation',
					at,
					renewal: isLate ? 'stuck' : 'itself',
					how: isLate ? 'its rotation is stuck' : 'Secrets Manager rotates it',
					users: unseen,
					told: toldOf([{topic: 'secrets', event: 'failed rotations'}], awsRegion),
				});
				continue;
			}

			// Replicas are all that is known to depend on a secret; only a primary has any.
			const isPrimary = primaryRegion === awsRegion;
			yield toRow(joined, {
				what: 'secret (deletion)',
				at,
				renewal: 'never',
				how: owningService === undefined ? 'marked for deletion' : `${owningService} marked it for deletion`,
				users:
					isPrimary && (replicas === undefined || replicas.length > 0)
						? toUsers(
								(replicas ?? []).map(replica => `replica in ${replica.awsRegion}`),
								replicas === undefined ? byAction([unread['DescribeSecret']]) : {},
							)
						: unseen,
				told: toldOf([{topic: 'secrets', event: 'deletions of secrets'}], awsRegion),
			});
		}
	}
}

export function* parameterEnds({inputs, toldOf}: Sources): Generator<EndResource> {
	for (const joined of inputs.of<Parameter>('AWS::SSM::Parameter')) {
		const {awsRegion, configuration} = joined.resource;
		const {policies = [], sharedBy} = configuration;
		const isNoted = policies.some(({type}) => type === 'ExpirationNotification');
		const event = 'policies of parameters';
		for (const {at} of joined.expirations) {
			yield toRow(joined, {
				what: 'parameter (deletion)',
				at,
				renewal: 'never',
				how: 'Parameter Store deletes it then',
				users: unseen,
				...(sharedBy === undefined
					? {
							told: isNoted
								? toldOf([{topic: 'parameters', event}], awsRegion)
								: {
										told: {event, verdict: 'nobody', by: [], to: [], because: 'it has no ExpirationNotification'},
										unread: {},
									},
						}
					: {eventless: `shared by account ${sharedBy}, which is told`}),
			});
		}
	}
}
