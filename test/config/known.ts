import type {Known} from '../../source/config/schema.js';
import type {CatalogueRule} from '../../source/model/index.js';

const rule = (id: string, service: string, settings: Record<string, number>): CatalogueRule => ({
	id,
	service,
	resourceType: 'AWS::Test::Thing',
	title: 'Things should be well',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'They matter.',
	remediation: {text: 'Mend it.', url: 'https://docs.aws.amazon.com/'},
	settings,
	iamActions: [],
});

/** A registry of two services, small enough to be read beside the expectations. */
export const known: Known = {
	services: ['kms', 'acm'].map(id => ({id, title: id, group: 'keys and secrets', leads: 'worst', kinds: []})),
	rules: {
		'kms-key-rotation-enabled': rule('kms-key-rotation-enabled', 'kms', {}),
		'acm-certificate-expiry': rule('acm-certificate-expiry', 'acm', {warnDays: 30}),
	},
};
