import { ArchiveFacts, exceptFor } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

/** Whatever decides for how long, from whom and how well objects are kept, and what is recorded of it. */
const SETTINGS = [
  's3:DeleteBucketPolicy',
  's3:PauseReplication',
  's3:PutBucketAcl',
  's3:PutBucketLogging',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutInventoryConfiguration',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
];

export const archiveSettingsConfined: Guarantee<ArchiveFacts> = {
  id: 'archive-settings-confined',
  title: 'Only administrators and the deploy role change what protects the archive',
  reason: 'A lock binds objects, not the settings of their bucket: who changes the default retention, the policy or the lifecycle rules decides about all objects to come.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses changes of lock configuration, lifecycle, versioning, policy, encryption, replication, ownership, public access, access logs and inventory',
  remedy: 'leave the statement Settings of the bucket policy as it is, and name who may in administrators',
  appliesTo: () => true,
  statements: ({ settingsRoles }, { own }) => [{
    Sid: 'Settings',
    Effect: 'Deny',
    Principal: EVERYONE,
    Action: SETTINGS,
    Resource: [own],
    Condition: exceptFor(settingsRoles),
  }],
};
