import {loadConfig, loadSharedConfigFiles, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS} from '@smithy/core/config';
import type {AwsCredentialIdentity, AwsCredentialIdentityProvider} from '@smithy/types';
import type {Config} from '../model/index.js';
import {product} from './client.js';

type Source = Pick<Config, 'profile' | 'roleArn' | 'externalId' | 'endpointUrl'>;

// The SDK refreshes five minutes early as well, per client; we do it once for all.
const refreshEarlyMs = 5 * 60_000;

/** One identity for all clients of an account, resolved once and shared. */
export type Credentials = {
	readonly provider: AwsCredentialIdentityProvider;
	/** Forgets what is held, so that the next call asks the chain again, files re-read. */
	forget(): void;
};

/**
 * The SDK's default chain (environment, SSO, `aws login`, profiles, containers, instance metadata), or the profile
 * named, then the role to assume if one is. The chain is loaded when the first call needs it.
 */
export const createCredentials = ({profile, roleArn, externalId, endpointUrl}: Source, homeRegion: () => Promise<string>): Credentials => {
	let held: Promise<AwsCredentialIdentity> | undefined;

	const resolve = async (): Promise<AwsCredentialIdentity> => {
		const {fromNodeProviderChain, fromTemporaryCredentials} = await import('@aws-sdk/credential-providers');
		const chain = fromNodeProviderChain({...(profile !== undefined && {profile}), ignoreCache: true});
		if (roleArn === undefined) {
			return chain();
		}

		const assume = fromTemporaryCredentials({
			masterCredentials: chain,
			params: {RoleArn: roleArn, RoleSessionName: 'vedette', ...(externalId !== undefined && {ExternalId: externalId})},
			clientConfig: {region: await homeRegion(), customUserAgent: product, ...(endpointUrl !== undefined && {endpoint: endpointUrl})},
		});
		return assume();
	};

	return {
		async provider() {
			const current = held;
			if (current !== undefined) {
				const identity = await current;
				if (identity.expiration === undefined || identity.expiration.getTime() - Date.now() > refreshEarlyMs) {
					return identity;
				}
			}

			if (held === current) {
				held = resolve();
				// A failure must not be remembered: the next call, after a login, is to succeed.
				held.catch(() => {
					held = undefined;
				});
			}

			// Another caller may have replaced it meanwhile: share that one.
			return held ?? resolve();
		},
		forget() {
			held = undefined;
		},
	};
};

/** The Region of environment or profile, or us-east-1 where neither names one. */
export const defaultRegion = async (profile: string | undefined): Promise<string> => {
	try {
		return await loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...(profile !== undefined && {profile}),
		})();
	} catch {
		// "Region is missing": any Region serves to ask who we are.
		return 'us-east-1';
	}
};

/** The command that would bring credentials, by what the profile says of itself. */
export const loginHint = async (profile: string | undefined): Promise<string> => {
	const name = profile ?? process.env['AWS_PROFILE'] ?? 'default';
	const suffix = name === 'default' ? '' : ` --profile ${name}`;
	try {
		const {configFile} = await loadSharedConfigFiles({ignoreCache: true});
		const section = configFile[name];
		if (section?.['sso_session'] !== undefined || section?.['sso_start_url'] !== undefined) {
			return `aws sso login${suffix}`;
		}

		if (section?.['login_session'] !== undefined) {
			return `aws login${suffix}`;
		}

		const profiles = Object.keys(configFile);
		if (section === undefined && profiles.length > 0) {
			return `AWS_PROFILE=NAME vedette, with one of: ${profiles.slice(0, 8).join(', ')}`;
		}
	} catch {
		// No readable configuration file: the general advice stands.
	}

	return `aws configure sso${suffix}`;
};
