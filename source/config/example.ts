import {durationText} from './duration.js';
import type {Known} from './schema.js';

/** A commented configuration with every field, all of it commented out: as it stands, it changes nothing. */
export const exampleConfig = (
	known: Known & {readonly intervals: ReadonlyArray<{readonly id: string; readonly fullMs: number; readonly deltaMs?: number}>},
): string => {
	const [ruleId = 'kms-key-rotation-enabled', rule] =
		Object.entries(known.rules).find(([, {settings}]) => Object.keys(settings).length > 0) ?? [];
	const [setting = 'warnDays', value = 30] = Object.entries(rule?.settings ?? {})[0] ?? [];
	return `# Vedette's configuration. Put it at ~/.config/vedette/config.yaml, or name it with --config.
# Every line is commented out and shows its default, or an example where there is none.
# Check it with: vedette config check

# A profile of ~/.aws/config. --profile, VEDETTE_PROFILE and AWS_PROFILE come first.
# profile: prod

# A role to assume with the profile's credentials.
# roleArn: arn:aws:iam::123456789012:role/vedette
# externalId: something-agreed-upon

# The Regions to watch. Without this, all that are enabled in the account.
# regions: [us-east-1, eu-west-1]

# The services to watch. Without this, all of them.
# services: [${known.services.map(({id}) => id).join(', ')}]

# The share of each published AWS quota that Vedette may use: above 0, at most 1.
# limits:
#   share: 0.2

# How often to look: everything (full), and what changed since (delta, where the service can say).
# intervals:
${known.intervals.map(({id, fullMs, deltaMs}) => `#   ${id}: {full: ${durationText(fullMs)}${deltaMs === undefined ? '' : `, delta: ${durationText(deltaMs)}`}}`).join('\n')}

# Rules to switch off, to weigh otherwise, or to set otherwise. "vedette rules" lists them with their settings.
# rules:
#   ${ruleId}:
#     enabled: true
#     severity: HIGH
#     settings: {${setting}: ${value}}

# Accounts and organizations that policies may name without remark.
# trustedAccounts: ['123456789012', 'o-a1b2c3d4e5']

# Findings that somebody has looked at and accepts. * matches any run of characters; until ends it by itself.
# mutes:
#   - rule: kms-*
#     resource: legacy-*
#     until: 2027-01-31
#     reason: to be deleted with the old cluster, ticket SEC-123
`;
};
