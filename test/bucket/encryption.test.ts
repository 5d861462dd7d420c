import { Lazy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ENV, newStack, statement, statementsOf, templateOf } from '../checks/synth';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012';
const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';
const WRITES = ['s3:PutObject', 's3:ReplicateObject'];
const WRITES_AND_CHANGES = [...WRITES, 's3:UpdateObjectEncryption'];
const ENCRYPTION_SIDS = ['EncryptionAlgorithm', 'EncryptionKey', 'NoAwsManagedKey', 'EncryptionHeadersRequired', 'NoCustomerProvidedKeys', 'CustomerProvidedKeyRequired'];

interface Case {
  readonly name: string;
  readonly encryption: () => Encryption;
  readonly algorithm: string;
  /** Whether a key encrypts at rest. */
  readonly key: boolean;
  readonly bucketKey?: true;
  readonly blocked: string;
  readonly sids: string[];
}

const CASES: Case[] = [
  { name: 's3Managed', encryption: () => Encryption.s3Managed(), algorithm: 'AES256', key: false, blocked: 'SSE-C', sids: ['EncryptionAlgorithm', 'NoCustomerProvidedKeys'] },
  {
    name: 'kms',
    encryption: () => Encryption.kms(),
    algorithm: 'aws:kms',
    key: true,
    bucketKey: true,
    blocked: 'SSE-C',
    sids: ['EncryptionAlgorithm', 'EncryptionKey', 'NoAwsManagedKey', 'NoCustomerProvidedKeys'],
  },
  {
    name: 'dualLayerKms',
    encryption: () => Encryption.dualLayerKms(),
    algorithm: 'aws:kms:dsse',
    key: true,
    blocked: 'SSE-C',
    sids: ['EncryptionAlgorithm', 'EncryptionKey', 'NoAwsManagedKey', 'NoCustomerProvidedKeys'],
  },
  {
    name: 'customerProvided',
    encryption: () => Encryption.customerProvided(),
    algorithm: 'AES256',
    key: false,
    blocked: 'NONE',
    sids: ['EncryptionAlgorithm', 'CustomerProvidedKeyRequired'],
  },
  { name: 'clientSide', encryption: () => Encryption.clientSide(), algorithm: 'AES256', key: false, blocked: 'SSE-C', sids: ['EncryptionAlgorithm', 'NoCustomerProvidedKeys'] },
];

function template(props: SecureBucketProps) {
  const stack = newStack();
  new SecureBucket(stack, 'Data', props);
  return templateOf(stack);
}

describe.each(CASES)('Encryption.$name', ({ encryption, algorithm, key, bucketKey, blocked, sids }) => {
  const found = template({ encryption: encryption() });
  const keyArn = { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] };

  test('is the default encryption, with its key, bucket key and blocked types', () => {
    const [bucket] = Object.values(found.findResources('AWS::S3::Bucket'));
    expect(bucket.Properties.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [{
        ...bucketKey ? { BucketKeyEnabled: true } : {},
        BlockedEncryptionTypes: { EncryptionType: [blocked] },
        ServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, ...key ? { KMSMasterKeyID: keyArn } : {} },
      }],
    });
  });

  test('is enforced by exactly its statements', () => {
    expect(statementsOf(found).map(({ Sid }) => Sid).filter(sid => ENCRYPTION_SIDS.includes(sid))).toEqual(sids);
  });

  test('refuses a wrong algorithm only where a header is there', () => {
    expect(statement(found, 'EncryptionAlgorithm')).toMatchObject({
      Effect: 'Deny', Action: WRITES_AND_CHANGES, Condition: { Null: { [ALGORITHM]: 'false' }, StringNotEquals: { [ALGORITHM]: algorithm } },
    });
  });

  if (key) {
    test('refuses a wrong key only where a header is there', () => {
      expect(statement(found, 'EncryptionKey')).toMatchObject({
        Effect: 'Deny', Action: WRITES_AND_CHANGES, Condition: { Null: { [KEY_ID]: 'false' }, StringNotEquals: { [KEY_ID]: keyArn } },
      });
    });

    test('refuses the AWS managed key, which is the algorithm without a key id', () => {
      expect(statement(found, 'NoAwsManagedKey')).toMatchObject({
        Effect: 'Deny', Action: 's3:PutObject', Condition: { Null: { [KEY_ID]: 'true' }, StringEquals: { [ALGORITHM]: algorithm } },
      });
    });

    test('creates a key that rotates', () => {
      found.resourceCountIs('AWS::KMS::Key', 1);
      found.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    });
  }
});

describe('SSE-C', () => {
  test('is refused unless it is asked for', () => {
    expect(statement(template({}), 'NoCustomerProvidedKeys')).toMatchObject({ Effect: 'Deny', Action: WRITES, Condition: { Null: { [SSE_C]: 'false' } } });
  });

  test('is required where it is asked for, of replicas too', () => {
    expect(statement(template({ encryption: Encryption.customerProvided() }), 'CustomerProvidedKeyRequired'))
      .toMatchObject({ Effect: 'Deny', Action: ['s3:PutObject', 's3:ReplicateObject'], Condition: { Null: { [SSE_C]: 'true' } } });
  });
});

