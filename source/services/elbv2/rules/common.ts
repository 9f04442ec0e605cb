export const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest' as const;

/** `a, b, c and 2 more`. */
export const listed = (names: readonly string[]): string =>
	names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** `targetgroup/shop` of an ARN, without the id that nobody knows by heart. */
export const targetGroupName = (arn: string): string => arn.split(':').at(-1)?.split('/').slice(0, 2).join('/') ?? arn;
