import {
	DescribeOrganizationCommand,
	ListAccountsCommand,
	ListAWSServiceAccessForOrganizationCommand,
	ListDelegatedAdministratorsCommand,
} from '@aws-sdk/client-organizations';
import type {Aws} from '../../../model/index.js';

export const commands = {
	DescribeOrganization: DescribeOrganizationCommand,
	ListAccounts: ListAccountsCommand,
	ListDelegatedAdministrators: ListDelegatedAdministratorsCommand,
	ListAWSServiceAccessForOrganization: ListAWSServiceAccessForOrganizationCommand,
};
export type Commands = typeof commands;
export type Organizations = Aws<Commands>;

type Said = {readonly name: string; readonly message: string};

export const isNotInUse = ({name}: Said): boolean => name === 'AWSOrganizationsNotInUseException';

/**
 * A member account that asks what only the management account and delegated administrators may: refused in Organizations'
 * own words, "You don't have permissions to access this resource". IAM's always say "not authorized to perform".
 */
export const isNotOurs = ({name, message}: Said): boolean =>
	isNotInUse({name, message}) || (name === 'AccessDeniedException' && !/not authorized to perform/iu.test(message));
