import {
  BucketVersioningStatus, CORSRule, CreateBucketCommand, GetBucketCorsCommand, GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand, GetObjectLockConfigurationCommand, GetPublicAccessBlockCommand, LifecycleRule, ObjectLockConfiguration,
  ObjectLockEnabled, ObjectLockRetentionMode, PublicAccessBlockConfiguration, PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand, PutBucketVersioningCommand, PutObjectLockConfigurationCommand, PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { Properties } from './properties';
import { assertSame } from './same';
import { owner } from '../server';

/** Creates a bucket with the properties of an AWS::S3::Bucket. What it sets, it reads back. */
export async function applyBucket(name: string, properties: Properties): Promise<void> {
  const Bucket = name;
  properties.take('BucketName');
  await owner.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: properties.take<boolean>('ObjectLockEnabled') }));

  const versioning = properties.inner('VersioningConfiguration');
  if (versioning) {
    const Status = versioning.take<BucketVersioningStatus>('Status');
    versioning.done();
    await owner.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    assertSame((await owner.send(new GetBucketVersioningCommand({ Bucket }))).Status, Status);
  }

  const lock = properties.inner('ObjectLockConfiguration');
  if (lock) {
    const configuration = objectLock(lock);
    await owner.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: configuration }));
    assertSame((await owner.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration, configuration);
  }

  const blocks = properties.inner('PublicAccessBlockConfiguration');
  if (blocks) {
    const configuration = publicAccessBlock(blocks);
    await owner.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: configuration }));
    assertSame((await owner.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration, configuration);
  }

  const cors = properties.inner('CorsConfiguration');
  if (cors) {
    const CORSRules = cors.list('CorsRules').map(corsRule);
    cors.done();
    await owner.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    assertSame((await owner.send(new GetBucketCorsCommand({ Bucket }))).CORSRules, CORSRules);
  }

  const lifecycle = properties.inner('LifecycleConfiguration');
  if (lifecycle) {
    const Rules = lifecycle.list('Rules').map(lifecycleRule).filter(acts);
    lifecycle.done();
    if (Rules.length > 0) {
      await owner.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
      const { Rules: kept } = await owner.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      assertSame(kept?.map(prefixAsFilter).map(withoutGivenId(Rules)), Rules);
    }
  }

  properties.leaveOut('BucketEncryption', 'bucket-encryption');
  properties.leaveOut('OwnershipControls', 'ownership-controls');
  properties.done();
}

function objectLock(properties: Properties): ObjectLockConfiguration {
  const rule = properties.inner('Rule');
  const retention = rule?.inner('DefaultRetention');
  const configuration = {
    ObjectLockEnabled: properties.take<ObjectLockEnabled>('ObjectLockEnabled'),
    Rule: retention && {
      DefaultRetention: {
        Mode: retention.take<ObjectLockRetentionMode>('Mode'),
        Days: retention.take<number>('Days'),
        Years: retention.take<number>('Years'),
      },
    },
  };
  [retention, rule, properties].forEach(each => each?.done());
  return configuration;
}

function publicAccessBlock(properties: Properties): PublicAccessBlockConfiguration {
  properties.leaveOut('BlockPublicAcls', 'block-public-acls');
  properties.leaveOut('BlockPublicPolicy', 'block-public-policy');
  const configuration = {
    BlockPublicAcls: false,
    BlockPublicPolicy: false,
    IgnorePublicAcls: properties.take<boolean>('IgnorePublicAcls'),
    RestrictPublicBuckets: properties.take<boolean>('RestrictPublicBuckets'),
  };
  properties.done();
  return configuration;
}

function corsRule(properties: Properties): CORSRule {
  const rule = {
    ID: properties.take<string>('Id'),
    AllowedHeaders: properties.take<string[]>('AllowedHeaders'),
    AllowedMethods: properties.take<string[]>('AllowedMethods'),
    AllowedOrigins: properties.take<string[]>('AllowedOrigins'),
    ExposeHeaders: properties.take<string[]>('ExposedHeaders'),
    MaxAgeSeconds: properties.take<number>('MaxAge'),
  };
  properties.done();
  return rule;
}

function lifecycleRule(properties: Properties): LifecycleRule {
  const noncurrent = properties.inner('NoncurrentVersionExpiration');
  const uploads = properties.inner('AbortIncompleteMultipartUpload');
  const Days = properties.take<number>('ExpirationInDays');
  const ExpiredObjectDeleteMarker = properties.take<boolean>('ExpiredObjectDeleteMarker');
  for (const name of ['Transitions', 'NoncurrentVersionTransitions']) {
    properties.leaveOut(name, 'lifecycle-transitions');
  }
  for (const name of ['ObjectSizeGreaterThan', 'ObjectSizeLessThan']) {
    properties.leaveOut(name, 'lifecycle-filters');
  }
  noncurrent?.leaveOut('NewerNoncurrentVersions', 'lifecycle-filters');
  const rule: LifecycleRule = {
    ID: properties.take<string>('Id'),
    Status: properties.take<LifecycleRule['Status']>('Status'),
    Filter: { Prefix: properties.take<string>('Prefix') ?? '' },
    Expiration: Days === undefined && ExpiredObjectDeleteMarker === undefined ? undefined : { Days, ExpiredObjectDeleteMarker },
    NoncurrentVersionExpiration: noncurrent && { NoncurrentDays: noncurrent.take<number>('NoncurrentDays') },
    AbortIncompleteMultipartUpload: uploads && { DaysAfterInitiation: uploads.take<number>('DaysAfterInitiation') },
  };
  [noncurrent, uploads, properties].forEach(each => each?.done());
  return rule;
}

function acts({ Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload }: LifecycleRule): boolean {
  return [Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload].some(action => action !== undefined);
}

/** S3 may give a prefix back in the older form, beside the filter. */
function prefixAsFilter({ Prefix, Filter, ...rule }: LifecycleRule): LifecycleRule {
  return { ...rule, Filter: Filter ?? { Prefix } };
}

/** S3 names rules that have no name. */
function withoutGivenId(sent: LifecycleRule[]): (rule: LifecycleRule) => LifecycleRule {
  return rule => sent.some(({ ID }) => ID === rule.ID) ? rule : { ...rule, ID: undefined };
}
