import type {Topic} from '../model/index.js';

const why = 'Why Encryption?';

/** Where data is encrypted: on its way, where it lies, and before it is sent. */
export const encryption: readonly Topic[] = [
	{
		id: 'why-encryption',
		title: 'Why encryption, and at which of three places',
		headings: ['AWS Security & Encryption', why],
		text: 'Data can be encrypted on its way (TLS), by the service that keeps it (server-side, at rest) and by the application before it sends it (client-side). Each keeps out somebody else: who listens on the line, who gets at the disk, and who gets at the service itself. None replaces another. Vedette shows the first two from what AWS tells of the settings; the third stands in no setting of AWS.',
		shownBy: {boards: ['inflight', 'atrest', 'multiregion']},
	},
	{
		id: 'encryption-in-flight',
		title: 'Encryption in flight (TLS)',
		headings: [`${why} › Encryption in Flight (TLS / SSL)`, `${why} › Key Concepts`, `${why} › Example Workflow`],
		text: 'With TLS the server proves by a certificate who it is, and both sides agree on keys, so that nobody between them can read or change what is sent, a password in a login form for instance. It holds as far as TLS goes: a listener that also answers plain HTTP, or a load balancer that speaks in the clear to its targets, leaves a part of the way open.',
		changed:
			'The notes speak of TLS and SSL as one. SSL and the versions of TLS before 1.2 are no protection today: listeners, domain names and distributions are judged by the oldest version that they still take.',
		shownBy: {
			boards: ['inflight'],
			rules: [
				'elbv2-listener-encrypted',
				'elbv2-listener-tls-current',
				'elbv2-listener-redirects-to-https',
				'cloudfront-distribution-https-only',
				'cloudfront-distribution-modern-tls',
				'cloudfront-distribution-origin-encrypted',
				'apigateway-domain-modern-tls',
				'apigateway-api-modern-tls',
				's3-bucket-tls-only',
			],
		},
	},
	{
		id: 'encryption-at-rest',
		title: 'Server-side encryption at rest',
		headings: [`${why} › Server-Side Encryption at Rest`, `${why} › Key Concepts #2`, `${why} › Example Workflow #2`],
		text: 'The service encrypts what it receives with a data key, keeps the data key encrypted beside it, and decrypts again for whoever may read. It protects what lies on the storage, not what an allowed caller asks for: who may use the key, and whether that is recorded, depends on whose key it is.',
		changed:
			'S3 has encrypted every new object since 5 January 2023, with its own keys where nothing else is set, and Aurora every new cluster since 18 February 2026. What is left to decide is the key; volumes of EBS, and what is older, may still lie in the clear.',
		shownBy: {
			boards: ['atrest'],
			rules: [
				'ec2-region-encryption-default',
				'ec2-volume-encrypted',
				'ec2-snapshot-encrypted',
				's3-bucket-encrypted-with-kms',
				'dynamodb-table-kms-key',
				'rds-global-cluster-encrypted',
				'rds-cluster-encrypted',
				'secretsmanager-secret-customer-key',
				'ssm-parameter-customer-key',
				'cloudtrail-trail-encrypted',
				'apigateway-stage-cache-encrypted',
			],
		},
	},
	{
		id: 'client-side-encryption',
		title: 'Client-side and envelope encryption',
		headings: [`${why} › Client-Side Encryption`, `${why} › Key Concepts #3`, `${why} › Example Workflow #3`],
		text: 'The application encrypts before it sends, and whoever keeps the data never holds it in the clear. Envelope encryption makes that practical: each message has a data key of its own, and only the small data key is encrypted with the key in KMS. No API of AWS tells whether data was encrypted before it was sent, and Vedette does not claim to know: it shows what such an application depends on, that its key is usable, rotated and guarded, and present in each Region where the data is read.',
		changed:
			'The notes name no library for it in general. Today it is the AWS Encryption SDK, the AWS Database Encryption SDK for DynamoDB (formerly the DynamoDB Encryption Client) or the S3 Encryption Client.',
		shownBy: {
			boards: ['multiregion'],
			rules: ['kms-key-usable', 'kms-replicas-consistent', 'kms-policy-accounts-trusted', 'cloudtrail-kms-use-recorded'],
		},
	},
];
