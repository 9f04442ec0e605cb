import {
	ACMClient,
	type ACMServiceException,
	DescribeCertificateCommand,
	GetAccountConfigurationCommand,
	KeyAlgorithm,
	ListCertificateDomainValidationsCommand,
	ListCertificatesCommand,
	paginateListCertificates,
	paginateSearchCertificates,
	SearchCertificatesCommand,
	type SearchCertificatesCommandInput,
} from '@aws-sdk/client-acm';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
let client: ACMClient;
const connect = (region: string): ACMClient =>
	new ACMClient({endpoint: endpoint.url, region, credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x'}, maxAttempts: 1});

const failure = async (call: Promise<unknown>): Promise<{name: string; status: number | undefined}> => {
	const error: unknown = await call.then(
		() => new Error('it was answered'),
		(reason: unknown) => reason,
	);
	// Whatever the SDK rejects with is one of its exceptions; the assertions on it would fail otherwise.
	const {name, $metadata} = error as ACMServiceException;
	return {name, status: $metadata?.httpStatusCode};
};

const search = async (input: SearchCertificatesCommandInput, from = client): Promise<readonly string[]> => {
	const names: string[] = [];
	for await (const {Results = []} of paginateSearchCertificates({client: from}, {...input})) {
		names.push(...Results.map(({X509Attributes: x509, CertificateArn: arn}) => x509?.Subject?.CommonName ?? arn ?? ''));
	}
	return names;
};

const arnOf = async (name: string): Promise<string> => {
	const {Results = []} = await client.send(
		new SearchCertificatesCommand({
			FilterStatement: {Filter: {X509AttributeFilter: {Subject: {CommonName: {Value: name, ComparisonOperator: 'EQUALS'}}}}},
		}),
	);
	return Results[0]?.CertificateArn ?? '';
};

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	client = connect('us-east-1');
});
afterAll(() => endpoint.close());

