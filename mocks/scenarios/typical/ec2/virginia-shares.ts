import {copyOf, type Ec2Image, type Ec2Snapshot, image, snapshot, snapshotId} from '../../../services/ec2-state.js';
import {keyArn, multiRegionKeyArn} from '../../estate.js';
import type {Place} from '../../scenario.js';
import {auditor, organization, partner} from './common.js';

/** Snapshots and AMIs of Virginia: who else has them, and under which keys. */
export const virginiaShares = (place: Place): {readonly snapshots: Ec2Snapshot[]; readonly images: Ec2Image[]} => {
	const key = (alias: string) => keyArn(place, alias);
	const of = (name: string, alias: string, facts: Parameters<typeof snapshot>[2] = {}) =>
		snapshot(place, name, {key: key(alias), ...facts});

	const base = of('acme-base root', 'prod/ami-share', {sizeGiB: 8});
	const golden = of('acme-golden root', 'prod/golden-images', {sizeGiB: 8});
	const runner = of('acme-runner root', 'prod/volumes', {sizeGiB: 30});
	const group = of('acme-group root', 'prod/group-exports', {sizeGiB: 8});
	const audit = snapshot(place, 'acme-audit-tools root', {sizeGiB: 8});
	const erp = of('acme-erp root', 'prod/legacy-erp', {ageDays: 700});
	const erpData = snapshot(place, 'acme-erp data', {ageDays: 700, sizeGiB: 500});
	const desktop = of('acme-hr-desktop root', 'prod/hr', {sizeGiB: 60});
	const kiosk = snapshot(place, 'acme-kiosk root', {ageDays: 1600, sizeGiB: 8});

	return {
		snapshots: [
			// The partner can use it: the key's policy lets it, down to the grant.
			of('orders handover', 'prod/ami-share', {sharedWith: [partner], shown: {Description: 'Orders until the end of the joint venture'}}),
			// The partner gets it and cannot make a volume of it: its key's policy lacks CreateGrant.
			of('partner feed', 'prod/partner-feed', {sharedWith: [partner]}),
			of('catalog export', 'prod/golden-images', {sharedWith: [partner]}),
			// Under the key of all volumes that nobody chose a key for.
			of('shop data 2025', 'prod/volumes', {sharedWith: [auditor, partner], sizeGiB: 400}),
			// Who may use the key, its policy does not tell us.
			of('vault 2025', 'prod/vault-transit', {sharedWith: [partner]}),
			// The auditors have a grant on the key.
			of('warehouse audit', 'prod/warehouse', {sharedWith: [auditor], sizeGiB: 900}),
			// Whoever made it took a key of the security team's account.
			snapshot(place, 'crm migration', {
				key: 'arn:aws:kms:us-east-1:555566667777:key/2f7b1c3e-6a58-4d0e-9b3c-1e5f8a7d6c42',
				sharedWith: [partner],
			}),
			// Both halves of a multi-Region key open it, here and where its replica is.
			snapshot(place, 'sessions drill', {key: multiRegionKeyArn(place, 'prod/sessions'), sharedWith: ['777766665555']}),
			snapshot(place, 'demo data', {sharedWith: [partner], sizeGiB: 20, ageDays: 210}),
			snapshot(place, 'open street dataset', {
				isPublic: true,
				sizeGiB: 250,
				ageDays: 400,
				shown: {Description: 'Published with the paper'},
			}),
			of('hr 2026-10', 'prod/hr', {refused: 'no-resource-based-policy'}),
			// A copy into another Region is encrypted anew, with a key of that Region.
			of('uk archive', 'prod/data-lake', {shown: copyOf(snapshotId({...place, awsRegion: 'eu-west-2'}, 'uk archive'), 'eu-west-2')}),
			of('ledger 2019', 'prod/legacy-erp', {ageDays: 2300, sizeGiB: 1200, shown: {StorageTier: 'archive'}}),
			of('payments forensic', 'prod/payments', {ageDays: 130, shown: {RestoreExpiryTime: place.inDays(3)}}),
			...['web-1', 'web-2', 'ci-runner'].map(name => of(name, 'prod/volumes', {ageDays: 1, sizeGiB: 30})),
			snapshot(place, 'batch-1', {ageDays: 1, sizeGiB: 500}),
			base,
			golden,
			runner,
			group,
			audit,
			erp,
			erpData,
			desktop,
			kiosk,
		],
		images: [
			image(place, 'acme-base-2026.11', {
				of: [base],
				sharedWith: [{UserId: partner}],
				shown: {Description: 'Base image, for partners too'},
			}),
			image(place, 'acme-golden-2026.10', {of: [golden], sharedWith: [{UserId: partner}], launchedDays: 40}),
			image(place, 'acme-runner-2026.09', {of: [runner], sharedWith: [{UserId: auditor}, {UserId: partner}]}),
			image(place, 'acme-group-2026.08', {of: [group], sharedWith: [{OrganizationArn: organization}]}),
			image(place, 'acme-audit-tools', {of: [audit], sharedWith: [{UserId: auditor}], ageDays: 300}),
			image(place, 'acme-erp-2024', {of: [erp, erpData], ageDays: 700, launchedDays: 640}),
			image(place, 'acme-hr-desktop', {of: [desktop], refused: 'no-resource-based-policy', shown: {PlatformDetails: 'Windows'}}),
			image(place, 'acme-kiosk-2022', {
				of: [kiosk],
				ageDays: 1600,
				launchedDays: 1200,
				shown: {State: 'disabled', DeprecationTime: place.daysAgo(870).toISOString()},
			}),
		],
	};
};
