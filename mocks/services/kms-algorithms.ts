import type {KeyMetadata, KeySpec, KeyUsageType, SigningAlgorithmSpec} from '@aws-sdk/client-kms';

type Algorithms = Pick<
	KeyMetadata,
	'EncryptionAlgorithms' | 'SigningAlgorithms' | 'MacAlgorithms' | 'KeyAgreementAlgorithms' | 'EncapsulationAlgorithms'
>;

const rsaSigning: SigningAlgorithmSpec[] = [
	'RSASSA_PKCS1_V1_5_SHA_256',
	'RSASSA_PKCS1_V1_5_SHA_384',
	'RSASSA_PKCS1_V1_5_SHA_512',
	'RSASSA_PSS_SHA_256',
	'RSASSA_PSS_SHA_384',
	'RSASSA_PSS_SHA_512',
];

// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
const signing: Readonly<Partial<Record<KeySpec, SigningAlgorithmSpec[]>>> = {
	RSA_2048: rsaSigning,
	RSA_3072: rsaSigning,
	RSA_4096: rsaSigning,
	ECC_NIST_P256: ['ECDSA_SHA_256'],
	ECC_SECG_P256K1: ['ECDSA_SHA_256'],
	ECC_NIST_P384: ['ECDSA_SHA_384'],
	ECC_NIST_P521: ['ECDSA_SHA_512'],
	ECC_NIST_EDWARDS25519: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
	SM2: ['SM2DSA'],
	ML_DSA_44: ['ML_DSA_SHAKE_256'],
	ML_DSA_65: ['ML_DSA_SHAKE_256'],
	ML_DSA_87: ['ML_DSA_SHAKE_256'],
};

const mac: Readonly<Partial<Record<KeySpec, KeyMetadata['MacAlgorithms']>>> = {
	HMAC_224: ['HMAC_SHA_224'],
	HMAC_256: ['HMAC_SHA_256'],
	HMAC_384: ['HMAC_SHA_384'],
	HMAC_512: ['HMAC_SHA_512'],
};

/** The algorithm members of a key's metadata: exactly one, by what the key is for. */
export const algorithmsOf = (spec: KeySpec, usage: KeyUsageType): Algorithms => {
	switch (usage) {
		case 'SIGN_VERIFY':
			return {SigningAlgorithms: signing[spec]};
		case 'GENERATE_VERIFY_MAC':
			return {MacAlgorithms: mac[spec]};
		case 'KEY_AGREEMENT':
			return {KeyAgreementAlgorithms: ['ECDH']};
		case 'ENCAPSULATE_DECAPSULATE':
			return {EncapsulationAlgorithms: ['ML_KEM']};
		default:
			if (spec === 'SYMMETRIC_DEFAULT') return {EncryptionAlgorithms: ['SYMMETRIC_DEFAULT']};
			return {EncryptionAlgorithms: spec === 'SM2' ? ['SM2PKE'] : ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256']};
	}
};
