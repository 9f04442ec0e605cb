import {
	GetAccountCommand,
	GetBasePathMappingsCommand,
	GetClientCertificatesCommand,
	GetDomainNamesCommand,
	GetRestApisCommand,
	GetStagesCommand,
	GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import type {Aws, CommandOutput, Facts} from '../../../model/index.js';

export const commands = {
	GetRestApis: GetRestApisCommand,
	GetStages: GetStagesCommand,
	GetDomainNames: GetDomainNamesCommand,
	GetBasePathMappings: GetBasePathMappingsCommand,
	GetUsagePlans: GetUsagePlansCommand,
	GetClientCertificates: GetClientCertificatesCommand,
	GetAccount: GetAccountCommand,
};

export type ApiGateway = Aws<typeof commands>;
export type ApiGatewayFacts = Facts<typeof commands>;

type ItemOf<Page extends {readonly items?: readonly unknown[] | undefined}> = NonNullable<Page['items']>[number];
export type ApiEntry = ItemOf<CommandOutput<typeof GetRestApisCommand>>;
export type StageEntry = NonNullable<CommandOutput<typeof GetStagesCommand>['item']>[number];
export type DomainEntry = ItemOf<CommandOutput<typeof GetDomainNamesCommand>>;
export type MappingEntry = ItemOf<CommandOutput<typeof GetBasePathMappingsCommand>>;
export type PlanEntry = ItemOf<CommandOutput<typeof GetUsagePlansCommand>>;
export type CertificateEntry = ItemOf<CommandOutput<typeof GetClientCertificatesCommand>>;
export type AccountAnswer = CommandOutput<typeof GetAccountCommand>;
