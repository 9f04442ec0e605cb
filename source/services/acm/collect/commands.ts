import {
	DescribeCertificateCommand,
	GetAccountConfigurationCommand,
	ListCertificateDomainValidationsCommand,
	ListCertificatesCommand,
	SearchCertificatesCommand,
} from '@aws-sdk/client-acm';
import {GetResourcesCommand} from '@aws-sdk/client-resource-groups-tagging-api';
import type {Aws} from '../../../model/index.js';

export const commands = {
	SearchCertificates: SearchCertificatesCommand,
	ListCertificates: ListCertificatesCommand,
	DescribeCertificate: DescribeCertificateCommand,
	GetAccountConfiguration: GetAccountConfigurationCommand,
	GetResources: GetResourcesCommand,
	ListCertificateDomainValidations: ListCertificateDomainValidationsCommand,
};
export type Acm = Aws<typeof commands>;
