export const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';

/** `key/1111` or `alias/x` of an ARN; an id as it is. */
export const keyName = (key: string): string => key.split(':').at(-1) ?? key;
