import {type Inputs, listed} from '../../../model/index.js';
import type {Protection} from '../../../services/shield/rules/protection.js';
import type {Subscription} from '../../../services/shield/rules/subscription.js';
import type {Front} from '../landscape/fronts.js';
import {type Doubt, doubtsOf, missing, no, notAsked, type Standing, unknown, yes} from '../standing.js';

// Shield Advanced: bought once for the account, then given to each resource by its ARN.

export type Shield = {
	/** Whether the account is known to have it. */
	readonly isSubscribed: boolean;
	/** What is protected by its own ARN. */
	ofResource(arn: string): Standing;
	/** What is protected only by all of these, such as a Network Load Balancer by its Elastic IP addresses. */
	ofAddresses(arns: readonly string[]): Standing;
	/** What cannot be protected itself, and is by what stands in front. */
	ofFronts(fronts: readonly Front[], doubts: readonly Doubt[]): Standing;
};

const standard = 'not subscribed to Shield Advanced: Shield Standard, free and automatic, is all it has';

export const readShield = (inputs: Inputs): Shield => {
	const protections = new Map<string, Protection>();
	for (const {resource} of inputs.of<Protection>('AWS::Shield::Protection')) {
		const {resourceArn} = resource.configuration;
		if (resourceArn !== undefined) {
			protections.set(resourceArn, resource.configuration);
		}
	}

	const [subscription] = inputs.of<Subscription>('AWS::Shield::Subscription');
	const {state, startedAt} = subscription?.resource.configuration ?? {};

	// The subscription's own description proves it where its state may not be read.
	const isSubscribed = state !== 'INACTIVE' && (state === 'ACTIVE' || startedAt !== undefined || protections.size > 0);

	/** Why nothing can be said of protections; undefined where the account has them. */
	const unable = (): Standing | undefined => {
		if (state === 'INACTIVE') {
			return notAsked(standard);
		}

		if (!isSubscribed) {
			const doubts = doubtsOf(inputs.gap('shield', ['GetSubscriptionState']));
			return unknown(
				...(doubts.length > 0
					? doubts
					: subscription === undefined
						? [{because: 'whether the account is subscribed to Shield Advanced has not been read'}]
						: [missing(subscription.resource, 'whether the account is subscribed to Shield Advanced', 'GetSubscriptionState')]),
			);
		}

		return undefined;
	};

	const listing = doubtsOf(inputs.gap('shield', ['ListProtections']));
	const lacking = (reason: string): Standing => (listing.length > 0 ? unknown(...listing) : no(reason));
	const protectedInWords = (arns: readonly string[]): string => {
		// Health checks do not go with hosted zones.
		if (arns.every(arn => protections.get(arn)?.kind === 'hosted zone')) {
			return 'Shield Advanced protects it';
		}

		return arns.every(arn => (protections.get(arn)?.healthCheckIds.length ?? 0) > 0)
			? 'Shield Advanced protects it, by a health check'
			: 'Shield Advanced protects it, without a health check';
	};

	return {
		isSubscribed,
		ofResource: arn =>
			unable() ??
			(protections.has(arn) ? yes(protectedInWords([arn])) : lacking('Shield Advanced, which the account has, does not protect it')),
		ofAddresses(arns) {
			const bare = arns.filter(arn => !protections.has(arn));
			const ids = bare.map(arn => arn.split('/').at(-1) ?? arn);
			return (
				unable() ??
				(arns.length === 0
					? no('Shield Advanced protects a Network Load Balancer by its Elastic IP addresses, and it has none')
					: bare.length === 0
						? yes(protectedInWords(arns))
						: lacking(
								`Shield Advanced, which the account has, does not protect its ${bare.length === 1 ? 'address' : 'addresses'} ${listed(ids)}`,
							))
			);
		},
		ofFronts(fronts, doubts) {
			const shielded = fronts.filter(({entry}) => protections.has(entry.resource.arn));
			return (
				unable() ??
				(shielded.length > 0
					? yes(`Shield Advanced protects ${listed(shielded.map(({entry}) => entry.resource.resourceName))} in front`)
					: fronts.length > 0
						? lacking(
								`Shield Advanced, which the account has, does not protect ${listed(fronts.map(({entry}) => entry.resource.resourceName))} in front`,
							)
						: doubts.length > 0
							? unknown(...doubts)
							: notAsked('Shield Advanced cannot protect an API itself, only a distribution in front'))
			);
		},
	};
};
