import * as kms from 'aws-cdk-lib/aws-kms';
import { EncryptionMode } from '../guarantees/facts';
import { described } from '../private/described';
import { ConfigurationError } from '../private/errors';

/** A KMS key for a bucket. */
export interface KmsEncryptionOptions {
  /**
   * The key. An alias is refused: which key it names, and in whose account, depends on who asks.
   *
   * @default - a key is created that rotates every year and is kept when the stack is deleted, as the bucket is
   */
  readonly key?: kms.IKey;
}

/**
 * How the objects of a bucket are encrypted: the default for writes that say nothing, and what the bucket policy enforces on
 * writes that say something.
 *
 * How S3 judges the different ways to write:
 *
 * - *Upload, copy, start of a multipart upload*: by their own encryption headers. A copy is judged as a write to its target.
 * - *Parts of a multipart upload* carry no encryption header (S3 rejects it there, except for SSE-C, where every part carries
 *   it) and take the encryption of the upload they belong to. Statements that refuse a *wrong* header leave them alone.
 * - *Browser POST*: form fields of the same names take the place of the headers.
 * - *Replication* writes with `s3:ReplicateObject`, which carries the same condition keys; the statements cover it, so a
 *   replica under another algorithm or key is refused, too.
 * - *A change of encryption in place* (`s3:UpdateObjectEncryption`) is refused like a write, if it asks for another algorithm or key.
 * - *No header at all*: the object gets the default encryption of the bucket, which is the one you chose.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export class Encryption {
  /**
   * SSE-S3: keys that Amazon S3 manages. The default: nothing to pay, nothing to configure, no quota.
   *
   * Writes that ask for SSE-KMS, DSSE-KMS or SSE-C are refused.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html
   */
  public static s3Managed(): Encryption {
    return new Encryption('s3Managed');
  }

  /**
   * SSE-KMS under one AWS KMS key: reading needs a right on the key as well, and CloudTrail shows its use.
   *
   * Refused are writes with another algorithm, with another key, and with `aws:kms` but without a key id: that means the AWS
   * managed key `aws/s3`, whatever the default of the bucket is.
   *
   * Each upload and download costs one KMS request, against a quota per second that all of an account's uses of KMS in a
   * Region share (its size depends on the Region and can be raised). The S3 Bucket Key, always on here, relieves it by up to
   * 99 percent: S3 derives data keys from a bucket-level key that it keeps for a while, per requester. With a bucket key, the
   * encryption context is the ARN of the bucket instead of that of the object; a key policy that names it must say so.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
   */
  public static kms(options: KmsEncryptionOptions = {}): Encryption {
    return new Encryption('kms', keyOf('Encryption.kms', options));
  }

  /**
   * DSSE-KMS: two independent layers of encryption, for rules that ask for them. Refuses what `kms` refuses.
   *
   * S3 has no bucket key for DSSE-KMS, so each request counts against the quota of KMS.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
   */
  public static dualLayerKms(options: KmsEncryptionOptions = {}): Encryption {
    return new Encryption('dualLayerKms', keyOf('Encryption.dualLayerKms', options));
  }

  /**
   * SSE-C: clients send their key with every request, and AWS keeps none. Allowed for this bucket, and required on every write.
   *
   * Who loses the key loses the object. Log delivery, inventory and the S3 console cannot write such objects. Replicas are judged as
   * writes; AWS does not document which encryption keys a replica of an SSE-C object carries, so try it before you rely on it.
   * A multipart upload needs the headers of SSE-C at its start, with every part and, since the policy requires them, also at its
   * completion: AWS SDKs and the AWS CLI send them there, if they are given.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
   */
  public static customerProvided(): Encryption {
    return new Encryption('customerProvided');
  }

  /**
   * Client-side encryption: objects arrive encrypted, and S3 never sees their content.
   *
   * The construct gives a rotating key (`clientSideKey`) and two grants: `grantClientSideEncrypt` lets a writer generate data
   * keys and nothing else, `grantClientSideDecrypt` lets a reader decrypt and nothing else. At rest, the bucket adds SSE-S3.
   * No policy can tell whether the bytes of an upload are encrypted; who may write is what you control.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingClientSideEncryption.html
   */
  public static clientSide(options: KmsEncryptionOptions = {}): Encryption {
    return new Encryption('clientSide', keyOf('Encryption.clientSide', options));
  }

  /** @internal */
  public readonly _mode: EncryptionMode;
  /** @internal */
  public readonly _key?: kms.IKey;

  private constructor(mode: EncryptionMode, key?: kms.IKey) {
    this._mode = mode;
    this._key = key;
  }
}

/** Whoever gives the key itself, in JavaScript, would get another one without a word. */
function keyOf(place: string, options: KmsEncryptionOptions): kms.IKey | undefined {
  const isKey = (value: unknown) => value !== null && typeof value === 'object' && 'keyArn' in value;
  if (options === null || typeof options !== 'object' || isKey(options)) {
    throw new ConfigurationError(place, `options is ${described(options)}`, 'give the key by its name: { key }');
  }
  if (options.key !== undefined && !isKey(options.key)) {
    throw new ConfigurationError(place, `key is ${described(options.key)}`, 'give a key, such as a kms.Key, or leave it out for a new one');
  }
  return options.key;
}
