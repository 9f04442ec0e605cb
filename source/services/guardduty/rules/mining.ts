import {answer, plural, type Rule, unpublished} from '../../../model/index.js';

/** Who mines on this account's bill now, by GuardDuty's active findings. Kept up to date by each delta. */
export type Mining = {
	/** Absent: the findings could not be read. At most fifty; `count` says how many there are. */
	readonly miners?: ReadonlyArray<{readonly id: string; readonly on: string}>;
	readonly count?: number;
};

const named = (names: readonly string[]): string =>
	names.length < 3 ? names.join(' and ') : `${names.slice(0, 2).join(', ')} and ${plural(names.length - 2, 'other')}`;

/**
 * GuardDuty's criteria know no patterns: types by name. Attack sequences mine or do not, which their indicators tell, and
 * no criterion asks for those. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
const listed = JSON.stringify({
	Criterion: {
		'service.archived': {Equals: ['false']},
		type: {
			Equals: [
				'CryptoCurrency:EC2/BitcoinTool.B',
				'CryptoCurrency:EC2/BitcoinTool.B!DNS',
				'CryptoCurrency:Lambda/BitcoinTool.B',
				'CryptoCurrency:Runtime/BitcoinTool.B',
				'CryptoCurrency:Runtime/BitcoinTool.B!DNS',
				'Impact:EC2/BitcoinDomainRequest.Reputation',
				'Impact:Runtime/BitcoinDomainRequest.Reputation',
				'Impact:Runtime/CryptoMinerExecuted',
				'AttackSequence:EC2/CompromisedInstanceGroup',
				'AttackSequence:ECS/CompromisedCluster',
				'AttackSequence:EKS/CompromisedCluster',
				'AttackSequence:IAM/CompromisedCredentials',
				'AttackSequence:S3/CompromisedData',
			],
		},
	},
});

/**
 * The one rule that asks about findings themselves: mining is never business as usual in an account that did not ask for
 * it, and GuardDuty calls it HIGH only, unless it is a step of an attack sequence. It says so once a Region, whatever the
 * number of findings.
 */
export const miningAbsent: Rule<Mining> = {
	id: 'guardduty-crypto-mining-absent',
	title: 'Nobody mines cryptocurrency here',
	severity: 'CRITICAL',
	published: unpublished,
	rationale:
		'Whoever mines has found a way in and runs code on your bill. What else the same hole is used for is not seen as easily. GuardDuty has findings of its own for it.',
	remediation: {
		text: 'Isolate each miner, keep a snapshot of its disks, revoke the credentials of its role, and look for instances that were started in other Regions. Archive the finding when it is dealt with. The command lists every attack sequence, of which not all mine.',
		cli: `aws guardduty list-findings --detector-id "$(aws guardduty list-detectors --query 'DetectorIds[0]' --output text --region {region})" --finding-criteria '${listed}' --region {region}`,
		url: 'https://docs.aws.amazon.com/guardduty/latest/ug/compromised-ec2.html',
	},
	note: 'The findings are listed as well, with the severity that GuardDuty gives them: HIGH, and mostly CRITICAL for attack sequences. Archived and sample findings do not count.',
	reads: ['ListFindings', 'GetFindings'],
	evaluate({configuration: {miners, count = 0}}) {
		const is = (verdict: 'PASS' | 'FAIL' | 'UNKNOWN', reason: string, observed: string) =>
			answer(verdict, reason, 'GetFindings', 'no active finding about mining', observed);
		if (miners === undefined) return is('UNKNOWN', 'the findings could not be read as a whole', 'no list');
		if (count === 0) return is('PASS', 'no active finding speaks of mining', 'none');
		const names = [...new Set(miners.map(({on}) => on))];
		return is(
			'FAIL',
			`${named(names)} ${names.length === 1 ? 'mines' : 'mine'} cryptocurrency, GuardDuty says`,
			plural(count, 'active finding'),
		);
	},
};

export const miningRules: ReadonlyArray<Rule<Mining>> = [miningAbsent];
