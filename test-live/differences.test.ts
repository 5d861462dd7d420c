import { createHash } from 'crypto';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketPolicyCommand,
  DeleteObjectCommand, DeleteObjectsCommand, GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand, GetBucketOwnershipControlsCommand, GetObjectAclCommand, HeadObjectCommand, LifecycleRule,
  PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketOwnershipControlsCommand, PutBucketPolicyCommand,
  PutObjectCommand, PutObjectCommandInput, PutObjectLockConfigurationCommand, PutObjectRetentionCommand, PutPublicAccessBlockCommand,
  S3Client, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ABSENT_KEYS, PRESENT_KEYS, SERVICE_KEYS, Statement } from './applier/statements';
import { UNKNOWN_ACTIONS } from './applier/unknown-actions';
import { DifferenceId } from './differences';
import { DAY, DENIED, eventually, fromNow, outcome } from './requests';
import { ACCOUNT, assume, fromOutside, iam, owner, partner, server } from './server';

/** A bucket with Object Lock whose default retention is a day in governance mode. */
const LEDGER = 'differences-ledger';
const BUCKET = 'differences';
const KEY = 'object';

beforeAll(async () => {
  await owner.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await owner.send(new CreateBucketCommand({ Bucket: LEDGER, ObjectLockEnabledForBucket: true }));
  await owner.send(new PutObjectLockConfigurationCommand({
    Bucket: LEDGER, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } },
  }));
});

const put = (input: Partial<PutObjectCommandInput> = {}, client = owner) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: 'data', ...input }));
const head = (Bucket = BUCKET, Key = KEY) => owner.send(new HeadObjectCommand({ Bucket, Key }));

const resources = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A role with rights for all objects. */
async function roleWith(name: string, ...actions: string[]): Promise<S3Client> {
  await iam.send(new CreateRoleCommand({
    RoleName: name,
    AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }),
  }));
  await iam.send(new PutRolePolicyCommand({
    RoleName: name,
    PolicyName: 'rights',
    PolicyDocument: policy({ Effect: 'Allow', Action: actions, Resource: [LEDGER, BUCKET].map(bucket => `arn:aws:s3:::${bucket}/*`) }),
  }));
  return assume(name);
}

function policy(...statements: Partial<Statement>[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const setPolicy = (statement: Partial<Statement>, Bucket = BUCKET) => owner.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(statement) }));

/** What becomes of a request while the policy of its bucket is that Deny. */
async function whileDenied(statement: Partial<Statement>, request: () => Promise<unknown>, Bucket = BUCKET): Promise<string> {
  const principal = statement.NotPrincipal === undefined ? { Principal: { AWS: '*' } } : {};
  await setPolicy({ Effect: 'Deny', ...principal, Action: 's3:PutObject', Resource: resources(Bucket), ...statement }, Bucket);
  try {
    return await outcome(request());
  } finally {
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
  }
}

const setLifecycle = (Bucket: string, ...Rules: LifecycleRule[]) =>
  owner.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));

