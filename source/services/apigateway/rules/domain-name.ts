import type {Resource} from '../../../model/index.js';

export const domainNameType = 'AWS::ApiGateway::DomainName';

/** A custom domain name, be it made for REST, HTTP or WebSocket APIs: GetDomainNames lists them all. Times are ISO 8601. */
export type DomainName = {
	/** `EDGE`, `REGIONAL` or `PRIVATE`; two of them while it moves from one to the other. */
	readonly endpointTypes: readonly string[];
	readonly ipAddressType?: string;
	/** ACM's certificate at the edge, or of a private name. */
	readonly certificateArn?: string;
	/** The name of a certificate that was uploaded to API Gateway, as was done before ACM could hold it. */
	readonly certificateName?: string;
	readonly certificateUploadedAt?: string;
	/** ACM's certificate of the Regional endpoint. */
	readonly regionalCertificateArn?: string;
	/** With mutual TLS: ACM's public certificate that proves whose name it is, beside an imported or private one. */
	readonly ownershipCertificateArn?: string;
	/** `TLS_1_0`, `TLS_1_2` or `SecurityPolicy_…`. */
	readonly securityPolicy?: string;
	readonly endpointAccessMode?: string;
	/** `AVAILABLE`, `UPDATING`, `PENDING`, `PENDING_CERTIFICATE_REIMPORT`, `PENDING_OWNERSHIP_VERIFICATION` or `FAILED`. */
	readonly status?: string;
	readonly statusMessage?: string;
	/** Whose certificates callers must show, or null where they need none. */
	readonly mutualTls: {
		/** `s3://bucket/key`. */
		readonly truststoreUri?: string;
		readonly truststoreVersion?: string;
		readonly warnings: readonly string[];
	} | null;
	/** `d123.cloudfront.net`: AWS's own distribution in front of an edge-optimised name. */
	readonly distributionDomainName?: string;
	readonly distributionHostedZoneId?: string;
	/** `d-123.execute-api.eu-west-1.amazonaws.com`. */
	readonly regionalDomainName?: string;
	readonly regionalHostedZoneId?: string;
	readonly routingMode?: string;
	/** Of a private name: who may call by it, as JSON; null where there is no policy. */
	readonly policy: string | null;
	/** By GetBasePathMappings: the APIs that it leads to. */
	readonly mappings?: ReadonlyArray<{readonly basePath?: string; readonly apiId: string; readonly stage?: string}>;
};

export type DomainNameResource = Resource<DomainName>;
