import {
	GetBucketEncryptionCommand,
	GetBucketPolicyCommand,
	GetBucketPolicyStatusCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	GetPublicAccessBlockCommand,
	ListBucketsCommand,
} from '@aws-sdk/client-s3';
import type {Aws, CommandOutput, Facts} from '../../../model/index.js';
import {GetAccountPublicAccessBlockCommand} from './account-block.js';

export const commands = {
	ListBuckets: ListBucketsCommand,
	GetBucketEncryption: GetBucketEncryptionCommand,
	GetBucketPolicy: GetBucketPolicyCommand,
	GetBucketPolicyStatus: GetBucketPolicyStatusCommand,
	GetBucketReplication: GetBucketReplicationCommand,
	GetBucketVersioning: GetBucketVersioningCommand,
	GetPublicAccessBlock: GetPublicAccessBlockCommand,
	GetAccountPublicAccessBlock: GetAccountPublicAccessBlockCommand,
};

export type S3 = Aws<typeof commands>;
export type BucketFacts = Facts<typeof commands>;
export type Operation = keyof typeof commands;
/** What an operation answers, in JSON. */
export type Told<K extends Operation> = CommandOutput<(typeof commands)[K]>;

/** What is asked of each bucket in its own Region: six calls, five where its policy does not leave open whom it lets in. */
export const perBucket = [
	'GetBucketEncryption',
	'GetBucketPolicy',
	'GetBucketPolicyStatus',
	'GetBucketReplication',
	'GetBucketVersioning',
	'GetPublicAccessBlock',
] as const satisfies readonly Operation[];