/** What shows each difference, by what the server does. */
const SHOWN: Record<DifferenceId, () => Promise<void>> = {
  'bucket-encryption': async () => {
    expect(await outcome(owner.send(new PutBucketEncryptionCommand({
      Bucket: BUCKET, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    })))).toMatch(/^400 InvalidArgument/);
    expect((await owner.send(new GetBucketEncryptionCommand({ Bucket: BUCKET }))).ServerSideEncryptionConfiguration?.Rules).toBeUndefined();
    await put();
    expect((await head()).ServerSideEncryption).toBeUndefined();
  },

  'sse-s3': async () => {
    expect((await put({ ServerSideEncryption: 'AES256' })).ServerSideEncryption).toBeUndefined();
    expect((await head()).ServerSideEncryption).toBeUndefined();
  },

  'key-service': async () => {
    expect(await outcome(put({ ServerSideEncryption: 'aws:kms' }))).toMatch(/^400 InvalidArgument/);
    expect(await outcome(put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: server.keyArns[0].replace(/.$/, 'f') }))).toMatch(/^403 InvalidAccessKeyId/);
    // Whoever may write may use a key: the role has no right of KMS.
    const writer = await roleWith('differences-keys', 's3:PutObject');
    expect(await outcome(put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: server.keyArns[0] }, writer))).toBe('done');
  },

  'ownership-controls': async () => {
    expect(await outcome(owner.send(new PutBucketOwnershipControlsCommand({
      Bucket: BUCKET, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    })))).toMatch(/^400 InvalidArgument/);
    expect((await owner.send(new GetBucketOwnershipControlsCommand({ Bucket: BUCKET }))).OwnershipControls?.Rules).toBeUndefined();
    await put({ ACL: 'public-read' });
    const { Grants } = await owner.send(new GetObjectAclCommand({ Bucket: BUCKET, Key: KEY }));
    expect(Grants).toContainEqual({ Grantee: expect.objectContaining({ URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }), Permission: 'READ' });
  },

  'block-public-acls': async () => {
    await owner.send(new CreateBucketCommand({ Bucket: 'differences-acls' }));
    const write = () => outcome(put({ Bucket: 'differences-acls', ACL: 'private' }));
    expect(await write()).toBe('done');
    await owner.send(new PutPublicAccessBlockCommand({ Bucket: 'differences-acls', PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
    expect(await write()).toBe(DENIED);
  },

  'block-public-policy': async () => {
    await owner.send(new CreateBucketCommand({ Bucket: 'differences-public' }));
    const allow = () => outcome(setPolicy({
      Effect: 'Allow', Principal: { AWS: roleArn('somebody') }, Action: 's3:GetObject', Resource: resources('differences-public'),
    }, 'differences-public'));
    expect(await allow()).toBe('done');
    await owner.send(new PutPublicAccessBlockCommand({ Bucket: 'differences-public', PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }));
    expect(await allow()).toBe(DENIED);
  },

  'lock-on-existing-bucket': async () => {
    expect(await outcome(owner.send(new PutObjectLockConfigurationCommand({ Bucket: BUCKET, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }))))
      .toMatch(/^409 InvalidBucketState/);
  },

  'lifecycle-transitions': async () => {
    const Bucket = 'differences-transitions';
    await owner.send(new CreateBucketCommand({ Bucket }));
    await setLifecycle(Bucket,
      { ID: 'move', Status: 'Enabled', Filter: { Prefix: 'cold/' }, Transitions: [{ Days: 1, StorageClass: 'GLACIER_IR' }] },
      { ID: 'later', Status: 'Enabled', Filter: { Prefix: 'later/' }, Expiration: { Days: 3 } });
    await put({ Bucket, Key: 'cold/object' });
    await put({ Bucket, Key: 'later/object' });
    // The other rule, which is due two days later, has acted.
    expect(await eventually(() => outcome(head(Bucket, 'later/object')), answer => answer !== 'done')).toMatch(/^404/);
    expect((await head(Bucket, 'cold/object')).StorageClass).toBeUndefined();
  },

  'lifecycle-filters': async () => {
    const Bucket = 'differences-filters';
    await owner.send(new CreateBucketCommand({ Bucket }));
    await setLifecycle(Bucket,
      { ID: 'size', Status: 'Enabled', Filter: { ObjectSizeGreaterThan: 1000 }, Expiration: { Days: 9 } },
      { ID: 'newer', Status: 'Enabled', Filter: { Prefix: 'a' }, NoncurrentVersionExpiration: { NoncurrentDays: 9, NewerNoncurrentVersions: 3 } });
    const { Rules } = await owner.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules).toHaveLength(2);
    expect(Rules).toContainEqual({ ID: 'size', Status: 'Enabled', Prefix: '', Expiration: { Days: 9 } });
    expect(Rules).toContainEqual({ ID: 'newer', Status: 'Enabled', Filter: { Prefix: 'a' }, NoncurrentVersionExpiration: { NoncurrentDays: 9 } });
  },

  'lifecycle-day': async () => {
    const Bucket = 'differences-day';
    await owner.send(new CreateBucketCommand({ Bucket }));
    await setLifecycle(Bucket, { ID: 'daily', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } });
    await put({ Bucket });
    expect(await eventually(() => outcome(head(Bucket)), answer => answer !== 'done')).toMatch(/^404/);
  },

  'location': async () => {
    expect((await owner.send(new GetBucketLocationCommand({ Bucket: BUCKET }))).LocationConstraint).toBe('default');
  },

  'lock-headers-of-multipart-uploads': async () => {
    const target = { Bucket: LEDGER, Key: 'parts' };
    const { UploadId } = await owner.send(new CreateMultipartUploadCommand({
      ...target, ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: fromNow(9 * DAY), ObjectLockLegalHoldStatus: 'ON',
    }));
    const { ETag } = await owner.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'part' }));
    await owner.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    const object = await head(LEDGER, 'parts');
    expect(object.ObjectLockMode).toBe('GOVERNANCE');
    expect(object.ObjectLockRetainUntilDate!.getTime()).toBeLessThan(fromNow(2 * DAY).getTime());
    expect(object.ObjectLockLegalHoldStatus).toBeUndefined();
  },

  'lock-of-copies': async () => {
    await put({ Bucket: LEDGER, Key: 'source', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: fromNow(5 * DAY) });
    const source = (await head(LEDGER, 'source')).ObjectLockRetainUntilDate;
    const copy = { Bucket: LEDGER, CopySource: `${LEDGER}/source` };
    await owner.send(new CopyObjectCommand({ ...copy, Key: 'copy' }));
    expect(await head(LEDGER, 'copy')).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: source });
    await owner.send(new CopyObjectCommand({
      ...copy, Key: 'copy with headers', ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: fromNow(9 * DAY), ObjectLockLegalHoldStatus: 'ON',
    }));
    const withHeaders = await head(LEDGER, 'copy with headers');
    expect(withHeaders).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: source });
    expect(withHeaders.ObjectLockLegalHoldStatus).toBeUndefined();
  },

  'lock-headers-need-no-right': async () => {
    const writer = await roleWith('differences-writer', 's3:PutObject');
    const { VersionId } = await put(
      { Bucket: LEDGER, ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: fromNow(9 * DAY), ObjectLockLegalHoldStatus: 'ON' }, writer);
    expect(await head(LEDGER)).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockLegalHoldStatus: 'ON' });
    expect(await outcome(writer.send(new PutObjectRetentionCommand({
      Bucket: LEDGER, Key: KEY, VersionId, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: fromNow(10 * DAY) },
    })))).toBe(DENIED);
  },

  'bypass-needs-no-right': async () => {
    const deleter = await roleWith('differences-deleter', 's3:DeleteObjectVersion');
    const { VersionId } = await put({ Bucket: LEDGER });
    const remove = () => deleter.send(new DeleteObjectCommand({ Bucket: LEDGER, Key: KEY, VersionId, BypassGovernanceRetention: true }));
    expect(await whileDenied({ Action: 's3:BypassGovernanceRetention' }, remove, LEDGER)).toMatch(/^403 AccessDenied/);
    expect(await outcome(remove())).toBe('done');
  },

  'bypass-allowed-by-identity': async () => {
    const bypasser = await roleWith('differences-bypasser', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention');
    const { VersionId } = await put({ Bucket: LEDGER });
    expect(await whileDenied({ Action: 's3:BypassGovernanceRetention' },
      () => bypasser.send(new DeleteObjectCommand({ Bucket: LEDGER, Key: KEY, VersionId, BypassGovernanceRetention: true })), LEDGER)).toBe('done');
  },

  'retention-not-removed': async () => {
    const { VersionId } = await put({ Bucket: LEDGER });
    expect(await outcome(owner.send(new PutObjectRetentionCommand({
      Bucket: LEDGER, Key: KEY, VersionId, Retention: {}, BypassGovernanceRetention: true,
    })))).toMatch(/^400 MalformedXML/);
  },

  'delete-objects-right': async () => {
    const cleaner = await roleWith('differences-cleaner', 's3:DeleteObject');
    expect(await outcome(cleaner.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: KEY }] } })))).toBe(DENIED);
    expect(await outcome(cleaner.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY })))).toBe('done');
  },

  'checksums': async () => {
    expect(await outcome(put({ ChecksumCRC32: 'AAAAAA==' }))).toBe('done');
  },

  'names-from-outside': async () => {
    await put();
    const principal = { AWS: `arn:aws:iam::${server.partner.account}:root` };
    await setPolicy({ Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: resources(BUCKET) });
    const read = (Bucket: string) => outcome(partner.send(new HeadObjectCommand({ Bucket, Key: KEY })));
    expect(await read(BUCKET)).toMatch(/^404/);
    expect(await read(fromOutside(BUCKET))).toBe('done');
    await owner.send(new DeleteBucketPolicyCommand({ Bucket: BUCKET }));
  },

  'unknown-actions': async () => {
    for (const Action of [...UNKNOWN_ACTIONS, 'kms:Decrypt']) {
      const answer = await outcome(setPolicy({ Effect: 'Deny', Principal: { AWS: roleArn('somebody') }, Action, Resource: resources(BUCKET) }));
      expect([Action, answer]).toEqual([Action, '400 InvalidArgument']);
    }
  },

  'absent-keys': async () => {
    // A condition that asks whether the key is missing refuses the request. On AWS, these carry the keys about locks and SSE-C.
    const customerKey = Buffer.alloc(32, 'key');
    const sseC = {
      SSECustomerAlgorithm: 'AES256',
      SSECustomerKey: customerKey.toString('base64'),
      SSECustomerKeyMD5: createHash('md5').update(customerKey).digest('base64'),
    };
    const until = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: fromNow(9 * DAY) } as const;
    const { VersionId } = await put({ Bucket: LEDGER });
    for (const key of ABSENT_KEYS) {
      const missing = { Action: ['s3:PutObject', 's3:PutObjectRetention'], Condition: { Null: { [key]: 'true' } } };
      const written = await whileDenied(missing, () => put({ Bucket: LEDGER, ...until, ...sseC, ObjectLockLegalHoldStatus: 'OFF' }), LEDGER);
      const extended = await whileDenied(missing, () => owner.send(new PutObjectRetentionCommand({
        Bucket: LEDGER, Key: KEY, VersionId, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until.ObjectLockRetainUntilDate },
      })), LEDGER);
      expect([key, written, extended]).toEqual([key, DENIED, DENIED]);
    }
    const [algorithm, keyId] = PRESENT_KEYS;
    const encrypted = () => put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: server.keyArns[0] });
    for (const key of [algorithm, keyId]) {
      expect(await whileDenied({ Condition: { Null: { [key]: 'true' } } }, encrypted)).toBe('done');
    }
  },

  'principal-arn': async () => {
    const [spared, other] = [await roleWith('differences-spared', 's3:PutObject'), await roleWith('differences-other', 's3:PutObject')];
    const sparing = { Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('differences-spared') } } };
    expect(await whileDenied({ Condition: { Null: { 'aws:PrincipalArn': 'true' } } }, () => put({}, spared))).toBe(DENIED);
    expect(await whileDenied(sparing, () => put({}, other))).toBe('done');
    const instead = { NotPrincipal: { AWS: [roleArn('differences-spared')] } };
    expect(await whileDenied(instead, () => put({}, spared))).toBe('done');
    expect(await whileDenied(instead, () => put({}, other))).toBe(DENIED);
    expect(await whileDenied(instead, () => put())).toBe(DENIED);
  },

  'no-services': async () => {
    for (const key of SERVICE_KEYS) {
      expect(await whileDenied({ Condition: { Null: { [key]: 'true' } } }, () => put())).toBe(DENIED);
      expect(await whileDenied({ Condition: { Bool: { [key]: 'false' } } }, () => put())).toBe('done');
    }
  },

  'negated-operators': async () => {
    const [algorithm] = PRESENT_KEYS;
    expect(await whileDenied({ Condition: { StringNotEquals: { [algorithm]: 'aws:kms' } } }, () => put())).toBe('done');
    expect(await whileDenied({ Condition: { StringNotEqualsIfExists: { [algorithm]: 'aws:kms' } } }, () => put())).toBe(DENIED);
  },

  'null-operator': async () => {
    const [algorithm] = PRESENT_KEYS;
    const encrypted = () => put({ ServerSideEncryption: 'AES256' });
    expect(await whileDenied({ Condition: { Null: { [algorithm]: 'false' } } }, () => put())).toBe(DENIED);
    expect(await whileDenied({ Condition: { Null: { [algorithm]: 'false' } } }, encrypted)).toBe('done');
    expect(await whileDenied({ Condition: { StringLike: { [algorithm]: '*' } } }, () => put())).toBe('done');
    expect(await whileDenied({ Condition: { StringLike: { [algorithm]: '*' } } }, encrypted)).toBe(DENIED);
  },

  'encryption-keys-of-multipart-uploads': async () => {
    const [algorithm] = PRESENT_KEYS;
    const wrong = { Condition: { StringEquals: { [algorithm]: 'AES256' } } };
    expect(await whileDenied(wrong, () => put({ ServerSideEncryption: 'AES256' }))).toBe(DENIED);
    const start = () => owner.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: KEY, ServerSideEncryption: 'AES256' }));
    expect(await whileDenied(wrong, start)).toBe('done');
  },

  'account-principals': async () => {
    const writer = await roleWith('differences-account', 's3:PutObject');
    const account = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    expect(await whileDenied(account, () => put())).toBe(DENIED);
    expect(await whileDenied(account, () => put({}, writer))).toBe('done');
  },
};

test.each(Object.entries(SHOWN))('%s', async (_id, show) => {
  await show();
});
