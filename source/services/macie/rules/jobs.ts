import {type Answer, answer, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import type {Job} from './session.js';

export const jobRuns: Rule<Job> = {
	id: 'macie-job-successful',
	title: 'Jobs run, and look at all that they should',
	severity: 'LOW',
	published: unpublished,
	rationale: 'A bucket that a job should look into counts as watched, also while the job is paused or may not open its objects.',
	remediation: {
		text: 'Resume a job that is paused; one that stays paused for 30 days is cancelled. After errors, look at its log in CloudWatch Logs: usually a key policy keeps Macie out.',
		// The id stands outside of quotes: the view quotes it itself.
		cli: 'aws macie2 describe-classification-job --job-id {id} --region {region}',
		url: `${guide}discovery-jobs-monitor-cw-logs.html`,
	},
	reads: ['ListClassificationJobs'],
	evaluate({configuration: {status, errors}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(
				verdict,
				reason,
				'ListClassificationJobs',
				'not paused, last run without errors',
				`${status ?? 'no status'}, errors ${errors ?? 'not told'}`,
			);
		switch (status) {
			case 'CANCELLED': {
				return is('NOT_APPLICABLE', 'the job was cancelled');
			}

			case 'PAUSED': {
				return is('FAIL', 'the job is paused: the month’s quota of discovery is used up');
			}

			case 'USER_PAUSED': {
				return is('FAIL', 'somebody paused the job: after 30 days Macie cancels it');
			}

			case 'RUNNING':
			case 'IDLE':
			case 'COMPLETE': {
				if (errors === 'NONE')
					return is('PASS', status === 'COMPLETE' ? 'the job ran to its end without errors' : 'the job runs without errors');
				return errors === 'ERROR'
					? is('FAIL', 'its last run met errors: some objects were not looked at')
					: is('UNKNOWN', `Macie does not say whether the last run met errors${errors === undefined ? '' : `, but ${errors}`}`);
			}

			default: {
				return is('UNKNOWN', `Macie gives the status of the job as ${status ?? 'nothing'}, which is not known here`);
			}
		}
	},
};
