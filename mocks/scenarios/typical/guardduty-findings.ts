import type {Finding, Resource} from '@aws-sdk/client-guardduty';
import {type GuardDutyRecord, guardDutyFinding} from '../../services/guardduty-state.js';
import type {Place} from '../scenario.js';

export const instance = (place: Place, name: string): Resource => ({
	ResourceType: 'Instance',
	InstanceDetails: {
		InstanceId: `i-0${place.random(`host/${name}`).hex(16)}`,
		InstanceType: 'm7g.large',
		InstanceState: 'running',
		AvailabilityZone: `${place.awsRegion}a`,
		Tags: [{Key: 'Name', Value: name}],
	},
});

const accessKey = (userName: string, userType: 'IAMUser' | 'AssumedRole'): Resource => ({
	ResourceType: 'AccessKey',
	AccessKeyDetails: {AccessKeyId: 'ASIAEXAMPLEVEDETTE01', PrincipalId: 'AROAEXAMPLE:session', UserName: userName, UserType: userType},
});

const bucket = (name: string): Resource => ({
	ResourceType: 'S3Bucket',
	S3BucketDetails: [{Arn: `arn:aws:s3:::${name}`, Name: name, Type: 'Destination'}],
});

/** Addresses are of the ranges for documentation: https://www.rfc-editor.org/rfc/rfc5737 */
export const from = (ip: string, country: string, org: string) => ({
	IpAddressV4: ip,
	Country: {CountryName: country},
	Organization: {Asn: '64496', AsnOrg: org, Org: org},
});

export const dns = (domain: string): Finding['Service'] => ({
	Action: {ActionType: 'DNS_REQUEST', DnsRequestAction: {Domain: domain, Protocol: 'UDP', Blocked: false}},
});
const call = (api: string, serviceName: string, ip: ReturnType<typeof from>): Finding['Service'] => ({
	Action: {
		ActionType: 'AWS_API_CALL',
		AwsApiCallAction: {Api: api, ServiceName: serviceName, CallerType: 'Remote IP', RemoteIpDetails: ip},
	},
});
export const connection = (port: number, direction: 'INBOUND' | 'OUTBOUND', ip: ReturnType<typeof from>): Finding['Service'] => ({
	Action: {
		ActionType: 'NETWORK_CONNECTION',
		NetworkConnectionAction: {
			Blocked: false,
			ConnectionDirection: direction,
			// `port` is the one that is served: ours for what comes in, theirs for what goes out.
			LocalPortDetails: {Port: direction === 'INBOUND' ? port : 49152, PortName: 'Unknown'},
			RemotePortDetails: {Port: direction === 'INBOUND' ? 49152 : port, PortName: 'Unknown'},
			Protocol: 'TCP',
			RemoteIpDetails: ip,
		},
	},
});

const sequence = (place: Place): Finding['Service'] => ({
	Detection: {
		Sequence: {
			Uid: place.random('sequence').hex(32),
			Description: 'Credentials of the role ci-deploy were used from a Tor exit to list and read objects, after CloudTrail was stopped.',
			Actors: [{Id: 'ci-deploy', User: {Name: 'ci-deploy', Uid: 'AROAEXAMPLE', Type: 'AssumedRole'}}],
			Resources: [
				{Uid: 'ASIAEXAMPLEVEDETTE01', ResourceType: 'ACCESS_KEY', AccountId: place.accountId, Region: place.awsRegion},
				{Uid: 'arn:aws:s3:::acme-exports', ResourceType: 'S3_BUCKET', AccountId: place.accountId, Region: place.awsRegion},
			],
			Signals: [
				{
					Uid: 'signal-1',
					Type: 'FINDING',
					Name: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
					CreatedAt: place.hoursAgo(5),
					UpdatedAt: place.hoursAgo(5),
					FirstSeenAt: place.hoursAgo(5),
					LastSeenAt: place.hoursAgo(5),
					Severity: 2,
					Count: 1,
				},
				{
					Uid: 'signal-2',
					Type: 'CLOUD_TRAIL',
					Name: 's3:GetObject',
					CreatedAt: place.hoursAgo(4),
					UpdatedAt: place.hoursAgo(3),
					FirstSeenAt: place.hoursAgo(4),
					LastSeenAt: place.hoursAgo(3),
					Count: 412,
				},
			],
			SequenceIndicators: [
				{Key: 'TOR_IP', Values: ['198.51.100.23']},
				{Key: 'ATTACK_TACTIC', Values: ['Exfiltration']},
			],
		},
	},
});

