/** Another company's account, with which much is shared. */
export const partner = '444455556666';
/** The auditors' account, which belongs in `trustedAccounts`. */
export const auditor = '999988887777';

/** The organization of the account, and one of its units, as the account at its head names them. */
export const organization = 'arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5';
export const workloadsUnit = 'arn:aws:organizations::123456789012:ou/o-a1b2c3d4e5/ou-a1b2-workload';
