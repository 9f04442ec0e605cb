/**
 * UTF-8 as a string with a character for each byte. Passing text on in this form costs neither decoding nor encoding, and JSON
 * reads the same: all that has a meaning in it is ASCII.
 */
export type Bytes = string;

const plain = /^[ -~]*$/;

export const bytesOf = (text: string): Bytes => (plain.test(text) ? text : Buffer.from(text).toString('latin1'));

export const textOf = (bytes: Bytes): string => (plain.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString());

/** The bytes themselves. */
export const toBuffer = (bytes: Bytes): Buffer => Buffer.from(bytes, 'latin1');
