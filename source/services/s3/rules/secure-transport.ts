/** What a bucket's policy denies over plain HTTP, to everybody and for every action. */
export type PlainHttp = {
	readonly bucketDenied: boolean;
	readonly objectsDenied: boolean;
	/** Statements that deny plain HTTP, but to some or of some only, in words: why what they cover does not count. */
	readonly halfDenials: readonly string[];
};

export type PlainHttpReading = ({readonly readable: true} & PlainHttp) | {readonly readable: false; readonly problem: string};

type Statement = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Statement => typeof value === 'object' && value !== null && !Array.isArray(value);
const strings = (value: unknown): readonly string[] =>
	(Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
		typeof one === 'string' || typeof one === 'boolean' ? [String(one)] : [],
	);

/** IAM's `*`, in steps that grow with the pattern. A `?` is taken at its word: bucket names have none, so it matches nothing. */
const matches = (pattern: string, text: string): boolean => {
	const [first = '', ...rest] = pattern.split('*');
	const last = rest.pop();
	if (last === undefined) {
		return pattern === text;
	}

	if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) {
		return false;
	}

	let at = first.length;
	for (const part of rest) {
		const found = text.indexOf(part, at);
		if (found === -1) {
			return false;
		}

		at = found + part.length;
	}

	return at <= text.length - last.length;
};

const isEverybody = (principal: unknown): boolean =>
	principal === '*' || (isRecord(principal) && (strings(principal['AWS']).includes('*') || strings(principal['*']).includes('*')));

const isEveryAction = (action: unknown): boolean => strings(action).some(name => name === '*' || name.toLowerCase() === 's3:*');

/** The keys of a condition in lower case, each with its operator. */
const testsOf = (condition: unknown): ReadonlyArray<readonly [operator: string, key: string, values: readonly string[]]> =>
	isRecord(condition)
		? Object.entries(condition).flatMap(([operator, block]) =>
				isRecord(block)
					? Object.entries(block).map(([key, value]) => [operator.toLowerCase(), key.toLowerCase(), strings(value)] as const)
					: [],
			)
		: [];

/** The key is in every request, so that `…IfExists` says the same; as a string it compares alike. */
const booleans = new Set(['bool', 'boolifexists', 'stringequals', 'stringequalsifexists', 'stringlike']);
const isPlainHttp = ([operator, key, values]: readonly [string, string, readonly string[]]): boolean =>
	booleans.has(operator) && key === 'aws:securetransport' && values.length > 0 && values.every(value => value.toLowerCase() === 'false');

/** Why a statement that denies plain HTTP does not deny all of it; undefined where it does. */
const shortfall = (statement: Statement): string | undefined => {
	if (!isEverybody(statement['Principal'])) {
		return 'for some principals only';
	}

	if (!isEveryAction(statement['Action'])) {
		const actions = strings(statement['Action']);
		return actions.length === 0 ? 'for some actions only' : `for ${actions.slice(0, 3).join(', ')} only`;
	}

	const others = testsOf(statement['Condition']).filter(test => !isPlainHttp(test));
	return others.length === 0 ? undefined : `only where ${others.map(([, key]) => key).join(' and ')} fits too`;
};

/**
 * Reads by rule what Security Hub and Config read by rule: Deny statements on `aws:SecureTransport` false. Allows that ask
 * for TLS do not count, since another Allow, or IAM, may not ask.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS
 */
export const readPlainHttp = (policy: string, bucketArn: string): PlainHttpReading => {
	let document: unknown;
	try {
		document = JSON.parse(policy);
	} catch {
		return {readable: false, problem: 'it is not JSON'};
	}

	const written: unknown = isRecord(document) ? document['Statement'] : undefined;
	const statements: readonly unknown[] = Array.isArray(written) ? written : [written];
	if (!statements.every(isRecord)) {
		return {readable: false, problem: 'it has no statements that can be read'};
	}

	const halfDenials: string[] = [];
	let bucketDenied = false;
	let objectsDenied = false;
	for (const [index, statement] of statements.entries()) {
		if (statement['Effect'] !== 'Deny' || !testsOf(statement['Condition']).some(isPlainHttp)) {
			continue;
		}

		const short = shortfall(statement);
		if (short !== undefined) {
			const sid = statement['Sid'];
			halfDenials.push(`${typeof sid === 'string' && sid !== '' ? `“${sid}”` : `statement ${index + 1}`} denies it ${short}`);
			continue;
		}

		const resources = strings(statement['Resource']);
		bucketDenied ||= resources.some(pattern => matches(pattern, bucketArn));
		// A pattern that ends in `*` and fits the empty key fits every key.
		objectsDenied ||= resources.some(pattern => pattern.endsWith('*') && matches(pattern, `${bucketArn}/`));
	}

	return {readable: true, bucketDenied, objectsDenied, halfDenials};
};
