import {byUpdate, classificationFinding, type MacieState} from '../../services/macie-state.js';
import type {Step, Timeline} from '../scenario.js';

const step = (awsRegion: string, atSeconds: number, what: string, apply: Step<MacieState>['apply']): Step<MacieState> => ({
	awsRegion,
	atSeconds,
	what,
	apply,
});

/** Somebody leaves passports in a bucket, the public bucket is closed and opened again, and Ireland goes without Macie for a while. */
export const timeline: Timeline<MacieState> = {
	roundSeconds: 300,
	steps: [
		step('us-east-1', 65, 'Macie finds passports in acme-crm-backup', (state, moment) => {
			const found = classificationFinding(moment, `passports/${moment.round}`, {
				type: 'SensitiveData:S3Object/Personal',
				severity: 'High',
				bucket: 'acme-crm-backup',
				key: `scans/${moment.round}.csv`,
				category: 'PERSONAL_INFORMATION',
				found: [['USA_PASSPORT_NUMBER', 40 + (moment.round % 50)]],
				createdHoursAgo: 0,
			});
			// Rounds follow each other for days: the newest fifty are enough.
			state.findings = byUpdate([...state.findings, found]).slice(-50);
		}),
		step('us-east-1', 120, 'acme-exports is closed to the public', state => {
			state.buckets = state.buckets.map(bucket =>
				bucket.bucketName === 'acme-exports' ? {...bucket, publicAccess: {effectivePermission: 'NOT_PUBLIC'}} : bucket,
			);
		}),
		step('eu-west-1', 170, 'Macie is paused in Ireland', state => {
			if (state.session !== undefined) state.session = {...state.session, status: 'PAUSED'};
		}),
		step('eu-west-1', 250, 'Macie is resumed in Ireland', state => {
			if (state.session !== undefined) state.session = {...state.session, status: 'ENABLED'};
		}),
		step('us-east-1', 290, 'acme-exports is opened to the public again', state => {
			state.buckets = state.buckets.map(bucket =>
				bucket.bucketName === 'acme-exports' ? {...bucket, publicAccess: {effectivePermission: 'PUBLIC'}} : bucket,
			);
		}),
	],
};
