import {grouped} from '../../../model/index.js';
import type {GuardDutyFinding, RemoteIp, Report} from './report.js';

/** The first part of a type, as a person would say it. */
const purposes: Readonly<Record<string, string>> = {
	AttackSequence: 'Attack sequence',
	Backdoor: 'Backdoor',
	Behavior: 'Odd behaviour',
	CredentialAccess: 'Credential access',
	CryptoCurrency: 'Crypto mining',
	DefenseEvasion: 'Evading defences',
	Discovery: 'Discovery',
	Effect: 'Effect',
	Execution: 'Execution',
	Exfiltration: 'Exfiltration',
	Impact: 'Impact',
	InitialAccess: 'Way in',
	Object: 'Malicious object',
	PenTest: 'Attack tool',
	Persistence: 'Persistence',
	Policy: 'Policy weakened',
	PrivilegeEscalation: 'More rights taken',
	Recon: 'Scouting',
	Stealth: 'Tracks covered',
	Trojan: 'Trojan',
	UnauthorizedAccess: 'Unauthorised access',
};

/**
 * What happened, for the families that are met most or whose names say too little. Others are their name in words.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
const families: Readonly<Record<string, string>> = {
	AccountBlockPublicAccessDisabled: 'Block Public Access turned off for the account',
	AnomalousBehavior: 'unusual behaviour',
	BitcoinDomainRequest: 'lookup of a mining domain',
	BitcoinTool: 'mining for cryptocurrency',
	BlackholeTraffic: 'traffic to a known black hole',
	BucketAnonymousAccessGranted: 'bucket opened to anyone',
	BucketBlockPublicAccessDisabled: 'Block Public Access turned off for a bucket',
	BucketPublicAccessGranted: 'bucket opened to anyone with an AWS account',
	'C&CActivity': 'command and control traffic',
	CloudTrailLoggingDisabled: 'CloudTrail logging stopped',
	CompromisedCluster: 'cluster compromised',
	CompromisedCredentials: 'credentials compromised',
	CompromisedData: 'data compromised',
	ConsoleLoginSuccess: 'console logins from two places at once',
	CryptoMinerExecuted: 'crypto miner run',
	DenialOfService: 'part in a denial of service attack',
	DGADomainRequest: 'lookup of generated domains',
	DNSDataExfiltration: 'data sent out by DNS',
	DropPoint: 'traffic to a store of stolen data',
	ExecInKubeSystemPod: 'command run in kube-system',
	InstanceCredentialExfiltration: 'instance credentials used elsewhere',
	KaliLinux: 'call from Kali Linux',
	MaliciousFile: 'malware found',
	MaliciousIPCaller: 'traffic with a known bad address',
	MetadataDNSRebind: 'DNS rebinding of the metadata service',
	ParrotLinux: 'call from Parrot Linux',
	PentooLinux: 'call from Pentoo Linux',
	PortProbeEMRUnprotectedPort: 'open port of EMR probed',
	PortProbeUnprotectedPort: 'open port probed',
	Portscan: 'scan of other hosts’ ports',
	RDPBruteForce: 'RDP brute force',
	ReverseShell: 'reverse shell',
	RootCredentialUsage: 'root credentials used',
	S3ServerAccessLoggingDisabled: 'access logging of a bucket stopped',
	ServerAccessLoggingDisabled: 'access logging of a bucket stopped',
	Spambot: 'sending of spam',
	SSHBruteForce: 'SSH brute force',
	TorClient: 'connection to Tor',
	TorIPCaller: 'call from Tor',
	TorRelay: 'work as a Tor relay',
	WinRMBruteForce: 'WinRM brute force',
};

/** `ReverseShell` → `reverse shell`, `IAMRole` → `IAM role`. */
const inWords = (family: string): string =>
	family
		.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, ' ')
		.split(' ')
		.map(word => (/^[A-Z]{2,}s?\d*$|^S3$/u.test(word) ? word : word.toLowerCase()))
		.join(' ');

type Parts = {readonly purpose: string; readonly family: string; readonly variant: string; readonly happened: string};

/** Where the variant says what happened: `InstanceCredentialExfiltration.OutsideAWS`. */
const variants: Readonly<Record<string, string>> = {
	'InstanceCredentialExfiltration.InsideAWS': 'instance credentials used in another account',
	'InstanceCredentialExfiltration.OutsideAWS': 'instance credentials used outside AWS',
};

