import {answering, listed, type Rule, unpublished} from '../../../model/index.js';
import type {EntryPoint, Leg} from '../entry-point.js';

const inWords = ({to, by = '?', through}: Leg): string =>
	through === 'VPC' ? `${by} to the target group ${to}` : `${by} to ${to}${through === 'public' ? ', over public addresses' : ''}`;

export const pathEncrypted: Rule<EntryPoint> = {
	id: 'inflight-entry-path-encrypted',
	title: 'What an entry point has decrypted goes on encrypted',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'TLS ends where it is decrypted. Clients see a padlock all the same, while passwords and tokens go the rest of the way as they are, for everyone on that way to read.',
	remediation: {
		text: 'Load balancer: make a target group of HTTPS (of a Network Load Balancer: of TLS) in its Region, of the TARGET_TYPE of the one that there is, whose targets have a certificate, which may be self-signed since load balancers do not verify it, and forward to that. CloudFront: set the origin protocol policy to https-only.',
		cli: 'aws elbv2 create-target-group --name TARGET_GROUP --protocol PROTOCOL --port PORT --target-type TARGET_TYPE --vpc-id VPC_ID --region REGION',
		url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html',
	},
	note: 'A load balancer that ends HTTPS and forwards HTTP to its targets is what most notes teach, and inside a VPC it is LOW: no neighbour can listen in there, and instances of the Nitro generations encrypt between each other by themselves. Over public addresses it is MEDIUM. Of a distribution it is followed through a load balancer of this account to its targets. To where API Gateway’s integrations lead is not read.',
	reads: [],
	exempts: ({configuration: {noPath}}) => noPath,
	evaluate({configuration: {legs}}) {
		const is = answering(
			'the join of origins and target groups',
			'HTTPS or TLS to every origin and target group',
			listed(legs.map(({to, state}) => `${to} ${state}`)) || 'none',
		);
		const open = legs.filter(({state}) => state === 'in the clear');
		if (open.length > 0) {
			return is('FAIL', `goes on by ${listed(open.map(inWords))}`, open.some(({through}) => through === 'public') ? 'MEDIUM' : 'LOW');
		}

		const unknown = legs.find(({state}) => state === 'unknown');
		if (unknown !== undefined) {
			return is('UNKNOWN', `how it goes on to ${unknown.to} could not be told: ${unknown.why ?? 'it was not read'}`);
		}

		return legs.length === 0
			? is('NOT_APPLICABLE', 'leads nowhere')
			: is('PASS', `goes on encrypted to ${listed([...new Set(legs.map(({to}) => to))])}`);
	},
};
