/**
 * For clients whose endpoint rules put an account's id in front of whatever host they are given, which `disableHostPrefix` does
 * not reach: an emulator has one address, and takes the account from the request.
 */
export const atOneAddress = <C extends {readonly endpoint?: unknown}>(configuration: C): C => {
	const {endpoint} = configuration;
	return typeof endpoint === 'string' ? {...configuration, endpointProvider: () => ({url: new URL(endpoint)})} : configuration;
};
