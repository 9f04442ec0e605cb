export const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest' as const;

/** `targetgroup/shop` of an ARN, without the id that nobody knows by heart. */
export const targetGroupName = (arn: string): string => arn.split(':').at(-1)?.split('/').slice(0, 2).join('/') ?? arn;
