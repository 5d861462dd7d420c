import { ArchiveFacts } from './archive-facts';
import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';

/**
 * What to say to whoever adds Object Lock to a bucket that is there: CloudFormation would give an empty one in its place.
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1929
 */
export const OBJECT_LOCK_REPLACES = 'CloudFormation replaces a bucket whose ObjectLockEnabled changes, by a new and empty one. '
  + 'Create an archive beside the old bucket and copy the objects into it with S3 Batch Operations; or keep the bucket: enable Object Lock on it with '
  + "aws s3api put-object-lock-configuration, take it out of the stack with RemovalPolicy.RETAIN, and bring it back with 'cdk import'";

export const objectLockEnabled: Guarantee<ArchiveFacts> = {
  id: 'object-lock-enabled',
  title: 'Every new object version is locked, in the mode and for the time of the archive',
  reason: 'A lock that each writer has to ask for is missing on the object of the one who forgot.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
  rules: {
    securityHub: ['S3.15'],
    controlTower: ['CT.S3.PR.9'],
    cdkNag: ['NIST.800.53.R4-S3BucketDefaultLockEnabled'],
    nist: ['CP-6(2)'],
    pci: ['10.5.1'],
  },
  constructs: ['ComplianceArchive'],
  enforcedBy: 'properties: `ObjectLockEnabled`, and `ObjectLockConfiguration` with a default retention of this mode and as many days, and nothing else',
  remedy: `remove the override, and say the retention with the prop retention. ${OBJECT_LOCK_REPLACES}`,
  appliesTo: () => true,
  properties: ({ mode, retentionDays }) => [
    bucketProperty('ObjectLockEnabled', true),
    bucketProperty('ObjectLockConfiguration.ObjectLockEnabled', 'Enabled'),
    {
      resource: 'subject',
      path: 'Properties.ObjectLockConfiguration.Rule.DefaultRetention',
      expected: `${mode} for ${retentionDays} days, without an event hold`,
      holds: value => {
        const { Mode, Days, ...others } = (value ?? {}) as { Mode?: unknown; Days?: unknown };
        return Mode === mode && Number(Days) === retentionDays && Object.keys(others).length === 0;
      },
    },
  ],
};