describe('the mock of ACM', () => {
	it('hides most key types and ACME certificates from a plain listing, and none from a full one', async () => {
		const ireland = connect('eu-west-1');
		const {CertificateSummaryList: plain = []} = await ireland.send(new ListCertificatesCommand({}));
		const names = plain.map(({DomainName}) => DomainName);
		expect(names).not.toContain('eu.acme.com');
		expect(names).not.toContain('gw-0412.devices.acme.io');
		const {CertificateSummaryList: full = []} = await ireland.send(
			new ListCertificatesCommand({
				Includes: {keyTypes: Object.values(KeyAlgorithm)},
				CertificateKeyPairOrigins: ['AWS_MANAGED', 'CUSTOMER_PROVIDED', 'ACME'],
			}),
		);
		expect(full).toHaveLength(7);
	});

	it('finds every sort of certificate by search, in pages of a hundred', async () => {
		expect(await search({}, connect('eu-west-1'))).toHaveLength(7);
		const large = await startEndpoint({scenario: 'large'});
		try {
			const acm = new ACMClient({endpoint: large.url, region: 'ap-southeast-2', credentials: {accessKeyId: 'A', secretAccessKey: 'x'}});
			const first = await acm.send(new SearchCertificatesCommand({}));
			expect(first.Results).toHaveLength(100);
			expect(first.NextToken).toBeDefined();
			expect(new Set(await search({}, acm)).size).toBe(400);
		} finally {
			await large.close();
		}
	});

	it.each<readonly [string, SearchCertificatesCommandInput['FilterStatement'], readonly string[]]>([
		['a status', {Filter: {AcmCertificateMetadataFilter: {Status: 'PENDING_VALIDATION'}}}, ['launch.acme.com']],
		['a renewal status', {Filter: {AcmCertificateMetadataFilter: {RenewalStatus: 'PENDING_VALIDATION'}}}, ['*.shop.acme.com']],
		['who manages it', {Filter: {AcmCertificateMetadataFilter: {ManagedBy: 'CLOUDFRONT'}}}, ['tenant-7.acme-sites.com']],
		['a weak key', {Filter: {X509AttributeFilter: {KeyAlgorithm: 'RSA_1024'}}}, ['legacy-erp.acme.com']],
		[
			'a part of a name',
			{Filter: {X509AttributeFilter: {SubjectAlternativeName: {DnsName: {Value: 'acme-sites', ComparisonOperator: 'CONTAINS'}}}}},
			['tenant-7.acme-sites.com'],
		],
		[
			'both of two, but not a third',
			{
				And: [
					{Filter: {AcmCertificateMetadataFilter: {Type: 'AMAZON_ISSUED'}}},
					{Filter: {AcmCertificateMetadataFilter: {InUse: false}}},
					{Not: {Filter: {AcmCertificateMetadataFilter: {Exported: true}}}},
					{Or: [{Filter: {AcmCertificateMetadataFilter: {Status: 'ISSUED'}}}]},
				],
			},
			['beta.acme.com'],
		],
	])('searches by %s', async (_, FilterStatement, names) => {
		expect(await search({FilterStatement})).toEqual(names);
	});

	it('searches by when certificates end, and sorts by it', async () => {
		const within = {Start: new Date(), End: new Date(Date.now() + 30 * 86_400_000)};
		const soon = await search({
			FilterStatement: {Filter: {X509AttributeFilter: {NotAfter: within}}},
			SortBy: 'NOT_AFTER',
			SortOrder: 'ASCENDING',
		});
		expect(soon.slice(0, 2)).toEqual(['api.acme.com', 'pay.acme.com']);
		expect(soon).not.toContain('old.acme.com');
	});

	it('describes what waits for validation, and writes RSA with a hyphen', async () => {
		const {Certificate} = await client.send(new DescribeCertificateCommand({CertificateArn: await arnOf('*.shop.acme.com')}));
		expect(Certificate).toMatchObject({
			KeyAlgorithm: 'RSA-2048',
			RenewalEligibility: 'ELIGIBLE',
			RenewalSummary: {
				RenewalStatus: 'PENDING_VALIDATION',
				DomainValidationOptions: [
					{
						ValidationStatus: 'PENDING_VALIDATION',
						ResourceRecord: {Type: 'CNAME', Name: expect.stringMatching(/^_.*\.shop\.acme\.com\.$/u)},
					},
				],
			},
		});
		expect(Certificate?.InUseBy).toHaveLength(2);
		expect(Certificate?.DomainValidationOptions?.[0]?.ValidationStatus).toBe('SUCCESS');
	});

	it('tells what validates each name, and what is to validate it where somebody asked for a change', async () => {
		const validations = async (name: string) =>
			(await client.send(new ListCertificateDomainValidationsCommand({CertificateArn: await arnOf(name)}))).DomainValidationSummaryList;
		expect(await validations('hr.acme.com')).toEqual([
			{
				DomainName: 'hr.acme.com',
				ActiveValidationConfiguration: expect.objectContaining({ValidationMethod: 'EMAIL', ValidationStatus: 'SUCCESS'}),
				RequestedValidationConfiguration: {
					ValidationMethod: 'DNS',
					ValidationStatus: 'PENDING_VALIDATION',
					ValidationChallenge: {DnsValidationChallenge: {ResourceRecord: expect.objectContaining({Type: 'CNAME'})}},
				},
			},
		]);
		expect((await validations('intranet.acme.com'))?.[0]).not.toHaveProperty('RequestedValidationConfiguration');
		expect(await validations('api.acme.com')).toEqual([]);
	});

	it('says of imported certificates neither how they were validated nor that they are renewed', async () => {
		const {Certificate} = await client.send(new DescribeCertificateCommand({CertificateArn: await arnOf('api.acme.com')}));
		expect(Certificate).toMatchObject({Type: 'IMPORTED', RenewalEligibility: 'INELIGIBLE', ImportedAt: expect.any(Date)});
		expect(Certificate).not.toHaveProperty('DomainValidationOptions');
		expect(Certificate).not.toHaveProperty('RenewalSummary');
		expect(Certificate).not.toHaveProperty('IssuedAt');
	});

	it('takes what nobody serves for not eligible', async () => {
		const {Certificate} = await client.send(new DescribeCertificateCommand({CertificateArn: await arnOf('beta.acme.com')}));
		expect(Certificate).toMatchObject({Status: 'ISSUED', InUseBy: [], RenewalEligibility: 'INELIGIBLE'});
	});

	it.each([
		['an ARN that is none', {CertificateArn: 'api.acme.com'}, 'InvalidArnException'],
		[
			'a certificate that is not there',
			{CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000'},
			'ResourceNotFoundException',
		],
	])('refuses to describe %s', async (_, input, name) => {
		expect(await failure(client.send(new DescribeCertificateCommand(input)))).toEqual({name, status: 400});
	});

	it.each([
		['a page of nothing', {MaxItems: 0}, 'ValidationException'],
		['a page over the maximum', {MaxItems: 1001}, 'ValidationException'],
		['a token that it never gave', {NextToken: 'garbage'}, 'ValidationException'],
		['to sort without an order', {SortBy: 'CREATED_AT' as const}, 'InvalidArgsException'],
	])('refuses to list %s', async (_, input, name) => {
		expect(await failure(client.send(new ListCertificatesCommand(input)))).toEqual({name, status: 400});
	});

	it('pages a listing without losing or repeating any', async () => {
		const arns: string[] = [];
		for await (const page of paginateListCertificates({client, pageSize: 5}, {})) {
			arns.push(...(page.CertificateSummaryList ?? []).map(({CertificateArn}) => CertificateArn ?? ''));
		}
		expect(new Set(arns).size).toBe(arns.length);
		expect(arns).toHaveLength(20);
	});

	it('tells its settings, except where a policy forbids it', async () => {
		expect(await client.send(new GetAccountConfigurationCommand())).toMatchObject({ExpiryEvents: {DaysBeforeExpiry: 45}});
		const milan = connect('eu-south-1');
		expect(await failure(milan.send(new GetAccountConfigurationCommand()))).toMatchObject({name: 'AccessDeniedException'});
		expect(await failure(milan.send(new SearchCertificatesCommand({})))).toMatchObject({name: 'AccessDeniedException'});
	});

	it('moves: certificates near their end, are renewed and imported, and the round ends where it began', async () => {
		const moving = await startEndpoint({scenario: 'typical'});
		try {
			const acm = new ACMClient({endpoint: moving.url, region: 'us-east-1', credentials: {accessKeyId: 'A', secretAccessKey: 'x'}});
			const ends = async (name: string): Promise<number> => {
				const {Results = []} = await acm.send(new SearchCertificatesCommand({}));
				const found = Results.find(({X509Attributes: x509}) => x509?.Subject?.CommonName === name);
				return ((found?.X509Attributes?.NotAfter?.getTime() ?? Number.NaN) - Date.now()) / 86_400_000;
			};
			for (const round of [1, 2]) {
				void round;
				expect(await ends('api.acme.com')).toBeCloseTo(6.4, 0);
				moving.timeline.advance(35);
				expect(await ends('api.acme.com')).toBeCloseTo(1.3, 0);
				moving.timeline.advance(150);
				expect(await ends('api.acme.com')).toBeCloseTo(90, 0);
				expect(await ends('*.shop.acme.com')).toBeCloseTo(198, 0);
				expect(await ends('launch.acme.com')).toBeCloseTo(198, 0);
				moving.timeline.advance(115);
			}
		} finally {
			await moving.close();
		}
	});
});
