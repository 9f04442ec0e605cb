import {
	DescribeCertificateCommand,
	GetAccountConfigurationCommand,
	ListCertificateDomainValidationsCommand,
	ListCertificatesCommand,
	ListTagsForCertificateCommand,
	SearchCertificatesCommand,
} from '@aws-sdk/client-acm';
import type {Aws} from '../../../model/index.js';

export const commands = {
	SearchCertificates: SearchCertificatesCommand,
	ListCertificates: ListCertificatesCommand,
	DescribeCertificate: DescribeCertificateCommand,
	GetAccountConfiguration: GetAccountConfigurationCommand,
	ListTagsForCertificate: ListTagsForCertificateCommand,
	ListCertificateDomainValidations: ListCertificateDomainValidationsCommand,
};
export type Acm = Aws<typeof commands>;
