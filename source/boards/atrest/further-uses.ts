import type {Inputs} from '../../model/index.js';
import type {Trail} from '../../services/cloudtrail/rules/trail.js';
import type {Recorder} from '../../services/config/rules/recorder.js';
import type {HostedZone} from '../../services/route53/rules/zone.js';
import type {Purpose} from './key-type.js';
import type {Store} from './stores.js';

export type FurtherId = 'trails' | 'channels' | 'zones';

/** What uses keys of KMS and is no store of this board. */
export type Further = Pick<Store, 'one' | 'many' | 'service'> & {
	readonly id: FurtherId;
	/** The operations by which all of them are known, and their keys. */
	readonly listing: readonly string[];
	readonly purpose: Exclude<Purpose, 'neither'>;
	/** Where alone its keys can be. Absent where they may be of any Region. */
	readonly keysIn?: string;
	/** Their keys as they name them. */
	read(inputs: Inputs): ReadonlyArray<{readonly name: string; readonly awsRegion: string; readonly reference: string}>;
};

const accountOf = (arn: string): string | undefined => arn.split(':')[4];

/**
 * Trails, stopped ones too: their log files are under the key. Of an organisation's trail that another account keeps under
 * a key of its own nothing here depends.
 */
const readTrails: Further['read'] = inputs =>
	inputs.of<Trail>('AWS::CloudTrail::Trail').flatMap(({resource: {resourceName: name, awsRegion, configuration}}) => {
		const {kmsKeyArn: reference, ownerAccountId} = configuration;
		return reference !== null && [ownerAccountId, accountOf(reference)].includes(inputs.accountId) ? [{name, awsRegion, reference}] : [];
	});

const readChannels: Further['read'] = inputs =>
	inputs.of<Recorder>('AWS::Config::ConfigurationRecorder').flatMap(({resource: {awsRegion, configuration}}) => {
		const {channel} = configuration;
		return channel?.keyArn === undefined
			? []
			: [{name: `${channel.name} of AWS Config in ${awsRegion}`, awsRegion, reference: channel.keyArn}];
	});

/** The keys by which zones are signed. One that is not active signs nothing. */
const readZones: Further['read'] = inputs =>
	inputs.of<HostedZone>('AWS::Route53::HostedZone').flatMap(
		({
			resource: {
				resourceName: name,
				awsRegion,
				configuration: {dnssec},
			},
		}) =>
			dnssec === undefined || dnssec.status === 'NOT_SIGNING'
				? []
				: dnssec.keys.flatMap(({kmsKeyArn: reference, status}) =>
						reference === undefined || status === 'INACTIVE' ? [] : [{name, awsRegion, reference}],
					),
	);

// Trails and channels may have a key of another Region, which is where their bucket is. What is hidden of a Region is told of
// its own keys alone: at work they use a key every few minutes, and KMS tells that.
export const furtherUses: readonly Further[] = [
	{
		id: 'trails',
		one: 'trail',
		many: 'trails',
		service: 'cloudtrail',
		listing: ['DescribeTrails'],
		purpose: 'encrypts',
		read: readTrails,
	},
	{
		id: 'channels',
		one: 'delivery channel',
		many: 'delivery channels',
		service: 'config',
		listing: ['DescribeDeliveryChannels'],
		purpose: 'encrypts',
		read: readChannels,
	},
	{
		id: 'zones',
		one: 'zone',
		many: 'zones',
		service: 'route53',
		listing: ['ListHostedZones', 'GetDNSSEC'],
		purpose: 'signs',
		keysIn: 'us-east-1',
		read: readZones,
	},
];
