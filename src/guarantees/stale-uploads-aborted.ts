import { Guarantee } from './guarantee';
import { isForWholeBucket, LifecycleRule } from './lifecycle-rule';
import { listOf } from '../private/statement';

/** Days after which the parts of an upload that never completed are removed. */
export const STALE_UPLOAD_DAYS = 7;

export const staleUploadsAborted: Guarantee = {
  id: 'stale-uploads-aborted',
  title: 'Parts of uploads that never completed are removed after 7 days',
  reason: 'Such parts are billed and hold data, yet no listing of objects shows them.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html',
  rules: { securityHub: ['S3.10', 'S3.13'], controlTower: ['CT.S3.PR.3', 'CT.S3.PR.6'], nist: ['CP-10', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SI-13(5)'] },
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: an enabled lifecycle rule for the whole bucket with `AbortIncompleteMultipartUpload`',
  remedy: 'leave the lifecycle rule AbortStaleUploads as it is',
  // S3 takes no lifecycle configuration on a bucket with MFA delete.
  appliesTo: facts => facts.mfaDelete === undefined,
  properties: () => [{
    resource: 'subject',
    path: 'Properties.LifecycleConfiguration.Rules',
    expected: `an enabled rule without filter that aborts uploads after at most ${STALE_UPLOAD_DAYS} days`,
    holds: rules => (listOf(rules) as LifecycleRule[]).some(abortsStaleUploads),
  }],
};

function abortsStaleUploads(rule: LifecycleRule): boolean {
  return isForWholeBucket(rule) && Number(rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation) <= STALE_UPLOAD_DAYS;
}
