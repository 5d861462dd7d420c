import { buildClient, CommitmentPolicy, KmsKeyringNode, KMS } from '@aws-crypto/client-node';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Both sides go through the AWS Encryption SDK, which binds the ciphertext to where it belongs: the encryption context. */
const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

export interface Vault {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly keyArn: string;
  /** For tests and for other endpoints; the default credentials and endpoints otherwise. */
  readonly kms?: (region: string) => KMS;
}

/** Needs `kms:GenerateDataKey` and `s3:PutObject`. */
export async function upload(vault: Vault, key: string, content: Uint8Array): Promise<void> {
  const { result } = await encrypt(keyring(vault, 'encrypt'), content, { encryptionContext: context(vault, key) });
  await vault.s3.send(new PutObjectCommand({ Bucket: vault.bucket, Key: key, Body: result }));
}

/** Needs `kms:Decrypt` and `s3:GetObject`. Throws if the object was encrypted for another place or was changed. */
export async function download(vault: Vault, key: string): Promise<Uint8Array> {
  const { Body } = await vault.s3.send(new GetObjectCommand({ Bucket: vault.bucket, Key: key }));
  const { plaintext, messageHeader } = await decrypt(keyring(vault, 'decrypt'), await Body!.transformToByteArray());
  for (const [name, value] of Object.entries(context(vault, key))) {
    if (messageHeader.encryptionContext[name] !== value) {
      throw new Error(`the object was not encrypted as ${key} of ${vault.bucket}`);
    }
  }
  return plaintext;
}

function context(vault: Vault, key: string): { [name: string]: string } {
  return { bucket: vault.bucket, key };
}

function keyring(vault: Vault, use: 'encrypt' | 'decrypt'): KmsKeyringNode {
  const clientProvider = vault.kms;
  const key = use === 'encrypt' ? { generatorKeyId: vault.keyArn } : { keyIds: [vault.keyArn] };
  return new KmsKeyringNode({ ...key, ...clientProvider ? { clientProvider } : {} });
}
