import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { isSecure } from '../access-point/delegation';
import { ConfigurationError, Place } from '../private/errors';

/** Throws on a bucket whose objects the function could not read, or not judge. Of other buckets than ours nothing is known. */
export function checkReadable(place: Place, bucket: s3.IBucket): void {
  checkEncryption(place, bucket, 'the function has none of these keys', 'the function would see cipher text only');
}

/** Throws on a bucket that the function could not write to, or not as its clients do. */
export function checkWritable(place: Place, bucket: s3.IBucket): void {
  checkEncryption(place, bucket, 'the function has none of these keys', 'the copies would be the only objects that are not');
}

/** Throws on a bucket of another account or Region than the stack. */
export function checkNear(place: Place, scope: Construct, bucket: s3.IBucket): void {
  const { account, region } = Stack.of(scope);
  const isElsewhere = [[bucket.env.account, account], [bucket.env.region, region]]
    .some(([one, other]) => Token.compareStrings(one, other) === TokenComparison.DIFFERENT);
  if (isElsewhere) {
    throw new ConfigurationError(place, `the bucket [${bucket.node.path}] is in ${bucket.env.account}/${bucket.env.region}, and the stack in ${account}/${region}`,
      'create it in a stack of the account and the Region of its buckets');
  }
}

function checkEncryption(place: Place, bucket: s3.IBucket, withClientKeys: string, byClients: string): void {
  const mode = isSecure(bucket) ? bucket._requests.encryption.mode : undefined;
  if (mode === 'customerProvided') {
    throw new ConfigurationError(place, `the bucket [${bucket.node.path}] is encrypted with keys of its clients (SSE-C), and ${withClientKeys}`,
      'choose another encryption, such as Encryption.kms()');
  }
  if (mode === 'clientSide') {
    throw new ConfigurationError(place, `the bucket [${bucket.node.path}] is encrypted by its clients, and ${byClients}`,
      'choose another encryption, such as Encryption.kms()');
  }
}
