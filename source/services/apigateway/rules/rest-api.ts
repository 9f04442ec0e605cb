/** CloudFormation's name, as all types of this service: AWS Config has the same for APIs and stages. */
export const restApiType = 'AWS::ApiGateway::RestApi';

/** A REST API. Names and values are AWS's; times are ISO 8601. */
export type RestApi = {
	readonly description?: string;
	readonly createdAt?: string;
	/** `EDGE`, `REGIONAL` or `PRIVATE`; two of them while an API moves from one to the other. */
	readonly endpointTypes: readonly string[];
	/** `ipv4` or `dualstack`. */
	readonly ipAddressType?: string;
	/** Of a private API: the interface endpoints for which Route 53 has names. Others may call it too, if the policy lets them. */
	readonly vpcEndpointIds: readonly string[];
	/** The resource policy as JSON, or null where there is none. A text that is no JSON stays as it came. */
	readonly policy: string | null;
	/** `abc123.execute-api.eu-west-1.amazonaws.com`: what a CloudFront distribution has as its origin. */
	readonly defaultHost: string;
	/** True where it answers under its custom domain names alone. */
	readonly defaultHostDisabled?: boolean;
	/** `TLS_1_0`, `TLS_1_2` or `SecurityPolicy_…`. */
	readonly securityPolicy?: string;
	/** `BASIC` or `STRICT`. */
	readonly endpointAccessMode?: string;
	/** `HEADER` or `AUTHORIZER`: where a request's API key is looked for. */
	readonly apiKeySource?: string;
	readonly status?: string;
	readonly statusMessage?: string;
	/** By GetStages: the names of its stages. */
	readonly stages?: readonly string[];
	/** By GetBasePathMappings: the custom domain names that lead here, as far as their mappings could be read. */
	readonly domains: readonly MappedDomain[];
	/** Custom domain names of this account and Region that choose by routing rules, which are not read: they may lead here. */
	readonly routedDomains: readonly string[];
};

/** A custom domain name that leads to an API. */
export type MappedDomain = {
	readonly domainName: string;
	/** `(none)` where it leads here from the root. */
	readonly basePath?: string;
	/** Absent where the path names it. */
	readonly stage?: string;
	/** Callers of the domain name must show a certificate. */
	readonly mutualTls: boolean;
};

export const isPrivate = (endpointTypes: readonly string[]): boolean => endpointTypes.includes('PRIVATE');