const tor = from('198.51.100.23', 'Netherlands', 'Example Tor Exits');
const cloud = from('203.0.113.77', 'Singapore', 'Example Cloud');

export const virginiaFindings = (place: Place): readonly GuardDutyRecord[] => [
	guardDutyFinding(place, 'sequence', {
		type: 'AttackSequence:IAM/CompromisedCredentials',
		severity: 9,
		title: 'Potential credential compromise of AssumedRole/ci-deploy indicated by a sequence of actions.',
		resource: {ResourceType: 'AttackSequence'},
		createdHoursAgo: 3,
		updatedHoursAgo: 0.4,
		service: sequence(place),
	}),
	guardDutyFinding(place, 'mining', {
		type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
		severity: 8,
		title: 'The EC2 instance batch-1 is querying a domain name that is associated with Bitcoin-related activity.',
		resource: instance(place, 'batch-1'),
		createdHoursAgo: 2,
		updatedHoursAgo: 0.15,
		count: 14,
		service: dns('pool.minexmr.example'),
	}),
	guardDutyFinding(place, 'exfiltration', {
		type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
		severity: 8,
		title: 'Credentials for the EC2 instance role ci-deploy were used from an external IP address.',
		resource: accessKey('ci-deploy', 'AssumedRole'),
		createdHoursAgo: 4,
		updatedHoursAgo: 0.5,
		count: 31,
		service: call('ListBuckets', 's3.amazonaws.com', tor),
	}),
	guardDutyFinding(place, 's3-public', {
		type: 'Policy:S3/BucketAnonymousAccessGranted',
		severity: 8,
		title: 'Amazon S3 Public Anonymous Access was granted for the S3 bucket acme-exports.',
		resource: bucket('acme-exports'),
		createdHoursAgo: 29,
		service: call('PutBucketPolicy', 's3.amazonaws.com', cloud),
	}),
	guardDutyFinding(place, 's3-read', {
		type: 'Exfiltration:S3/AnomalousBehavior',
		severity: 7.5,
		title: 'An entity invoked an S3 API in a suspicious way to read objects of acme-exports.',
		resource: bucket('acme-exports'),
		createdHoursAgo: 3.5,
		updatedHoursAgo: 1,
		count: 412,
		service: call('GetObject', 's3.amazonaws.com', tor),
	}),
	guardDutyFinding(place, 'brute-force', {
		type: 'UnauthorizedAccess:EC2/SSHBruteForce',
		severity: 5,
		title: '203.0.113.9 is performing SSH brute force attacks against the EC2 instance bastion.',
		resource: instance(place, 'bastion'),
		createdHoursAgo: 220,
		updatedHoursAgo: 6,
		count: 1840,
		service: connection(22, 'INBOUND', from('203.0.113.9', 'Brazil', 'Example Hosting')),
	}),
	guardDutyFinding(place, 'kubernetes', {
		type: 'Execution:Kubernetes/ExecInKubeSystemPod',
		severity: 5,
		title: 'A command was executed inside a Pod of the kube-system namespace of the cluster shop.',
		resource: {
			ResourceType: 'EKSCluster',
			EksClusterDetails: {Name: 'shop', Arn: place.arn('eks', 'cluster/shop'), Status: 'ACTIVE'},
			KubernetesDetails: {KubernetesUserDetails: {Username: 'deployer'}},
		},
		createdHoursAgo: 50,
		service: {
			Action: {
				ActionType: 'KUBERNETES_API_CALL',
				KubernetesApiCallAction: {RequestUri: '/api/v1/namespaces/kube-system/pods/coredns/exec', Verb: 'create', RemoteIpDetails: cloud},
			},
		},
	}),
	guardDutyFinding(place, 'trail', {
		type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
		severity: 2,
		title: 'AWS CloudTrail trail audit was disabled by ci-deploy calling StopLogging.',
		resource: accessKey('ci-deploy', 'AssumedRole'),
		createdHoursAgo: 5,
		service: call('StopLogging', 'cloudtrail.amazonaws.com', tor),
	}),
	guardDutyFinding(place, 'probe', {
		type: 'Recon:EC2/PortProbeUnprotectedPort',
		severity: 2,
		title: 'Unprotected port on the EC2 instance web-1 is being probed.',
		resource: instance(place, 'web-1'),
		createdHoursAgo: 1000,
		updatedHoursAgo: 12,
		count: 9021,
		service: {
			Action: {
				ActionType: 'PORT_PROBE',
				PortProbeAction: {Blocked: false, PortProbeDetails: [{LocalPortDetails: {Port: 443, PortName: 'HTTPS'}, RemoteIpDetails: cloud}]},
			},
		},
	}),
	guardDutyFinding(place, 'odd-hours', {
		type: 'Persistence:IAMUser/AnomalousBehavior',
		severity: 5,
		title: 'The user j.doe invoked CreateAccessKey in a way that is unusual for them.',
		resource: accessKey('j.doe', 'IAMUser'),
		createdHoursAgo: 30,
		service: call('CreateAccessKey', 'iam.amazonaws.com', cloud),
	}),
	guardDutyFinding(place, 'command-and-control', {
		type: 'Backdoor:EC2/C&CActivity.B!DNS',
		severity: 8,
		title: 'The EC2 instance batch-1 is querying a domain name associated with a known Command & Control server.',
		resource: instance(place, 'batch-1'),
		createdHoursAgo: 2,
		updatedHoursAgo: 0.3,
		count: 6,
		service: dns('c2.evil.example'),
	}),
	guardDutyFinding(place, 'pentest', {
		type: 'PenTest:IAMUser/KaliLinux',
		severity: 5,
		title: 'The API GetCallerIdentity was invoked from a Kali Linux machine.',
		resource: accessKey('red-team', 'IAMUser'),
		createdHoursAgo: 900,
		archived: true,
		service: call('GetCallerIdentity', 'sts.amazonaws.com', cloud),
	}),
	guardDutyFinding(place, 'old-probe', {
		type: 'Recon:EC2/Portscan',
		severity: 5,
		title: 'The EC2 instance scanner is performing outbound port scans against 10.0.4.7.',
		resource: instance(place, 'scanner'),
		createdHoursAgo: 1500,
		archived: true,
	}),
	guardDutyFinding(place, 'sample-mining', {
		type: 'CryptoCurrency:EC2/BitcoinTool.B',
		severity: 8,
		title: 'The EC2 instance i-99999999 is communicating with an IP address associated with Bitcoin-related activity.',
		resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: 'i-99999999'}},
		createdHoursAgo: 400,
		sample: true,
	}),
];

