import {byUpdate, type GuardDutyRecord, type GuardDutyState, guardDutyFinding} from '../../services/guardduty-state.js';
import type {Moment, Step, Timeline} from '../scenario.js';
import {connection, dns, from, instance} from './guardduty-findings.js';

const brute = (moment: Moment, index: number): GuardDutyRecord =>
	guardDutyFinding(moment, `burst/${moment.round}/${index}`, {
		type: index === 0 ? 'CryptoCurrency:EC2/BitcoinTool.B!DNS' : 'UnauthorizedAccess:EC2/SSHBruteForce',
		severity: index === 0 ? 8 : 5,
		title:
			index === 0
				? 'The EC2 instance web-2 is querying a domain name that is associated with Bitcoin-related activity.'
				: `192.0.2.${index} is performing SSH brute force attacks against the EC2 instance web-2.`,
		resource: instance(moment, 'web-2'),
		createdHoursAgo: 0,
		service: index === 0 ? dns('xmr.pool.example') : connection(22, 'INBOUND', from(`192.0.2.${index}`, 'Romania', 'Example Hosting')),
	});

const withStatus = (state: GuardDutyState, status: 'ENABLED' | 'DISABLED'): void => {
	if (state.detector !== undefined) state.detector = {...state.detector, status};
};

// Ids of one round's burst, so that the next archives them.
const burstIds = new WeakMap<GuardDutyState, ReadonlySet<string>>();

const step = (awsRegion: string, atSeconds: number, what: string, apply: Step<GuardDutyState>['apply']): Step<GuardDutyState> => ({
	awsRegion,
	atSeconds,
	what,
	apply,
});

/** A burst comes and is dealt with; somebody suspends a detector and somebody notices; somebody tries the samples. */
export const timeline: Timeline<GuardDutyState> = {
	roundSeconds: 300,
	steps: [
		step('us-east-1', 30, 'GuardDuty finds a burst of attacks on web-2, and that it mines', (state, moment) => {
			const burst = Array.from({length: 8}, (_, index) => brute(moment, index));
			burstIds.set(state, new Set(burst.map(({id}) => id)));
			state.findings = byUpdate([...state.findings, ...burst]);
		}),
		step('eu-west-1', 80, 'the detector in Ireland is suspended', state => withStatus(state, 'DISABLED')),
		step('us-east-1', 130, 'a sample finding is made', (state, moment) => {
			const sample = guardDutyFinding(moment, `sample/${moment.round}`, {
				type: 'Trojan:EC2/DNSDataExfiltration',
				severity: 8,
				title: 'The EC2 instance i-99999999 is exfiltrating data through DNS queries.',
				resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: 'i-99999999'}},
				createdHoursAgo: 0,
				sample: true,
			});
			state.findings = byUpdate([...state.findings.filter(({id}) => id !== sample.id), sample]);
		}),
		step('eu-west-1', 190, 'the detector in Ireland watches again', state => withStatus(state, 'ENABLED')),
		step('us-east-1', 200, 'the organisation lets GuardDuty come on in every account', state => {
			if (state.organization !== undefined) state.organization = {...state.organization, autoEnable: 'ALL'};
		}),
		step('us-east-1', 280, 'the organisation takes that back', state => {
			if (state.organization !== undefined) state.organization = {...state.organization, autoEnable: 'NONE'};
		}),
		step('us-east-1', 240, 'the burst is archived', (state, moment) => {
			const ids = burstIds.get(state) ?? new Set();
			const updatedAtMs = moment.now.getTime();
			const archived = state.findings.map(record => {
				if (!ids.has(record.id) || record.archived) return record;
				const {report} = record;
				return {...record, archived: true, updatedAtMs, report: () => ({...report(), Service: {...report().Service, Archived: true}})};
			});
			// Rounds follow each other for days: what is archived does not pile up.
			const old = archived.filter(({archived: is}) => is).slice(0, -100);
			state.findings = byUpdate(archived.filter(record => !old.includes(record)));
		}),
	],
};
