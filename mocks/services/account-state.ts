import type {AlternateContact} from '@aws-sdk/client-account';

/** What Account Management knows besides the Regions, which stand in the scenario's account itself. */
export type AccountState = {
	/** The alternate contact for security, if there is one. */
	securityContact?: AlternateContact | undefined;
};

/** Made up: no rule, view or cache is ever to hold any of it. */
export const contact = (facts: Partial<AlternateContact> = {}): AlternateContact => ({
	AlternateContactType: 'SECURITY',
	Name: 'Sam Sentinel',
	Title: 'Head of Security',
	EmailAddress: 'security@acme.example',
	PhoneNumber: '+1 555 0100',
	...facts,
});
