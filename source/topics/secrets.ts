import type {Topic} from '../model/index.js';
import {under} from './under.js';

/** Where passwords, tokens and settings are kept: Parameter Store and Secrets Manager. */
export const secrets: readonly Topic[] = [
	{
		id: 'no-plaintext-secrets',
		title: 'No secrets in plain text',
		headings: ['AWS KMS (Key Management Service) › Best Practices'],
		text: 'A secret belongs neither into code nor into a file beside it, but encrypted into a store that asks who wants it. Vedette never reads a value: it suspects by names that a plain parameter holds a secret. Code, environment variables of functions and files on hosts it does not see; Inspector’s scan of function code and Macie’s of buckets find some of that, and their findings are listed.',
		changed:
			'The notes recommend to encrypt with KMS and keep the result in environment variables or configuration files. That still holds, but a value that is fetched at run time from Secrets Manager or Parameter Store can be rotated and leaves a trace of who read it.',
		shownBy: {
			rules: ['ssm-parameter-secret-encrypted', 'inspector-lambda-code-scanning-enabled', 'macie-discovery-enabled'],
			services: ['secretsmanager'],
		},
	},
	{
		id: 'parameter-store',
		title: 'Parameter Store',
		headings: under('AWS SSM Parameter Store', 'Overview', 'Key Features', 'Use Cases', 'Example Flow'),
		text: 'Parameter Store keeps settings and secrets under names, with their versions, for whoever IAM lets read them; a SecureString is encrypted by KMS and takes leave of its key as well to be read. CloudFormation can refer to parameters, and EventBridge hears of changes. The panel shows each parameter with type, key, tier, version and age, and no values.',
		changed:
			'Parameters can be shared with other accounts by now: advanced ones, and a SecureString only under a key of your own. Rotation is still not among what Parameter Store does: that is for Secrets Manager.',
		shownBy: {
			services: ['ssm'],
			rules: [
				'ssm-parameter-secret-encrypted',
				'ssm-parameter-customer-key',
				'ssm-parameter-changed-within-a-year',
				'eventbridge-parameter-events-routed',
			],
			boards: ['atrest'],
		},
	},
	{
		id: 'parameter-hierarchy',
		title: 'Parameter hierarchy: names as paths',
		headings: ['SSM Parameter Store – Hierarchy', 'Parameter Hierarchy Structure', 'Access by Environment', 'Benefits'],
		text: 'Names such as /department/app/dev/db-password make a tree. A function of the development environment asks for its path alone (GetParametersByPath), and an IAM policy for arn:…:parameter/department/app/dev/* lets it read nothing else. Whoever may ask for a path gets everything below it. The table has the path as a column and can be filtered by it; the IAM policies of roles are not read.',
		shownBy: {services: ['ssm'], rules: ['ssm-parameter-secret-encrypted']},
	},
	{
		id: 'parameter-namespaces',
		title: 'Special namespaces: secrets and public parameters',
		headings: ['Special Namespaces'],
		text: 'Under /aws/reference/secretsmanager/ a secret of Secrets Manager is read as if it were a parameter: it stays where it is and is judged there. Under /aws/service/ AWS publishes its own, such as the newest AMI of Amazon Linux in a Region. Neither is among your parameters, so that neither is listed as one.',
		changed:
			'The example in the notes is an AMI of Amazon Linux 2, whose support ended on 30 June 2026: the names for Amazon Linux 2023 begin with al2023-ami.',
		shownBy: {services: ['secretsmanager', 'ssm']},
	},
	{
		id: 'parameter-tiers',
		title: 'Parameter tiers: standard and advanced',
		headings: ['SSM Parameter Store – Standard vs Advanced Tiers', 'Key Differences'],
		text: 'Of standard parameters there can be 10,000 in each account and Region, of 4 KB, free of charge; of advanced ones 100,000, of 8 KB, at $0.05 a month, with policies and sharing. An advanced parameter never becomes standard again: it has to be deleted and made anew.',
		changed:
			'There is a third choice for new parameters, Intelligent-Tiering: standard as long as that is enough, advanced where the size, a policy or a full quota demands it.',
		shownBy: {rules: ['ssm-store-quota-left', 'ssm-parameter-advanced-needed'], services: ['ssm']},
	},
	{
		id: 'parameter-policies',
		title: 'Parameter policies: expiration and notifications',
		headings: under('Parameter Policies (Advanced Parameters Only)', 'Overview', 'Supported Policies', 'Additional Notes'),
		text: 'An advanced parameter can have several policies. Expiration deletes it at a moment; ExpirationNotification sends an event some time before; NoChangeNotification sends one when it was not changed for too long. The events do nothing unless a rule of EventBridge takes them to somebody: whether one does is shown beside the date.',
		shownBy: {
			rules: [
				'ssm-parameter-expiry-distant',
				'ssm-parameter-expiry-announced',
				'ssm-parameter-changed-in-time',
				'ssm-parameter-policies-applied',
				'eventbridge-parameter-events-routed',
			],
			boards: ['expiry'],
		},
	},
	{
		id: 'secrets-manager',
		title: 'AWS Secrets Manager',
		headings: under('AWS Secrets Manager', 'Overview', 'Key Features'),
		text: 'Secrets Manager keeps secrets encrypted with KMS and replaces them on a schedule, by a rotation that makes the new value, sets it where it is used and tests it. A schedule proves nothing by itself: a rotation that fails leaves the date in the past, and a version pending. Each secret costs $0.40 a month, read or not.',
		changed:
			'The notes say that rotation is done by Lambda functions. Secrets that services such as RDS and Redshift manage rotate without one, and so do those that partners hold. A schedule may be a rate or a cron expression with a window, in hours if need be.',
		shownBy: {
			services: ['secretsmanager'],
			rules: [
				'secretsmanager-secret-rotation-enabled',
				'secretsmanager-secret-rotation-on-schedule',
				'secretsmanager-secret-rotated-recently',
				'secretsmanager-secret-used',
				'secretsmanager-secret-policy-not-public',
				'eventbridge-secret-events-routed',
			],
		},
	},
	{
		id: 'database-credentials',
		title: 'Database credentials of RDS and Aurora',
		headings: ['AWS Secrets Manager › Primary Use Case'],
		text: 'The password of a database is the classic case: RDS and Aurora can keep that of the master user in Secrets Manager themselves and rotate it, every seven days unless told otherwise. Such a secret says which service made it. That a database keeps its password elsewhere is not seen: of databases Vedette reads the global ones of Aurora, not single instances.',
		changed: 'RDS and Aurora manage the secret themselves since the end of 2022, without a function of yours.',
		shownBy: {
			rules: ['secretsmanager-secret-rotation-enabled', 'secretsmanager-secret-rotation-on-schedule'],
			services: ['secretsmanager'],
		},
	},
	{
		id: 'multi-region-secrets',
		title: 'Multi-Region secrets',
		headings: under('AWS Secrets Manager – Multi-Region Secrets', 'Overview', 'Key Features', 'Use Cases', 'Example'),
		text: 'A secret can have read-only replicas in other Regions, each encrypted with a key of its Region. Rotation happens on the primary and reaches the replicas afterwards; one that fails to follow serves an old password on the day when it is needed. In an emergency a replica can be promoted to a secret of its own, and then no longer follows.',
		shownBy: {boards: ['multiregion'], rules: ['secretsmanager-secret-replicas-in-sync'], services: ['secretsmanager']},
	},
];
