import { Guarantee } from './guarantee';

export const logTargetFit: Guarantee = {
  id: 'log-target-fit',
  title: 'The log bucket is one that log delivery can write to',
  reason: 'Delivery to a bucket with Object Lock fails silently: the logs are simply not there.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  rules: {},
  constructs: ['AccessLogBucket'],
  enforcedBy: 'property: no Object Lock (SSE-S3 is held by default-encryption)',
  remedy: 'remove the override; copy logs that must be locked into an archive bucket instead',
  appliesTo: facts => facts.construct === 'AccessLogBucket',
  properties: () => ['ObjectLockEnabled', 'ObjectLockConfiguration'].map(name => ({
    resource: 'subject',
    path: `Properties.${name}`,
    expected: 'no Object Lock',
    holds: value => value === undefined || value === false,
  })),
};
