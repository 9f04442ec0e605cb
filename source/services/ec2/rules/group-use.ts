import {answer, listed, type Rule} from '../../../model/index.js';
import {notSaid, vpcGuide} from './common.js';
import {type Group, usersInWords} from './group.js';

const listing = 'DescribeSecurityGroups';

export const defaultEmpty: Rule<Group> = {
	id: 'ec2-group-default-empty',
	title: 'The default security group of a VPC lets nothing in or out',
	severity: 'HIGH',
	published: {securityControlIds: ['EC2.2'], cis: ['v3.0 5.4', 'v5.0 5.5'], prowler: ['ec2_securitygroup_default_restrict_traffic']},
	rationale:
		'Whatever is launched without naming a group gets this one. As AWS makes it, all that have it reach each other on every port, and the whole internet from inside.',
	remediation: {
		text: 'Move what uses it to groups of their own, then remove its rules: it cannot be deleted.',
		cli: 'aws ec2 describe-security-group-rules --filters Name=group-id,Values={id} --region {region}',
		terraform: '# Without rules it lets nothing in or out.\nresource "aws_default_security_group" "this" {\n  vpc_id = aws_vpc.this.id\n}',
		url: `${vpcGuide}/default-security-group.html`,
	},
	note: 'MEDIUM where no interface has it yet.',
	reads: [],
	exempts: ({configuration: {isDefault}}) => (isDefault ? undefined : 'not the default group of its VPC'),
	evaluate({configuration: group}) {
		const {ingress, egress, interfaces} = group;
		if (ingress === undefined || egress === undefined) {
			return notSaid('what it lets in and out', listing);
		}

		const observed = `${ingress.length} ingress and ${egress.length} egress rules`;
		if (ingress.length + egress.length === 0) {
			return answer('PASS', 'it lets nothing in or out', listing, 'no rules', observed);
		}

		const ways = [...(ingress.length > 0 ? ['in'] : []), ...(egress.length > 0 ? ['out'] : [])].join(' and ');
		return answer(
			'FAIL',
			`it lets traffic ${ways}${interfaces === undefined ? '' : interfaces.total === 0 ? ', though nothing uses it yet' : `, and is used by ${usersInWords(interfaces)}`}`,
			listing,
			'no rules',
			observed,
			interfaces?.total === 0 ? 'MEDIUM' : 'HIGH',
		);
	},
};

export const groupUsed: Rule<Group> = {
	id: 'ec2-group-used',
	title: 'A security group is used by something',
	severity: 'LOW',
	published: {securityControlIds: ['EC2.22'], cis: [], prowler: ['ec2_securitygroup_not_used']},
	rationale: 'Groups that are left over are picked by mistake, with whatever they let in, and hide those that matter.',
	remediation: {
		text: 'Delete it. EC2 refuses that while anything uses it, such as a launch template’s instances or another group’s rule.',
		cli: 'aws ec2 delete-security-group --group-id {id} --region {region}',
		url: `${vpcGuide}/deleting-security-groups.html`,
	},
	note: 'Launch templates, and Lambda functions and tasks that are not running, may use a group that no interface has.',
	reads: ['DescribeNetworkInterfaces'],
	exempts: ({configuration: {isDefault}}) => (isDefault ? 'the default group of its VPC cannot be deleted' : undefined),
	evaluate({configuration: {interfaces, referencedBy}}) {
		const operation = 'DescribeNetworkInterfaces';
		if (interfaces === undefined) {
			return notSaid('what uses it', operation);
		}

		const observed = `${interfaces.total} network interfaces`;
		if (interfaces.total > 0) {
			return answer('PASS', `used by ${usersInWords(interfaces)}`, operation, 'a network interface, or a rule of another group', observed);
		}

		return referencedBy.length > 0
			? answer('PASS', `named by rules of ${listed(referencedBy)}`, operation, 'a network interface, or a rule of another group', observed)
			: answer(
					'FAIL',
					'no network interface has it, and no other group names it',
					operation,
					'a network interface, or a rule of another group',
					observed,
				);
	},
};
