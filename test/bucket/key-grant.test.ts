import { Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Encryption } from '../../src/bucket/encryption';
import { DECRYPT, ENCRYPT, grantBucketKey } from '../../src/bucket/key-grant';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { allowedByIdentities, allowedByKeys, arn, jsonIn, PARTNER, warningsOf } from '../access-point/templates';
import { newStack } from '../checks/synth';

const KEY_ARN = 'arn:aws:kms:eu-west-1:777788889999:key/12345678-1234-1234-1234-123456789012';
const THROUGH_S3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const PARTNER_ROOT = { AWS: arn(`iam::${PARTNER}:root`) };

function role(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
}

test.each([
  ['a reader decrypts', DECRYPT, 'kms:Decrypt'],
  ['a writer encrypts, and decrypts the parts of uploads', ENCRYPT, ['kms:GenerateDataKey', 'kms:Decrypt']],
])('%s', (_who, actions, written) => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
  expect(grantBucketKey(stack, bucket, role(stack), actions)!.success).toBe(true);
  grantBucketKey(stack, bucket, new iam.AccountPrincipal(PARTNER), actions);
  const key = { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] };
  expect(allowedByIdentities(stack)).toEqual([{ Effect: 'Allow', Action: written, Resource: key, Condition: THROUGH_S3 }]);
  expect(allowedByKeys(stack)).toEqual([{ Effect: 'Allow', Principal: PARTNER_ROOT, Action: written, Resource: '*', Condition: THROUGH_S3 }]);
});

test.each<[string, (stack: Stack) => s3.IBucket]>([
  ['SSE-S3', stack => new SecureBucket(stack, 'Data')],
  ['a plain bucket', stack => new s3.Bucket(stack, 'Data')],
  ['an imported bucket', stack => s3.Bucket.fromBucketName(stack, 'Data', 'example-data')],
])('%s has no key to grant', (_what, bucketIn) => {
  const stack = newStack();
  expect(grantBucketKey(stack, bucketIn(stack), role(stack), DECRYPT)).toBeUndefined();
  expect(allowedByIdentities(stack)).toEqual([]);
});

test('the key of an imported bucket is granted through S3 in the Region of the bucket', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Data', { bucketName: 'example-data', region: 'us-east-1', encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) });
  grantBucketKey(stack, bucket, role(stack), DECRYPT);
  expect(allowedByIdentities(stack)).toEqual([
    { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY_ARN, Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } },
  ]);
});

describe('an imported key', () => {
  const imported = (stack: Stack) => new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) }) });

  test('is granted to a role of its account without a word', () => {
    const stack = newStack({ env: { account: '777788889999', region: 'eu-west-1' } });
    grantBucketKey(stack, imported(stack), role(stack), DECRYPT);
    expect(allowedByIdentities(stack)).toHaveLength(1);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is granted to others with a warning that says what to add', () => {
    const stack = newStack();
    const bucket = imported(stack);
    grantBucketKey(bucket, bucket, new iam.AccountPrincipal(PARTNER), ENCRYPT);
    const told = warningsOf(stack, '/Stack/Data');
    expect(told.join()).toMatch(/annotation::imported-key/i);
    expect(jsonIn(told, /^\[Stack\/Data\] the policy of the imported key arn:aws:kms:.* cannot be changed here, so the grant has no effect until/))
      .toEqual({ Effect: 'Allow', Principal: PARTNER_ROOT, Action: ENCRYPT, Resource: '*', Condition: THROUGH_S3 });
  });

  test.each(['before', 'after'])('warns no more once it was acknowledged, %s the grant', when => {
    const stack = newStack();
    const bucket = imported(stack);
    const steps = [
      () => Validations.of(bucket).acknowledge({ id: 'imported-key', reason: 'added by its owner' }),
      () => grantBucketKey(bucket, bucket, new iam.AccountPrincipal(PARTNER), DECRYPT),
    ];
    (when === 'before' ? steps : steps.reverse()).forEach(step => step());
    expect(warningsOf(stack)).toEqual([]);
  });
});