describe('client-side encryption', () => {
  test('creates a rotating key that the bucket does not use', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.clientSide() });
    expect(bucket.clientSideKey).toBeInstanceOf(kms.Key);
    expect(bucket.encryptionKey).toBeUndefined();
    templateOf(stack).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, Description: 'Client-side encryption for Stack/Data' });
  });

  test('takes a given key as it is', () => {
    const stack = newStack();
    const key = new kms.Key(stack, 'Key');
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.clientSide({ key }) });
    expect(bucket.clientSideKey).toBe(key);
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test.each([Encryption.s3Managed(), Encryption.kms(), Encryption.customerProvided()])('is the only encryption with a client-side key (%#)', encryption => {
    expect(new SecureBucket(newStack(), 'Data', { encryption }).clientSideKey).toBeUndefined();
  });
});

describe('a given key', () => {
  test.each<[string, (key: kms.IKey) => Encryption]>([
    ['kms', key => Encryption.kms({ key })],
    ['dualLayerKms', key => Encryption.dualLayerKms({ key })],
  ])('of %s is used, and none is created', (_name, encryption) => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: encryption(kms.Key.fromKeyArn(stack, 'Key', KEY_ARN)) });
    const found = templateOf(stack);
    expect(bucket.encryptionKey?.keyArn).toBe(KEY_ARN);
    found.resourceCountIs('AWS::KMS::Key', 0);
    found.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ KMSMasterKeyID: KEY_ARN }) })],
      },
    });
    expect(statement(found, 'EncryptionKey').Condition.StringNotEquals).toEqual({ [KEY_ID]: KEY_ARN });
  });

  test('of the same stack keeps its rotation', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key: new kms.Key(stack, 'Key') }) });
    templateOf(stack).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: Match.absent() });
  });

  test('of another stack is named by its import', () => {
    const stack = newStack();
    const key = new kms.Key(new Stack(stack.node.root as any, 'Keys', { env: ENV }), 'Key');
    new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key }) });
    expect(statement(templateOf(stack), 'EncryptionKey').Condition.StringNotEquals).toEqual({ [KEY_ID]: { 'Fn::ImportValue': expect.stringContaining('Keys:') } });
  });

  test('whose ARN is known only at deployment is taken', () => {
    const stack = newStack();
    const arn = Lazy.string({ produce: () => KEY_ARN });
    new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key: kms.Key.fromKeyArn(stack, 'Key', arn) }) });
    expect(statement(templateOf(stack), 'EncryptionKey').Condition.StringNotEquals).toEqual({ [KEY_ID]: KEY_ARN });
  });
});

describe('an alias is refused', () => {
  const ALIASES: [string, (stack: Stack) => kms.IKey][] = [
    ['by its ARN', stack => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:alias/data')],
    ['by its name', stack => kms.Alias.fromAliasName(stack, 'Key', 'alias/data')],
    ['of a key of the stack', stack => new kms.Key(stack, 'Key').addAlias('data')],
    ['created with a name', stack => new kms.Alias(stack, 'Alias', { aliasName: 'alias/data', targetKey: new kms.Key(stack, 'Key') })],
  ];

  test.each(ALIASES.flatMap(([how, alias]) => ([
    ['kms', Encryption.kms], ['dualLayerKms', Encryption.dualLayerKms], ['clientSide', Encryption.clientSide],
  ] as const).map(([mode, encryption]) => [how, mode, alias, encryption] as const)))('%s, in %s', (_how, _mode, alias, encryption) => {
    const stack = newStack();
    expect(() => new SecureBucket(stack, 'Data', { encryption: encryption({ key: alias(stack) }) })).toThrow(/^\[Stack\/Data\] the encryption key is the alias '/);
  });

  test('with the whole message', () => {
    const stack = newStack();
    const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:alias/data');
    expect(() => new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key }) })).toThrow(
      "[Stack/Data] the encryption key is the alias 'arn:aws:kms:eu-west-1:111122223333:alias/data': "
      + 'give the key itself, with Key.fromKeyArn or Key.fromLookup: S3 compares key ARNs');
  });
});

describe('requireEncryptionHeaders', () => {
  test.each([Encryption.s3Managed(), Encryption.kms(), Encryption.dualLayerKms(), Encryption.clientSide()])('refuses clients without a header, not replicas (%#)', encryption => {
    expect(statement(template({ encryption, requireEncryptionHeaders: true }), 'EncryptionHeadersRequired'))
      .toMatchObject({ Effect: 'Deny', Action: 's3:PutObject', Condition: { Null: { [ALGORITHM]: 'true' } } });
  });

  test.each([undefined, false])('%p lets them take the default encryption', requireEncryptionHeaders => {
    expect(statement(template({ requireEncryptionHeaders }), 'EncryptionHeadersRequired')).toBeUndefined();
  });

  test('is refused with SSE-C, whose writes cannot carry that header', () => {
    expect(() => template({ encryption: Encryption.customerProvided(), requireEncryptionHeaders: true })).toThrow(
      '[Stack/Data] requireEncryptionHeaders asks for a header that writes with SSE-C cannot carry: '
      + 'leave it out: Encryption.customerProvided() already requires the headers of SSE-C');
  });
});

test.each(['kms', 'dualLayerKms', 'clientSide'] as const)('%s takes its key by name', mode => {
  const key = new kms.Key(newStack(), 'Key');
  expect(() => Encryption[mode](key as never)).toThrow(`[Encryption.${mode}] options is an object of the class Key: give the key by its name: { key }`);
  expect(() => Encryption[mode](null as never)).toThrow(`[Encryption.${mode}] options is null`);
  expect(() => Encryption[mode]({ key: KEY_ARN as never })).toThrow(`[Encryption.${mode}] key is "${KEY_ARN}": give a key, such as a kms.Key`);
  expect(Encryption[mode]({ key })._key).toBe(key);
});
