// https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/learn-whats-new.html and
// https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/console.html; China: https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html
const hosts: Readonly<Record<string, string>> = {
	aws: 'console.aws.amazon.com',
	'aws-cn': 'console.amazonaws.cn',
	'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The partition that a Region belongs to, for entries that do not say it themselves. */
export const partitionOf = (awsRegion: string): string =>
	awsRegion.startsWith('cn-') ? 'aws-cn' : awsRegion.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/**
 * The AWS console's page of a resource, by partition and Region. `consolePath` is from the path on, without a leading slash.
 * Undefined where the partition has no console that we know of, or the Region is no Region.
 */
export const consoleLink = (consolePath: string, awsRegion: string, partition = partitionOf(awsRegion)): string | undefined => {
	const host = hosts[partition];
	if (host === undefined || consolePath === '' || !/^[a-z0-9-]+$/u.test(awsRegion)) {
		return undefined;
	}

	// The commercial console has a host for each Region, but `global` and partitions elsewhere have one for all.
	const prefix = partition === 'aws' && /-\d+$/u.test(awsRegion) ? `${awsRegion}.` : '';
	const base = `https://${prefix}${host}/`;
	const link = URL.parse(consolePath.replace(/^[/\\]+/u, ''), base);
	// A path that names another host is no path of ours.
	return link !== null && `${link.origin}/` === base ? link.href : undefined;
};
