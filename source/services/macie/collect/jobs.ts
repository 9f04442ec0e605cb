import type {Yielded} from '../../../model/index.js';
import type {Macie} from './commands.js';
import {jobResource, unreadJobsResource} from './resources.js';

export async function* allJobs(aws: Macie): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListClassificationJobs', {});
	if (!pages) {
		yield {yields: 'resource', resource: unreadJobsResource(aws, facts)};
		return;
	}

	const jobs = pages.flatMap(page => page.items ?? []);
	if (jobs.some(({jobId, name}) => jobId === undefined || name === undefined)) facts.missing('ListClassificationJobs', 'name');
	for (const job of jobs) {
		const {jobId, name, jobStatus, jobType, createdAt, lastRunErrorStatus, userPausedDetails: pause} = job;
		if (jobId === undefined) continue;
		const configuration = {
			...(jobStatus !== undefined && {status: jobStatus}),
			...(jobType !== undefined && {type: jobType}),
			...(createdAt !== undefined && {createdAt}),
			...(lastRunErrorStatus?.code !== undefined && {errors: lastRunErrorStatus.code}),
			...(pause?.jobPausedAt !== undefined && {pausedAt: pause.jobPausedAt}),
			...(pause?.jobExpiresAt !== undefined && {expiresAt: pause.jobExpiresAt}),
		};
		yield {yields: 'resource', resource: jobResource(aws, jobId, name ?? jobId, configuration, facts)};
	}

	yield {yields: 'complete', of: 'AWS::Macie::ClassificationJob'};
}
