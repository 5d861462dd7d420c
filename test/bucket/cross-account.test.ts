import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { newApp, newStack, statementsOf, synthOf, templateOf } from '../checks/synth';

const PARTNER = '444455556666';
const ORGANIZATION = 'o-exampleorg1';
const KEY_ARN = 'arn:aws:kms:eu-west-1:777788889999:key/12345678-1234-1234-1234-123456789012';
const ACCOUNT_PRINCIPAL = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${PARTNER}:root`]] } };
const BUCKET = { 'Fn::GetAtt': [expect.stringMatching(/^Data/), 'Arn'] };
const objects = (prefix: string) => ({ 'Fn::Join': ['', [BUCKET, `/${prefix}*`]] });
const THROUGH_S3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };

interface Granted {
  readonly grant: iam.Grant;
  readonly stack: Stack;
  /** What the bucket policy allows. */
  readonly allowed: any[];
  /** What the policy of the created key allows others than its own account. */
  readonly keyAllowed: any[];
}

function granted(give: (bucket: SecureBucket) => iam.Grant, props?: SecureBucketProps, stack = newStack()): Granted {
  const grant = give(new SecureBucket(stack, 'Data', props));
  const template = templateOf(stack);
  const keys = Object.values(template.findResources('AWS::KMS::Key'));
  return {
    grant,
    stack,
    allowed: statementsOf(template).filter(({ Effect }) => Effect === 'Allow'),
    keyAllowed: keys.flatMap(({ Properties }) => Properties.KeyPolicy.Statement).filter(({ Action }) => Action !== 'kms:*'),
  };
}

describe('grantCrossAccountRead', () => {
  test('to an account', () => {
    const { allowed, grant } = granted(bucket => bucket.grantCrossAccountRead(PARTNER));
    expect(grant.success).toBe(true);
    expect(allowed).toEqual([
      { Effect: 'Allow', Principal: ACCOUNT_PRINCIPAL, Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects('') },
      { Effect: 'Allow', Principal: ACCOUNT_PRINCIPAL, Action: 's3:ListBucket', Resource: BUCKET },
    ]);
  });

  test('below a prefix, where listing is confined to it, too', () => {
    const { allowed } = granted(bucket => bucket.grantCrossAccountRead(PARTNER, 'shared/'));
    expect(allowed).toEqual([
      expect.objectContaining({ Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects('shared/') }),
      { Effect: 'Allow', Principal: ACCOUNT_PRINCIPAL, Action: 's3:ListBucket', Resource: BUCKET, Condition: { StringLike: { 's3:prefix': 'shared/*' } } },
    ]);
  });

  test('to an organization', () => {
    const { allowed } = granted(bucket => bucket.grantCrossAccountRead(ORGANIZATION, 'shared/'));
    expect(allowed).toEqual([
      expect.objectContaining({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } }),
      expect.objectContaining({
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION }, StringLike: { 's3:prefix': 'shared/*' } },
      }),
    ]);
  });

  test('with SSE-KMS, also to decrypt, through S3 only', () => {
    const { keyAllowed } = granted(bucket => bucket.grantCrossAccountRead(PARTNER), { encryption: Encryption.kms() });
    expect(keyAllowed).toEqual([
      { Effect: 'Allow', Principal: ACCOUNT_PRINCIPAL, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: THROUGH_S3 } },
    ]);
  });

  test('with DSSE-KMS, to an organization', () => {
    const { keyAllowed } = granted(bucket => bucket.grantCrossAccountRead(ORGANIZATION), { encryption: Encryption.dualLayerKms() });
    expect(keyAllowed).toEqual([{
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { ...THROUGH_S3, 'aws:PrincipalOrgID': ORGANIZATION } },
    }]);
  });
});

describe('grantCrossAccountWrite', () => {
  test('to an account, without reading, deleting, ACLs, tags, holds and retention', () => {
    const { allowed, grant } = granted(bucket => bucket.grantCrossAccountWrite(PARTNER, 'inbox/'));
    expect(grant.success).toBe(true);
    expect(allowed).toEqual([{ Effect: 'Allow', Principal: ACCOUNT_PRINCIPAL, Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: objects('inbox/') }]);
  });

  test('to an organization', () => {
    const { allowed } = granted(bucket => bucket.grantCrossAccountWrite(ORGANIZATION));
    expect(allowed).toEqual([expect.objectContaining({
      Principal: { AWS: '*' }, Resource: objects(''), Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
    })]);
  });

  test('with SSE-KMS, also to make data keys, and to decrypt for multipart uploads, through S3 only', () => {
    const { keyAllowed } = granted(bucket => bucket.grantCrossAccountWrite(PARTNER), { encryption: Encryption.kms() });
    expect(keyAllowed).toEqual([{
      Effect: 'Allow', Principal: ACCOUNT_PRINCIPAL, Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: '*', Condition: { StringEquals: THROUGH_S3 },
    }]);
  });
});

describe.each<[string, (bucket: SecureBucket, to: string, prefix?: string) => iam.Grant]>([
  ['grantCrossAccountRead', (bucket, to, prefix) => bucket.grantCrossAccountRead(to, prefix)],
  ['grantCrossAccountWrite', (bucket, to, prefix) => bucket.grantCrossAccountWrite(to, prefix)],
])('%s', (_name, give) => {
  test.each(['', '4444', '4444555566667', '4444-5555-6666', 'partner', '*', 'o-short', 'O-EXAMPLEORG1', 'ou-ab12-11111111', `arn:aws:iam::${PARTNER}:root`])(
    '%p is neither an account nor an organization', to => {
      expect(() => give(new SecureBucket(newStack(), 'Data'), to)).toThrow(
        `[Stack/Data] '${to}' is neither an account nor an organization: give an account id of 12 digits or an organization id such as 'o-a1b2c3d4e5'`);
    });

  test.each<[string, string]>([
    ['*', "prefix is '*', which holds a wildcard or a policy variable: give the plain start of the keys, such as reports/"],
    ['shared/*', "prefix is 'shared/*', which holds a wildcard"],
    ['team-?/', "prefix is 'team-?/', which holds a wildcard"],
    ['home/${aws:username}/', "prefix is 'home/${aws:username}/', which holds a wildcard or a policy variable"],
    ['/shared/', "prefix is '/shared/', and keys do not start with a slash: write 'shared/'"],
  ])('the prefix %p is refused', (prefix, told) => {
    expect(() => give(new SecureBucket(newStack(), 'Data'), PARTNER, prefix)).toThrow(`[Stack/Data] ${told}`);
  });

  test('a refused grant leaves key and bucket policy alone', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
    expect(() => give(bucket, 'partner')).toThrow();
    expect(() => give(bucket, PARTNER, '*')).toThrow();
    const template = templateOf(stack);
    expect(statementsOf(template).filter(({ Effect }) => Effect === 'Allow')).toEqual([]);
    expect(Object.values(template.findResources('AWS::KMS::Key'))[0].Properties.KeyPolicy.Statement).toHaveLength(1);
  });

  test('to another organization than that of the bucket is refused', () => {
    expect(() => give(new SecureBucket(newStack(), 'Data', { organizationId: ORGANIZATION }), 'o-otherorg111')).toThrow(
      "[Stack/Data] a grant to the organization 'o-otherorg111' has no effect: organizationId 'o-exampleorg1' refuses it: "
      + 'grant to accounts of your own organization, or leave organizationId out');
  });

  test('to the same organization, and to one that is known only at deployment, is taken', () => {
    expect(() => give(new SecureBucket(newStack(), 'Data', { organizationId: ORGANIZATION }), ORGANIZATION)).not.toThrow();
    const stack = newStack();
    expect(() => give(new SecureBucket(stack, 'Data', { organizationId: new CfnParameter(stack, 'Organization').valueAsString }), ORGANIZATION)).not.toThrow();
  });

  test('to an account that is known only at deployment is taken', () => {
    const account = Lazy.string({ produce: () => PARTNER });
    const { allowed } = granted(bucket => give(bucket, account));
    expect(allowed[0].Principal).toEqual(ACCOUNT_PRINCIPAL);
  });

  test('of a bucket with SSE-S3 or client-side encryption needs no key', () => {
    expect(granted(bucket => give(bucket, PARTNER)).keyAllowed).toEqual([]);
    expect(granted(bucket => give(bucket, PARTNER), { encryption: Encryption.clientSide() }).keyAllowed).toEqual([]);
  });

  test('names the Region of the stack in the condition of the key, also where it is not known', () => {
    const { keyAllowed } = granted(bucket => give(bucket, PARTNER), { encryption: Encryption.kms() }, new Stack(newApp(), 'Stack'));
    expect(keyAllowed[0].Condition).toEqual({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } });
  });

  test('twice says it once per prefix', () => {
    const once = granted(bucket => give(bucket, PARTNER, 'a/')).allowed;
    expect(granted(bucket => give(bucket, PARTNER, 'a/').combine(give(bucket, PARTNER, 'a/'))).allowed).toEqual(once);
    expect(granted(bucket => give(bucket, PARTNER, 'a/').combine(give(bucket, PARTNER, 'b/'))).allowed).toHaveLength(2 * once.length);
  });

  test('under an imported key warns, with the statement to add', () => {
    const stack = newStack();
    const { allowed } = granted(bucket => give(bucket, PARTNER), { encryption: Encryption.kms({ key: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) }) }, stack);
    expect(allowed.length).toBeGreaterThan(0);
    const warnings = Annotations.fromStack(stack).findWarning('/Stack/Data', Match.anyValue());
    expect(warnings).toHaveLength(1);
    const text = String(warnings[0].entry.data);
    expect(text).toContain(`[Stack/Data] the policy of the imported key ${KEY_ARN} cannot be changed here, so the grant has no effect until you add: {`);
    expect(text).toMatch(/annotation::imported-key/i);
    const json = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    expect(json).toEqual({
      Effect: 'Allow', Action: expect.anything(), Principal: ACCOUNT_PRINCIPAL, Resource: '*', Condition: { StringEquals: THROUGH_S3 },
    });
    expect([json.Action].flat()).toContain('kms:Decrypt');
  });

  test('under a key of the stack does not warn', () => {
    const { stack } = granted(bucket => give(bucket, PARTNER), { encryption: Encryption.kms() });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('weakens nothing', () => {
    const stack = newStack();
    give(new SecureBucket(stack, 'Data', { encryption: Encryption.kms() }), ORGANIZATION, 'shared/');
    expect(synthOf(stack).violations).toEqual([]);
  });
});

test('a write grant after a read grant under an imported key warns of both statements', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) }) });
  bucket.grantCrossAccountRead(PARTNER);
  bucket.grantCrossAccountWrite('777788889999');
  const told = Annotations.fromStack(stack).findWarning('/Stack/Data', Match.anyValue()).map(({ entry }) => String(entry.data)).join('\n');
  expect(told).toContain(PARTNER);
  expect(told).toContain('777788889999');
  expect(told).toContain('kms:GenerateDataKey');
});
