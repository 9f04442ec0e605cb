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

const watchFlags: ReadonlyArray<readonly [name: string, value: (flags: GlobalFlags) => string | boolean | readonly string[] | undefined]> =
	[
		['profile', flags => flags.profile],
		['region', flags => flags.region],
		['role-arn', flags => flags.roleArn],
		['external-id', flags => flags.externalId],
		['config', flags => flags.config],
		['state-dir', flags => flags.stateDir],
		['endpoint-url', flags => flags.endpointUrl],
		['allow-remote-endpoint', flags => flags.allowRemoteEndpoint],
	];

/** The flags that decide what is watched, as words of a command line: for the daemon that a viewer starts. */
export const watchArguments = (flags: GlobalFlags): readonly string[] =>
	watchFlags.flatMap(([name, read]) => {
		const value = read(flags);
		if (value === undefined || value === false) {
			return [];
		}

		return value === true ? [`--${name}`] : [value].flat().map(text => `--${name}=${text}`);
	});