/** `UnauthorizedAccess:EC2/SSHBruteForce` in its parts; undefined for a type of another shape. */
const partsOf = (type: string): Parts | undefined => {
	const found = /^(?<purpose>\w+):(?<resource>\w+)\/(?<family>[\w&]+)(?:\.(?<variant>\w+))?/u.exec(type)?.groups;
	const {purpose, family, variant = ''} = found ?? {};
	return purpose === undefined || family === undefined
		? undefined
		: {
				purpose: purposes[purpose] ?? inWords(purpose),
				family,
				variant,
				happened: variants[`${family}.${variant}`] ?? families[family] ?? inWords(family),
			};
};

/** `UnauthorizedAccess:EC2/SSHBruteForce` → `Unauthorised access: SSH brute force`. A type of another shape stays as it is. */
export const titleOf = (type: string): string => {
	const parts = partsOf(type);
	if (parts === undefined) return type;
	const {purpose, family, happened} = parts;
	return family === 'BitcoinTool' ? purpose : `${purpose}: ${happened}`;
};

export const remoteOf = (report: Report | undefined): RemoteIp | undefined => {
	const action = report?.Action;
	return (
		action?.AwsApiCallAction?.RemoteIpDetails ??
		action?.NetworkConnectionAction?.RemoteIpDetails ??
		action?.PortProbeAction?.PortProbeDetails?.[0]?.RemoteIpDetails ??
		action?.KubernetesApiCallAction?.RemoteIpDetails ??
		action?.RdsLoginAttemptAction?.RemoteIpDetails
	);
};

const addressOf = (remote: RemoteIp | undefined): string | undefined => {
	const address = remote?.IpAddressV4 ?? remote?.IpAddressV6;
	const country = remote?.Country?.CountryName;
	return address === undefined ? undefined : `${address}${country === undefined ? '' : ` (${country})`}`;
};

/** How, with whom and where: what the action of the report tells. */
const howOf = (report: Report | undefined): string | undefined => {
	const action = report?.Action;
	const address = addressOf(remoteOf(report));
	const from = address === undefined ? undefined : `from ${address}`;
	const joined = (...words: ReadonlyArray<string | undefined>): string | undefined =>
		words.filter(word => word !== undefined && word !== '').join(' ') || undefined;
	const signals = report?.Detection?.Sequence?.Signals?.flatMap(({Name}) => (Name ? (partsOf(Name)?.happened ?? Name) : [])) ?? [];
	if (signals.length > 0) {
		const first = signals.slice(0, 3).join(', then ');
		return signals.length > 3 ? `${first}, and ${signals.length - 3} more` : first;
	}

	if (action?.AwsApiCallAction !== undefined) return joined(action.AwsApiCallAction.Api, from);
	if (action?.DnsRequestAction?.Domain !== undefined) return action.DnsRequestAction.Domain;
	if (action?.NetworkConnectionAction !== undefined) {
		const {ConnectionDirection, LocalPortDetails, RemotePortDetails} = action.NetworkConnectionAction;
		const isOut = ConnectionDirection === 'OUTBOUND';
		const port = (isOut ? RemotePortDetails : LocalPortDetails)?.Port;
		if (address === undefined) return port === undefined ? undefined : `port ${port}`;
		return joined(isOut ? `to ${address}` : from, port === undefined ? undefined : isOut ? `port ${port}` : `to port ${port}`);
	}

	if (action?.PortProbeAction !== undefined) {
		const port = action.PortProbeAction.PortProbeDetails?.[0]?.LocalPortDetails?.Port;
		return joined(port === undefined ? undefined : `port ${port}`, from);
	}

	if (action?.KubernetesApiCallAction !== undefined) {
		return joined(action.KubernetesApiCallAction.Verb, action.KubernetesApiCallAction.RequestUri, from);
	}

	return from;
};

const withoutStop = (text: string): string => text.replace(/^\[SAMPLE\]\s*/u, '').replace(/[.\s]+$/u, '');

/**
 * What happened, then how and with whom, then how often: a panel's row shows its first words only, and the name beside
 * it. What GuardDuty writes begins with the name. A type of another shape is told in GuardDuty's words.
 */
export const reasonOf = (finding: GuardDutyFinding, type: string): string => {
	const parts = partsOf(type);
	const count = finding.Service?.Count ?? 1;
	const times = count > 1 ? `, ${grouped(count)} times` : '';
	if (parts === undefined) return `${withoutStop(finding.Title ?? finding.Description ?? type) || type}${times}`;
	const {purpose, family, variant, happened} = parts;
	const how = howOf(finding.Service);
	if (family === 'AnomalousBehavior') {
		// The family says next to nothing: what it is for, and what was done, say more.
		const done = variant === '' ? undefined : inWords(variant);
		const what = [done, how].filter(part => part !== undefined).join(' ') || 'behaviour';
		return `${purpose}: unusual ${what}${times}`;
	}

	return `${happened}${how === undefined ? '' : `: ${how}`}${times}`;
};
