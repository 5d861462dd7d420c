import { ArchiveFacts, exceptFor } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

/** Lifecycle rules are no requests: no bucket policy stops them, and the lock does until it ends. */
export const deletionConfined: Guarantee<ArchiveFacts> = {
  id: 'deletion-confined',
  title: 'Objects are deleted by lifecycle rules and by those named only, and the bucket by nobody',
  reason: 'Object Lock keeps a version for its time and no longer, and a delete marker hides an object at any time: a lock does not cover it.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses `s3:DeleteObject`, `s3:DeleteObjectVersion` and `s3:ReplicateDelete` to all but administrators and those granted to bypass governance, and `s3:DeleteBucket` to everyone',
  remedy: 'leave the statements Deletion and BucketDeletion of the bucket policy as they are, say when objects expire with expiration, or name who may delete in administrators',
  appliesTo: () => true,
  statements: ({ deletionRoles }, { own, objects }) => [
    {
      Sid: 'Deletion',
      Effect: 'Deny',
      Principal: EVERYONE,
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete'],
      Resource: [objects],
      Condition: exceptFor(deletionRoles),
    },
    { Sid: 'BucketDeletion', Effect: 'Deny', Principal: EVERYONE, Action: 's3:DeleteBucket', Resource: [own] },
  ],
};
