export const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
