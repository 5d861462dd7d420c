import { App, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MfaDelete } from '../../src/bucket/mfa-delete';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { newStack, statement, templateOf } from '../checks/synth';

const EXCLUDED = '[Stack/Data] lifecycle rules and mfaDelete exclude each other: '
  + 'leave one of the two out: S3 supports no lifecycle configuration on a bucket with MFA delete, since expiry would delete without MFA';

function bucketIn(stack: Stack, props: SecureBucketProps = {}): SecureBucket {
  return new SecureBucket(stack, 'Data', { mfaDelete: MfaDelete.required({ maxAge: Duration.minutes(15) }), ...props });
}

test('deleting versions, changing the versioning and setting lifecycle rules need a recent MFA, also of those who have none at all', () => {
  const stack = newStack();
  bucketIn(stack);
  const found = statement(templateOf(stack), 'MfaDelete');
  expect(found).toEqual({
    Sid: 'MfaDelete',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:DeleteObjectVersion', 's3:PutBucketVersioning', 's3:PutLifecycleConfiguration'],
    Resource: [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, '/*']] }],
    Condition: { NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '900' } },
  });
});

test('exempt roles pass without', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  bucketIn(stack, { mfaDelete: MfaDelete.required({ maxAge: Duration.hours(1), exemptPrincipals: [role, iam.Role.fromRoleName(stack, 'Deploy', 'deploy')] }) });
  expect(statement(templateOf(stack), 'MfaDelete').Condition.ArnNotLikeIfExists).toEqual({
    'aws:PrincipalArn': [
      { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] },
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/deploy']] },
    ],
  });
});

test('an empty list of exempt roles spares nobody', () => {
  const stack = newStack();
  bucketIn(stack, { mfaDelete: MfaDelete.required({ maxAge: Duration.hours(1), exemptPrincipals: [] }) });
  expect(Object.keys(statement(templateOf(stack), 'MfaDelete').Condition)).toEqual(['NumericGreaterThanIfExists']);
});

describe('maxAge', () => {
  test.each<[Duration, string]>([
    [Duration.seconds(1), '1'],
    [Duration.millis(1500), '1'],
    [Duration.minutes(5), '300'],
    [Duration.hours(36), '129600'],
  ])('of %s stands in the policy as %s seconds', (maxAge, seconds) => {
    const stack = newStack();
    bucketIn(stack, { mfaDelete: MfaDelete.required({ maxAge }) });
    expect(statement(templateOf(stack), 'MfaDelete').Condition.NumericGreaterThanIfExists).toEqual({ 'aws:MultiFactorAuthAge': seconds });
  });

  test.each<[string, Duration]>([
    ['0 seconds', Duration.seconds(0)],
    ['999 millis', Duration.millis(999)],
    ['36 hours and a second', Duration.seconds(36 * 3600 + 1)],
    ['2 days', Duration.days(2)],
    ['not a number', Duration.seconds(NaN)],
  ])('of %s is refused', (_name, maxAge) => {
    expect(() => MfaDelete.required({ maxAge })).toThrow(
      /^\[MfaDelete\.required\] maxAge is .*: choose from 1 second to 36 hours, the longest that credentials with MFA live$/);
  });

  test('is named in the error', () => {
    expect(() => MfaDelete.required({ maxAge: Duration.days(2) })).toThrow('[MfaDelete.required] maxAge is 2 days: ');
  });

  test('that is known only at deployment is refused by its name, not by a number', () => {
    expect(() => MfaDelete.required({ maxAge: Duration.seconds(Lazy.number({ produce: () => 60 })) })).toThrow(/MfaDelete\.required\] maxAge is <token> seconds: /);
  });
});

describe('lifecycle rules', () => {
  test('there are none, not even the one that aborts stale uploads', () => {
    const stack = newStack();
    bucketIn(stack);
    const [{ Properties }] = Object.values(templateOf(stack).findResources('AWS::S3::Bucket'));
    expect(Properties.LifecycleConfiguration).toBeUndefined();
    expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  test('are refused in the props', () => {
    expect(() => bucketIn(newStack(), { lifecycleRules: [{ expiration: Duration.days(1) }] })).toThrow(EXCLUDED);
  });

  test('are refused later', () => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    expect(() => bucket.addLifecycleRule({ expiration: Duration.days(1) })).toThrow(EXCLUDED);
    const [{ Properties }] = Object.values(templateOf(stack).findResources('AWS::S3::Bucket'));
    expect(Properties.LifecycleConfiguration).toBeUndefined();
  });

  test('an empty list is none', () => {
    expect(() => bucketIn(newStack(), { lifecycleRules: [] })).not.toThrow();
  });
});

test('autoDeleteObjects is refused', () => {
  expect(() => bucketIn(newStack(), { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }))
    .toThrow('[Stack/Data] autoDeleteObjects deletes versions without MFA, which mfaDelete refuses: leave one of the two out');
});

describe('the command that switches MFA delete on', () => {
  function command(stack: Stack): any {
    bucketIn(stack, { bucketName: 'example-data' });
    const outputs = templateOf(stack).findOutputs('*', {});
    expect(Object.values(outputs)).toHaveLength(1);
    const [[name, output]] = Object.entries(outputs);
    expect(name).toMatch(/^DataEnableMfaDelete/);
    expect(output.Description).toBe('To be run once by the root user of the account, with the serial number of its MFA device and a current code');
    return output.Value;
  }

  test('is an output, exactly as it is typed', () => {
    const parts = command(newStack())['Fn::Join'];
    const typed = parts[1].map((part: any) => typeof part === 'string' ? part : ({ 'AWS::Partition': 'aws' } as any)[part.Ref] ?? 'example-data').join(parts[0]);
    expect(typed).toBe(
      'aws s3api put-bucket-versioning --bucket example-data --versioning-configuration Status=Enabled,MFADelete=Enabled '
      + '--mfa "arn:aws:iam::111122223333:mfa/root-account-mfa-device 123456"');
  });

  test('names the bucket and the account by reference', () => {
    expect(command(new Stack(new App(), 'Stack'))['Fn::Join'][1]).toEqual(expect.arrayContaining([
      { Ref: expect.stringMatching(/^Data/) }, { Ref: 'AWS::Partition' }, { Ref: 'AWS::AccountId' },
    ]));
  });

  test('is not there without mfaDelete', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data');
    expect(templateOf(stack).findOutputs('*')).toEqual({});
  });
});
