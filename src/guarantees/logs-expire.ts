import { Guarantee } from './guarantee';
import { isForWholeBucket, LifecycleRule } from './lifecycle-rule';
import { listOf } from '../private/statement';

export const logsExpire: Guarantee = {
  id: 'logs-expire',
  title: 'Access logs are deleted when their retention has passed',
  reason: 'Logs hold names, addresses and keys of requests; kept for ever they are a cost and a liability.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/deleting-log-files-lifecycle.html',
  rules: { securityHub: ['S3.13'], controlTower: ['CT.S3.PR.6'], nist: ['CP-10', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SI-13(5)'] },
  constructs: ['AccessLogBucket'],
  enforcedBy: 'property: an enabled lifecycle rule for the whole bucket with `ExpirationInDays`',
  remedy: 'remove the override and set logRetention',
  appliesTo: facts => facts.logRetentionDays !== undefined,
  properties: ({ logRetentionDays }) => [{
    resource: 'subject',
    path: 'Properties.LifecycleConfiguration.Rules',
    expected: `an enabled rule without filter that expires objects after ${logRetentionDays} days`,
    holds: rules => (listOf(rules) as LifecycleRule[]).some(rule => isForWholeBucket(rule) && rule.ExpirationInDays === logRetentionDays),
  }, {
    resource: 'subject',
    path: 'Properties.VersioningConfiguration.Status',
    expected: 'no versioning, under which expiry only hides the logs',
    holds: value => value === undefined || value === 'Suspended',
  }],
};
