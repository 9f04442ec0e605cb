import {type Inputs, type Joined, listed, type Resource} from '../../model/index.js';
import type {Bucket} from '../../services/s3/rules/bucket.js';
import {theirs} from './certificates.js';
import type {EntryPoint, Way} from './entry-point.js';
import type {Names} from './names.js';
import {toRow} from './row.js';
import {Unread} from './unread.js';

const tlsOnly = 's3-bucket-tls-only';

/** S3 listens on both ports for everybody: its policy alone keeps plain HTTP out, of its website too. */
const waysOf = (entry: Joined<Bucket>, websiteNames: readonly string[], unread: Unread): readonly Way[] => {
	const judgement = entry.judgements.find(({ruleId}) => ruleId === tlsOnly);
	const https: Way = {name: 'HTTPS', state: 'encrypted'};
	switch (judgement?.verdict) {
		case 'PASS':
			return [https];
		case 'FAIL': {
			const {reason: why, severity} = judgement;
			const website = `${listed(websiteNames)} leads to its website, which speaks nothing else`;
			return [
				https,
				{name: 'HTTP', state: 'in the clear', why, severity},
				...(websiteNames.length === 0 ? [] : [{name: 'website', state: 'in the clear', why: website, severity} as const]),
			];
		}

		default: {
			unread.of(entry, ['GetBucketPolicy']);
			return [https, {name: 'HTTP', state: 'unknown', why: judgement?.reason ?? `the rule ${tlsOnly} is turned off`}];
		}
	}
};

const protocolsOf = (ways: readonly Way[]): readonly string[] | undefined => {
	const http = ways.find(({name}) => name === 'HTTP');
	return http === undefined ? ['HTTPS'] : http.state === 'unknown' ? undefined : ['HTTP', 'HTTPS'];
};

/** The names of buckets in a Region: what the certificate of S3 there speaks for. */
const hostsOf = (awsRegion: string, partition: string): string =>
	`*.s3.${awsRegion === 'global' ? '' : `${awsRegion}.`}amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;

/** A row for each bucket: the API of S3 answers for all of them from the internet, to whom it lets in. */
export const bucketRows = (inputs: Inputs, names: Names): ReadonlyArray<Resource<EntryPoint>> =>
	inputs.of<Bucket>('AWS::S3::Bucket').map(entry => {
		const {resourceName, awsRegion} = entry.resource;
		const unread = new Unread();
		const ways = waysOf(entry, names.ofWebsite(resourceName), unread);
		const protocols = protocolsOf(ways);
		return toRow(
			entry,
			{
				type: 'bucket',
				reach: 'internet',
				...(protocols !== undefined && {protocols}),
				ways,
				tlsPolicies: [],
				// https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html
				oldestTls: 'TLS 1.2',
				certificates: [theirs(hostsOf(awsRegion, inputs.partition))],
				names: [],
				legs: [],
				noPath: 'S3 keeps the objects itself',
			},
			unread,
		);
	});
