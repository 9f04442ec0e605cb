/**
 * UTF-8 as a string with a character for each byte. Passing text on in this form costs neither decoding nor encoding, and JSON
 * reads the same: all that has a meaning in it is ASCII.
 */
export type Bytes = string;

const plain = /^[ -~]*$/;

export const bytesOf = (text: string): Bytes => (plain.test(text) ? text : Buffer.from(text).toString('latin1'));

export const textOf = (bytes: Bytes): string => (plain.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString());

/** Puts bytes together in memory of their own, which can be handed to another thread. */
export class ByteWriter {
	#buffer: Buffer<ArrayBuffer>;
	#length = 0;

	/** `expected`: how many bytes it will be, more or less. `room` is written into, where it is large enough. */
	constructor(expected: number, room?: ArrayBuffer) {
		this.#buffer = room !== undefined && room.byteLength >= expected ? Buffer.from(room) : Buffer.allocUnsafeSlow(expected);
	}

	// At once, while the text is at hand: text put together from many pieces is costly to take apart again later.
	write(bytes: Bytes): void {
		if (this.#length + bytes.length > this.#buffer.length) {
			const larger = Buffer.allocUnsafeSlow((this.#length + bytes.length) * 2);
			this.#buffer.copy(larger, 0, 0, this.#length);
			this.#buffer = larger;
		}

		this.#length += this.#buffer.write(bytes, this.#length, 'latin1');
	}

	written(): Buffer<ArrayBuffer> {
		return this.#buffer.subarray(0, this.#length);
	}
}
