export const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';

export const none = {securityControlIds: [], cis: [], prowler: []} as const;
