import {answer, type Rule} from '../../../model/index.js';
import {ec2Guide} from './common.js';
import {typeInWords} from './group.js';

/** AWS Config's name. */
export const addressType = 'AWS::EC2::EIP';

/** An Elastic IP address. Shield Advanced protects it by its ARN. Absent members are of nothing, where no comment says otherwise. */
export type Address = {
	readonly publicIp?: string;
	/** Present where it is associated with something. */
	readonly associationId?: string;
	readonly instanceId?: string;
	readonly networkInterfaceId?: string;
	/** The account whose network interface it is on; `amazon-elb` and the like for what AWS runs. */
	readonly networkInterfaceOwnerId?: string;
	readonly privateIp?: string;
	/** Where AWS announces it: the Region, or a Local Zone's group. */
	readonly networkBorderGroup?: string;
	/** `alb`, `nlb`, `rnat`, `rds`, `cloudfront`: the service that looks after it. */
	readonly serviceManaged?: string;
	/** `net/ingest/0123456789abcdef`: what follows `loadbalancer/` in the ARN of the load balancer that has it. Absent too where interfaces could not be listed. */
	readonly loadBalancer?: string;
	/** `interface`, `nat_gateway`, `network_load_balancer`, …. Absent too where interfaces could not be listed. */
	readonly interfaceType?: string;
};

/** A public IPv4 address costs 0.005 USD an hour, in use or not: https://aws.amazon.com/vpc/pricing/ */
export const usdPerMonth = 3.65;

/** What has the address, in the fewest words; undefined where nothing has. */
export const userInWords = ({associationId, instanceId, loadBalancer, interfaceType, networkInterfaceId}: Address): string | undefined =>
	associationId === undefined
		? undefined
		: (instanceId ??
			loadBalancer ??
			([interfaceType === undefined ? undefined : typeInWords(interfaceType), networkInterfaceId]
				.filter(part => part !== undefined)
				.join(' ') ||
				associationId));

export const addressInUse: Rule<Address> = {
	id: 'ec2-address-in-use',
	title: 'An Elastic IP address is in use',
	severity: 'LOW',
	published: {securityControlIds: ['EC2.12'], cis: [], prowler: ['ec2_elastic_ip_unassigned']},
	rationale:
		'It is charged for whether it is used or not, and DNS records and allow lists may still point at it. Released while they do, it goes to somebody else, who gets the traffic.',
	remediation: {
		text: 'Look for DNS records and allow lists with the address, remove it there, then release it.',
		cli: 'aws ec2 release-address --allocation-id {id} --region {region}',
		url: `${ec2Guide}/elastic-ip-addresses-eip.html`,
	},
	note: 'Older notes say that Shield Advanced protects Elastic IP addresses by itself: each has to be added to it by name, and one that nothing uses is not protected.',
	reads: [],
	evaluate({configuration: address}) {
		const {associationId, publicIp = 'it'} = address;
		const observed = `AssociationId ${associationId ?? 'absent'}`;
		return associationId === undefined
			? answer('FAIL', `nothing uses ${publicIp}, which costs ${usdPerMonth} USD a month`, 'DescribeAddresses', 'an association', observed)
			: answer('PASS', `used by ${userInWords(address)}`, 'DescribeAddresses', 'an association', observed);
	},
};
