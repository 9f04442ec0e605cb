import {type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenShared, hasDefaultKey, isPlain, leafOf, oddType, type Parameter, pathOf, untold} from './parameter.js';

/** Words of a name, in lower case: of `/prod/DBPassword-old` they are `prod`, `db`, `password`, `old`. */
const wordsOf = (name: string): readonly string[] =>
	name
		.replaceAll(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ')
		.replaceAll(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);

// Alone, or as the end of a run-on word such as `dbpassword`.
const secretWord =
	/(?:pwd|(?:pass|passwd|password|passphrase|secret|credential|token|apikey|privatekey|accesskey|secretkey|conn(?:ection)?string)s?)$/u;

/** Words that end like one: of a way, a filter or a needle. */
const harmlessWord = /^(?:(?:en|gyro)?compass|bypass|surpass|trespass|overpass|underpass|(?:all|band|high|low|multi|single)pass)$/u;
const secretPairs = ['api key', 'private key', 'access key', 'secret key', 'signing key', 'connection string', 'conn string', 'auth token'];

/**
 * What comes last says what the value is: `db-password-arn` names where a password lies, `token-ttl` how long one lasts.
 * All but the first five are ours; those five are what other heuristics exclude.
 */
const aboutSecrets = new Set([
	...['arn', 'path', 'name', 'id', 'url'],
	...['uri', 'host', 'endpoint', 'alias', 'region', 'version', 'issuer', 'audience', 'username', 'user'],
	...['ttl', 'expiry', 'expiration', 'timeout', 'length', 'count', 'days', 'hours', 'minutes', 'seconds', 'policy', 'enabled', 'algorithm'],
]);

/** The words by which a text speaks of a secret, or undefined where it does not. */
const secretWordsIn = (text: string): string | undefined => {
	const words = wordsOf(text);
	if (aboutSecrets.has(words.at(-1) ?? '')) {
		return undefined;
	}

	const pairs = words.map((word, index) => `${words[index - 1] ?? ''} ${word}`);
	return (
		words.find(word => secretWord.test(word) && !harmlessWord.test(word)) ??
		pairs.find(pair => secretPairs.includes(pair.replace(/s$/u, '')))
	);
};

export type Suspicion = {readonly word: string; readonly where: 'name' | 'path'};

/** Whether a parameter's name speaks of a secret: its last part, or the hierarchy in which it stands. Never its value. */
export const suspicionOf = (name: string): Suspicion | undefined => {
	const leaf = leafOf(name);
	const word = secretWordsIn(leaf);
	if (word !== undefined) {
		return {word, where: 'name'};
	}

	const above = aboutSecrets.has(wordsOf(leaf).at(-1) ?? '')
		? undefined
		: pathOf(name)
				.split('/')
				.map(secretWordsIn)
				.find(found => found !== undefined);
	return above === undefined ? undefined : {word: above, where: 'path'};
};

export const secretEncrypted: Rule<Parameter> = {
	id: 'ssm-parameter-secret-encrypted',
	title: 'A parameter that sounds like a secret is a SecureString',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Whoever may read parameters reads a String in plaintext, and so does the console to whoever looks over a shoulder. A SecureString needs kms:Decrypt on its key besides, which can be granted, denied and audited by itself.',
	remediation: {
		text: 'If it is a secret: make a new SecureString under another name (a parameter’s type cannot be changed), let its readers use that, delete this one with its history, and change the secret itself, since it lay open. If it is none, mute this.',
		cli: 'aws ssm put-parameter --name NEW_NAME --type SecureString --key-id KEY_ID --value VALUE --region {region}',
		terraform:
			'resource "aws_ssm_parameter" "this" {\n  name             = var.new_name\n  type             = "SecureString"\n  key_id           = aws_kms_key.parameters.arn\n  value_wo         = var.value\n  value_wo_version = 1\n}',
		url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html',
	},
	note: 'A suspicion, by the words of the name alone: values are never read. MEDIUM where only the path above it speaks of secrets. Security Hub and Prowler have no rule on parameters. A secret that is read through /aws/reference/secretsmanager/… stays in Secrets Manager and is judged there; the public parameters under /aws/service/… are AWS’s and not listed.',
	reads: [],
	exempts: exemptWhenShared,
	evaluate({resourceName, configuration}) {
		const odd = oddType(configuration);
		if (odd !== undefined) {
			return odd;
		}

		const {type, dataType} = configuration;
		const evidence = {expected: 'Type SecureString for what is secret', observed: `Type ${type}`, operation: 'DescribeParameters'};
		if (type === 'SecureString') {
			return {verdict: 'PASS', reason: 'encrypted: a SecureString', evidence};
		}

		const suspicion = dataType === 'aws:ec2:image' ? undefined : suspicionOf(resourceName);
		return suspicion === undefined
			? {verdict: 'PASS', reason: `a plain ${type} whose name speaks of no secret`, evidence}
			: {
					verdict: 'FAIL',
					severity: suspicion.where === 'name' ? 'HIGH' : 'MEDIUM',
					reason: `a plaintext secret is suspected: its ${suspicion.where} says “${suspicion.word}”, its type is ${type}`,
					evidence,
				};
	},
};

export const customerKey: Rule<Parameter> = {
	id: 'ssm-parameter-customer-key',
	title: 'A SecureString is encrypted with a key of your own',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'The policy of aws/ssm is AWS’s: every principal of the account that may call Parameter Store may decrypt with it, and a parameter under it cannot be shared with another account.',
	remediation: {
		text: 'First grant kms:Decrypt on a customer managed key to those who read the parameter, then put the value again with that key. An advanced one takes --tier Advanced too.',
		cli: 'aws ssm put-parameter --name {name} --type SecureString --key-id KEY_ID --value VALUE --overwrite --region {region}',
		terraform:
			'resource "aws_ssm_parameter" "this" {\n  name             = "{name}"\n  type             = "SecureString"\n  key_id           = aws_kms_key.parameters.arn\n  value_wo         = var.value\n  value_wo_version = 1\n}',
		url: 'https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html',
	},
	reads: [],
	exempts: resource =>
		exemptWhenShared(resource) ??
		(isPlain(resource.configuration) ? `a ${resource.configuration.type}, which is not encrypted with a key of KMS` : undefined),
	evaluate({configuration: parameter}) {
		const odd = oddType(parameter);
		if (odd !== undefined || parameter.keyId === undefined) {
			return odd ?? untold('key');
		}

		const evidence = {expected: 'KeyId of a customer managed key', observed: parameter.keyId, operation: 'DescribeParameters'};
		return hasDefaultKey(parameter)
			? {verdict: 'FAIL', reason: 'encrypted with aws/ssm, the key that all parameters share', evidence}
			: {verdict: 'PASS', reason: `encrypted with ${parameter.keyId}`, evidence};
	},
};
