import {type Kind, listed} from '../../../model/index.js';
import {replicationType} from '../join/replications.js';
import type {Replication} from '../rows.js';
import {replicationRules} from '../rules/replications.js';
import {keyInWords, unread} from './words.js';

const encryptionInWords = ({source: {algorithm, key}}: Replication): string =>
	algorithm === undefined ? unread : key ? keyInWords(key) : algorithm === null || algorithm === 'AES256' ? 'S3’s keys' : algorithm;

const yesNo = (fact: boolean | undefined): string => (fact === undefined ? unread : fact ? 'yes' : 'no');

const demandInWords = ({source: {demandsKms, demandsKmsOf = []}}: Replication): string =>
	demandsKmsOf.length === 0 ? yesNo(demandsKms) : `to ${listed(demandsKmsOf)}`;

const versioningInWords = (versioning: string | null | undefined): string =>
	versioning === undefined ? unread : (versioning?.toLowerCase() ?? 'never on');

const destinationInWords = ({destination}: Replication): string => {
	if (destination === undefined) {
		return unread;
	}

	const {bucketName, accountId, isOwn, awsRegion} = destination;
	return `${bucketName} (${isOwn === true ? (awsRegion ?? unread) : accountId === undefined ? unread : `account ${accountId}`})`;
};

const replicaKeyInWords = ({destination, rule}: Replication): string =>
	destination === undefined || rule === undefined ? unread : rule.takesKmsObjects ? keyInWords(destination.key, 'none') : '–';

const ruleInWords = ({rule}: Replication): string => (rule === undefined ? unread : `${rule.name}${rule.isEnabled ? '' : ' (disabled)'}`);

export const replications: Kind<Replication> = {
	resourceType: replicationType,
	title: 'S3 replication rules',
	columns: [
		{title: 'Rule', value: ({configuration}) => ruleInWords(configuration)},
		{title: 'To', value: ({configuration}) => destinationInWords(configuration)},
		{title: 'KMS objects', value: ({configuration}) => yesNo(configuration.rule?.takesKmsObjects)},
		{title: 'From key', value: ({configuration}) => encryptionInWords(configuration)},
		{title: 'To key', value: ({configuration}) => replicaKeyInWords(configuration)},
	],
	facts: [
		{title: 'Bucket', value: ({configuration}) => configuration.bucketName},
		{title: 'Rule', value: ({configuration}) => ruleInWords(configuration)},
		{title: 'For', value: ({configuration: {rule}}) => (rule === undefined ? unread : (rule.filter ?? 'everything'))},
		{title: 'To', value: ({configuration}) => destinationInWords(configuration)},
		{title: 'Role', value: ({configuration}) => configuration.roleArn ?? unread},
		{title: 'Takes objects along that KMS encrypts', value: ({configuration}) => yesNo(configuration.rule?.takesKmsObjects)},
		{title: 'Encryption here', value: ({configuration}) => encryptionInWords(configuration)},
		{title: 'Policy lets in KMS alone', value: ({configuration}) => demandInWords(configuration)},
		{title: 'Bucket Key', value: ({configuration}) => yesNo(configuration.source.hasBucketKey)},
		{title: 'Key there', value: ({configuration}) => replicaKeyInWords(configuration)},
		{title: 'Key there in', value: ({configuration}) => configuration.destination?.key?.awsRegion},
		{title: 'Uses the source key’s relative', value: ({configuration}) => yesNo(configuration.rule?.usesSourceMultiRegionKey)},
		{title: 'One multi-Region key at both ends', value: ({configuration}) => yesNo(configuration.isOneKey)},
		{title: 'Key here, to the role', value: ({configuration}) => configuration.mayDecrypt?.how},
		{title: 'Key there, to the role', value: ({configuration}) => configuration.mayEncrypt?.how},
		{title: 'IAM policies of the role', value: () => 'not read'},
		{title: 'Versioning here', value: ({configuration}) => versioningInWords(configuration.source.versioning)},
		{title: 'Versioning there', value: ({configuration}) => versioningInWords(configuration.destination?.versioning)},
	],
	rules: replicationRules,
	consolePath: ({configuration: {bucketName}, awsRegion}) =>
		`s3/buckets/${encodeURIComponent(bucketName.toWellFormed())}?region=${awsRegion === 'global' ? 'us-east-1' : awsRegion}&bucketType=general&tab=management`,
};
