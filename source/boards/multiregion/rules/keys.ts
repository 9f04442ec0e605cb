import {type CommandLine, listed, type Resource, type Rule, refusalInWords, unpublished} from '../../../model/index.js';
import type {KeyMember, KeySet} from '../rows.js';
import {together} from '../words.js';
import {kmsGuide, notApplicable, unknown} from './common.js';

const regionsOf = (members: readonly KeyMember[]): string => together(members.map(({awsRegion}) => awsRegion));

/** What relies on several of them: a global table has its name in each Region. */
const usersInWords = (members: readonly KeyMember[]): string => {
	const names = [...new Set(members.flatMap(({users}) => users))];
	const isCut = names.length > 3 || members.some(({users, userCount}) => userCount > users.length);
	return isCut ? `${names.slice(0, 3).join(', ')} and others` : together(names);
};

const rely = ({users, userCount}: KeyMember): string =>
	userCount > 3 ? `${users.slice(0, 2).join(', ')} and ${userCount - 2} more` : together(users);

/** A key that is lost is enabled by nothing while its deletion is scheduled. */
const bringingBack = ({awsRegion, key}: KeyMember): CommandLine => ({
	cli: `${key.isLost ? 'aws kms cancel-key-deletion --key-id {id} --region {where} && ' : ''}aws kms enable-key --key-id {id} --region {where}`,
	values: {where: awsRegion},
});

const enabledInUse: Rule<KeySet> = {
	id: 'multiregion-key-enabled-in-use',
	title: 'A multi-Region key works in every Region in which something relies on it',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'The keys of a set share their material, and nothing else: each is enabled, disabled and deleted by itself. What one of them encrypts is shut when that one is, however well the others are.',
	remediation: {
		text: 'Enable the key in that Region, or cancel its deletion. If it is to go, first move what relies on it there to another key.',
		cli: 'aws kms enable-key --key-id {id} --region REGION',
		url: `${kmsGuide}/multi-region-keys-overview.html`,
	},
	note: 'Older notes call multi-Region keys one key in many places. They are several keys of one material, managed one by one. Looked for are tables, clusters of global databases, secrets and buckets; volumes, queues and applications may rely on a key too. A key that does not work fails as CRITICAL where it is about to be deleted.',
	reads: [],
	evaluate({configuration: {members}}) {
		const broken = members.filter(({key}) => key.use === 'unusable');
		const evidence = {
			expected: 'KeyState Enabled where something is encrypted with it',
			observed: members.map(({awsRegion, key, userCount}) => `${awsRegion} ${key.state ?? 'not told'}, ${userCount} rely`).join('; '),
			operation: 'DescribeKey',
		};
		const inUse = broken.filter(({userCount}) => userCount > 0);
		const [first] = inUse;
		if (first !== undefined) {
			return {
				verdict: 'FAIL',
				...(inUse.some(({key}) => key.isLost) && {severity: 'CRITICAL'}),
				reason: inUse
					.map(
						member => `${member.key.because} in ${member.awsRegion}, where ${rely(member)} ${member.userCount === 1 ? 'needs' : 'need'} it`,
					)
					.join('; '),
				evidence,
				command: bringingBack(first),
			};
		}

		const unclear = members.find(({key}) => key.use === 'unknown');
		if (unclear !== undefined) {
			return unknown(`whether it works in ${unclear.awsRegion} is not known: ${unclear.key.because}`);
		}

		const hidden = broken.find(({mayHaveMore}) => mayHaveMore !== undefined);
		if (hidden !== undefined) {
			return unknown(`${hidden.key.because} in ${hidden.awsRegion}; whether something needs it there is not known: ${hidden.mayHaveMore}`);
		}

		const working = members.filter(({key}) => key.use === 'usable');
		const users = usersInWords(working);
		const idle = broken.map(({awsRegion, key}) => `; ${key.because} in ${awsRegion}, where nothing that is looked for needs it`).join('');
		return {
			verdict: 'PASS',
			reason: `${working.length === 0 ? 'works nowhere' : `works in ${regionsOf(working)}`}${users === '' ? '' : `, for ${users}`}${idle}`,
			evidence,
		};
	},
};

/** Why the policy of one of them is not known. */
const whyPolicyUnread = ({unread}: Resource<KeySet>, {awsRegion, key}: KeyMember): string => {
	const refusal = unread['kms:GetKeyPolicy'];
	const why = key.use === 'unknown' ? key.because : refusal === undefined ? 'it has not been read yet' : refusalInWords(refusal);
	return `its policy in ${awsRegion} is not known: ${why}`;
};

const policiesAlike: Rule<KeySet> = {
	id: 'multiregion-key-policies-alike',
	title: 'The same data is open to the same principals in every Region',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'What is encrypted with one key of a set can be decrypted with each of the others. Replicated data is as open as the widest of their policies, and as closed, on the day of a failover, as the narrowest.',
	remediation: {
		text: 'Give each key of the set the policy of its primary, but for the names of Regions in it; policies are never copied over after the replica was made.',
		cli: 'aws kms get-key-policy --key-id {id} --region {region} --output text',
		terraform:
			'resource "aws_kms_replica_key" "this" {\n  primary_key_arn = aws_kms_key.primary.arn\n  policy          = data.aws_iam_policy_document.this.json\n}',
		url: `${kmsGuide}/multi-region-keys-auth.html`,
	},
	note: 'The primary’s own rule, kms-replicas-consistent, compares all sets; this one asks where it has consequences, names who is let in by one Region alone, and goes on where the primary lies in a Region that is not watched. Order, spaces, Sids and the Region’s own name count for nothing.',
	reads: [],
	exempts: ({configuration: {members, isWhole}}) => (isWhole && members.length < 2 ? 'has no replica' : undefined),
	evaluate(resource) {
		const {members, isWhole} = resource.configuration;
		const others = members.filter(({policy}) => policy === 'other');
		const evidence = {
			expected: 'one policy in each Region',
			observed: members.map(({awsRegion, policy}) => `${awsRegion} ${policy ?? 'not read'}`).join(', '),
			operation: 'GetKeyPolicy',
		};
		const used = others.filter(({userCount}) => userCount > 0);
		if (used.length > 0) {
			return {
				verdict: 'FAIL',
				reason: used
					.map(
						member =>
							`in ${member.awsRegion}, where it encrypts ${rely(member)}, its policy ${member.alsoLetsIn.length === 0 ? 'differs' : `also lets in ${listed(member.alsoLetsIn)}`}`,
					)
					.join('; '),
				evidence,
			};
		}

		if (!isWhole) {
			return unknown(
				`in which Regions it is cannot be told: ${members.find(({key}) => key.use === 'unknown')?.key.because ?? 'not read yet'}`,
			);
		}

		const unread = members.find(({policy}) => policy === undefined);
		if (unread !== undefined) {
			return unknown(whyPolicyUnread(resource, unread));
		}

		const hidden = others.find(({mayHaveMore}) => mayHaveMore !== undefined);
		if (hidden !== undefined) {
			return unknown(
				`its policy differs in ${hidden.awsRegion}; whether something is encrypted with it there is not known: ${hidden.mayHaveMore}`,
			);
		}

		return others.length > 0
			? notApplicable(`its policy differs in ${regionsOf(others)}, where nothing that is looked for is encrypted with it`)
			: {verdict: 'PASS', reason: `has one policy in ${regionsOf(members)}`, evidence};
	},
};

/** What should be true of a multi-Region key, most pressing first. */
export const keyRules: ReadonlyArray<Rule<KeySet>> = [enabledInUse, policiesAlike];
