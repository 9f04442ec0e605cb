export const stageType = 'AWS::ApiGateway::Stage';

/** A stage of a REST API. Its variables are left out: people keep credentials in them. */
export type Stage = {
	readonly apiId: string;
	readonly apiName: string;
	readonly apiArn: string;
	/** The API's: `EDGE`, `REGIONAL` or `PRIVATE`. */
	readonly endpointTypes: readonly string[];
	readonly description?: string;
	readonly deploymentId?: string;
	readonly createdAt?: string;
	readonly updatedAt?: string;
	/** Of WAF, or of WAF Classic (`arn:aws:waf-regional:…`); null where there is none. */
	readonly webAclArn: string | null;
	/** By method path, `allMethods` among them. Methods without an entry have the settings of that one. */
	readonly methods: Readonly<Record<string, MethodSettings>>;
	/** The cache that the stage pays for, or null where it has none. */
	readonly cache: {readonly sizeGb?: number; readonly status?: string} | null;
	/** The certificate that API Gateway shows to HTTP backends, or null. */
	readonly clientCertificateId: string | null;
	readonly accessLog: {readonly destinationArn?: string; readonly format?: string} | null;
	/** Whether X-Ray traces it. */
	readonly tracing?: boolean;
	/** The share of requests that go to a canary deployment, 0 to 100. */
	readonly canaryPercent?: number;
	/** By GetUsagePlans: the plans that name this stage. */
	readonly usagePlans?: readonly UsagePlan[];
	/** By GetAccount: what the account allows all APIs of the Region together. */
	readonly account?: {readonly requestsPerSecond?: number; readonly burst?: number; readonly logRoleArn: string | null};
};

export type MethodSettings = {
	/** `OFF`, `ERROR` or `INFO`. */
	readonly loggingLevel?: string;
	/** Requests and responses are logged whole. */
	readonly dataTrace?: boolean;
	readonly metrics?: boolean;
	readonly requestsPerSecond?: number;
	readonly burst?: number;
	readonly caching?: boolean;
	readonly cacheEncrypted?: boolean;
	readonly cacheTtlSeconds?: number;
};

export type UsagePlan = {
	readonly id: string;
	readonly name: string;
	/** Of each API key, for this stage. */
	readonly requestsPerSecond?: number;
	readonly burst?: number;
	/** Requests of each API key in a `DAY`, `WEEK` or `MONTH`. */
	readonly quota?: {readonly limit?: number; readonly period?: string};
};

/** The settings' key that stands for all methods of a stage. */
export const allMethods = '*/*';