export const irelandFindings = (place: Place): readonly GuardDutyRecord[] => [
	guardDutyFinding(place, 'database', {
		type: 'CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin',
		severity: 8,
		title: 'A user logged in to the RDS database orders in an anomalous way.',
		resource: {
			ResourceType: 'RDSDBInstance',
			RdsDbInstanceDetails: {DbInstanceIdentifier: 'orders', Engine: 'Aurora PostgreSQL', DbInstanceArn: place.arn('rds', 'db:orders')},
			RdsDbUserDetails: {User: 'admin', Database: 'orders'},
		},
		createdHoursAgo: 9,
		service: {Action: {ActionType: 'RDS_LOGIN_ATTEMPT', RdsLoginAttemptAction: {RemoteIpDetails: cloud}}},
	}),
	guardDutyFinding(place, 'function', {
		type: 'UnauthorizedAccess:Lambda/TorClient',
		severity: 8,
		title: 'The Lambda function thumbnails is making connections to a Tor Guard or Authority node.',
		resource: {
			ResourceType: 'Lambda',
			LambdaDetails: {FunctionArn: place.arn('lambda', 'function:thumbnails'), FunctionName: 'thumbnails'},
		},
		createdHoursAgo: 18,
		service: connection(443, 'OUTBOUND', tor),
	}),
	guardDutyFinding(place, 'drop-point', {
		type: 'Trojan:EC2/DropPoint',
		severity: 5,
		title: 'The EC2 instance gpu-3 is communicating with an IP address of a remote host that is known to hold stolen data.',
		resource: instance(place, 'gpu-3'),
		createdHoursAgo: 7,
		updatedHoursAgo: 0.6,
		count: 220,
		service: connection(443, 'OUTBOUND', from('198.51.100.80', 'Finland', 'Example Host')),
	}),
	guardDutyFinding(place, 'guess', {
		type: 'UnauthorizedAccess:EC2/RDPBruteForce',
		severity: 2,
		title: '203.0.113.200 is performing RDP brute force attacks against the EC2 instance win-legacy.',
		resource: instance(place, 'win-legacy'),
		createdHoursAgo: 100,
		count: 77,
		service: connection(3389, 'INBOUND', from('203.0.113.200', 'Vietnam', 'Example Net')),
	}),
	guardDutyFinding(place, 'sample', {
		type: 'Impact:EC2/WinRMBruteForce',
		severity: 2,
		title: 'The EC2 instance i-99999999 is performing WinRM brute force attacks.',
		resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: 'i-99999999'}},
		createdHoursAgo: 300,
		sample: true,
	}),
];
