import type {Refusal, Resource, ResourceType} from '../../../model/index.js';
import type {Backlog} from '../rules/backlog.js';
import type {Detector} from '../rules/detector.js';
import type {Mining} from '../rules/mining.js';

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const nothingUnread: Read = {unread: {}, readAt: {}};

const resourceOf = <C>(
	{accountId, awsRegion, partition}: Place,
	resourceType: ResourceType,
	arn: string,
	names: {readonly resourceId: string; readonly resourceName: string; readonly tags?: Readonly<Record<string, string>>},
	configuration: C,
	{unread, readAt}: Read,
): Resource<C> => ({
	arn: `arn:${partition}:guardduty:${awsRegion}:${accountId}:${arn}`,
	resourceType,
	resourceId: names.resourceId,
	resourceName: names.resourceName,
	accountId,
	awsRegion,
	tags: names.tags ?? {},
	configuration,
	unread,
	readAt,
});

export const detectorResource = (
	place: Place,
	detectorId: string,
	configuration: Detector,
	tags: Readonly<Record<string, string>>,
	read: Read,
): Resource<Detector> =>
	resourceOf(
		place,
		'AWS::GuardDuty::Detector',
		`detector/${detectorId}`,
		{resourceId: detectorId, resourceName: `detector ${detectorId.slice(0, 8)}`, tags},
		configuration,
		read,
	);

/** The id of what stands for a detector that is not there. */
export const standInId = 'none';

/**
 * Stands for a detector that is not there, so that its absence fails a rule and does not pass for calm: for the one that
 * was there at the last look, under its own id, else for none in particular. `REPLACED` says that there is another one
 * now; the next full collection takes the stand-in away.
 */
export const standInResource = (place: Place, id: string, isReplaced: boolean): Resource<Detector> =>
	id === standInId
		? resourceOf(
				place,
				'AWS::GuardDuty::Detector',
				'detector',
				{resourceId: standInId, resourceName: 'no detector'},
				{status: isReplaced ? 'REPLACED' : 'NONE'},
				nothingUnread,
			)
		: detectorResource(place, id, {detectorId: id, status: isReplaced ? 'REPLACED' : 'DELETED'}, {}, nothingUnread);

export const backlogResource = (place: Place, detectorId: string, configuration: Backlog, read: Read): Resource<Backlog> =>
	resourceOf(
		place,
		'AWS::GuardDuty::FindingBacklog',
		`detector/${detectorId}/finding`,
		{resourceId: `${detectorId}/finding`, resourceName: 'findings to triage'},
		configuration,
		read,
	);

export const miningResource = (place: Place, detectorId: string, configuration: Mining, read: Read): Resource<Mining> =>
	resourceOf(
		place,
		'AWS::GuardDuty::CryptoMining',
		`detector/${detectorId}/mining`,
		{resourceId: `${detectorId}/mining`, resourceName: 'crypto mining'},
		configuration,
		read,
	);
