/** A value that its schema does not allow. The path grows outwards while the error rises. */
export class Mismatch extends Error {
	override readonly name = 'Mismatch';
	readonly what: string;
	path = '';

	constructor(what: string) {
		// No message: an own one would hide the getter.
		super();
		this.what = what;
	}

	override get message(): string {
		return `${this.path === '' ? 'value' : this.path} ${this.what}`;
	}

	within(step: string): this {
		this.path = this.path === '' || this.path.startsWith('[') ? `${step}${this.path}` : `${step}.${this.path}`;
		return this;
	}
}

/** Rethrows with one more step of the path. */
export const rise = (error: unknown, step: string): never => {
	throw error instanceof Mismatch ? error.within(step) : error;
};

export const described = (value: unknown): string => {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (value instanceof Date) return 'a date';
	return typeof value === 'object' ? 'a structure' : `a ${typeof value}`;
};
