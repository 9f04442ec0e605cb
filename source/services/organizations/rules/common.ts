export const guide = 'https://docs.aws.amazon.com/organizations/latest/userguide/' as const;
