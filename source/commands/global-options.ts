/** One flag that every command takes. The help, the completions and the quick path of `status` read the same list. */
export type GlobalOption = {
	readonly name: string;
	/** What stands behind it on the command line; absent for switches. */
	readonly value?: string;
	readonly many?: true;
	readonly text: string;
};

export const globalOptions = [
	{name: 'profile', value: 'NAME', text: 'profile of the shared AWS configuration (AWS_PROFILE, VEDETTE_PROFILE)'},
	{name: 'region', value: 'REGION', many: true, text: 'Regions to watch: repeat it, or separate with commas; all enabled ones by default'},
	{name: 'role-arn', value: 'ARN', text: "role to assume with the profile's credentials"},
	{name: 'external-id', value: 'ID', text: 'external id that the role asks for'},
	{name: 'config', value: 'FILE', text: 'configuration file instead of ~/.config/vedette/config.yaml'},
	{name: 'state-dir', value: 'DIR', text: 'where cache, history, log and socket live'},
	{name: 'endpoint-url', value: 'URL', text: 'an AWS of your own on this machine, such as an emulator'},
	{name: 'allow-remote-endpoint', text: 'let --endpoint-url leave this machine'},
	{name: 'offline', text: 'read the cache alone; never open a socket'},
	{name: 'plain', text: 'lines of text instead of a screen'},
	{name: 'redact', text: 'put stand-ins for account ids, ARNs and names'},
	{name: 'json', text: 'answer in JSON where a command can'},
	{name: 'ascii', text: 'nothing but ASCII, on screen and in JSON'},
] as const satisfies readonly GlobalOption[];

/** The flags' values, under their names in camel case, as commander hands them over. */
export type GlobalFlags = {
	readonly profile?: string;
	readonly region?: readonly string[];
	readonly roleArn?: string;
	readonly externalId?: string;
	readonly config?: string;
	readonly stateDir?: string;
	readonly endpointUrl?: string;
	readonly allowRemoteEndpoint?: boolean;
	readonly offline?: boolean;
	readonly plain?: boolean;
	readonly redact?: boolean;
	readonly json?: boolean;
	readonly ascii?: boolean;
};

/** The flags that decide what is watched. A daemon that a viewer starts is given these; a demo has its own. */
const watchNames: ReadonlySet<string> = new Set([
	'profile',
	'region',
	'role-arn',
	'external-id',
	'config',
	'state-dir',
	'endpoint-url',
	'allow-remote-endpoint',
]);

/** The flags that decide what is watched, as words of a command line. */
export const watchArguments = (flags: GlobalFlags): readonly string[] => toWords(flags, ({name}) => watchNames.has(name));

/** Flags that a made-up account takes as a real one does. */
export const demoOptions: readonly GlobalOption[] = globalOptions.filter(({name}) => name === 'region' || !watchNames.has(name));

/** The same flags as words of a command line. */
export const demoArguments = (flags: GlobalFlags): readonly string[] => toWords(flags, option => demoOptions.includes(option));

const toWords = (flags: GlobalFlags, wanted: (option: GlobalOption) => boolean): readonly string[] => {
	const values = new Map<string, unknown>(Object.entries(flags));
	return globalOptions.filter(wanted).flatMap(({name}) => {
		const value = values.get(name.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase()));
		if (value === undefined || value === false) {
			return [];
		}

		return value === true ? [`--${name}`] : [value].flat().map(text => `--${name}=${String(text)}`);
	});
};
