const ages = ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

/** `TLS 1.0` for `TLSv1`, as protocols and the security policies of CloudFront are named: `TLSv1.2_2021`. */
const named = (name: string): string | undefined => {
	const [, family, major, minor = '0'] = /^(SSL|TLS)v(\d)(?:\.(\d))?(?:_\d{4})?$/u.exec(name) ?? [];
	return family === undefined ? undefined : `${family} ${major}.${minor}`;
};

/** `TLS_1_2` and `SecurityPolicy_TLS13_1_2_PQ_2025_09`, which goes down to 1.2, or `SecurityPolicy_TLS12_PFS_2025_EDGE`. */
const ofApi = (policy: string): string | undefined => {
	const legacy = /^TLS_1_(\d)$/u.exec(policy)?.[1];
	const [, newest, oldest] = /^SecurityPolicy_TLS1(\d)(?:_1_(\d))?_/u.exec(policy) ?? [];
	const minor = legacy ?? oldest ?? newest;
	return minor === undefined ? undefined : `TLS 1.${minor}`;
};

/** The oldest protocol that these protocols or security policies allow; undefined where one of them is not known to this version. */
export const oldestTls = (names: ReadonlyArray<string | undefined>): string | undefined => {
	const indexes = names.map(name => (name === undefined ? -1 : ages.indexOf(named(name) ?? ofApi(name) ?? '')));
	return indexes.length === 0 || indexes.includes(-1) ? undefined : ages[Math.min(...indexes)];
};
