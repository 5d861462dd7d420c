import { Construct } from 'constructs';
import { ComplianceArchiveProps } from './compliance-archive-props';
import { refuseDecided } from '../bucket/props-check';
import { OBJECT_LOCK_REPLACES } from '../guarantees/object-lock-enabled';
import { ConfigurationError } from '../private/errors';
import { checkRoles } from '../private/roles';

/** What an archive decides itself, beside what each `SecureBucket` does, and what takes its place. */
const DECIDED: { [name: string]: string } = {
  autoDeleteObjects: 'leave it out: the objects of an archive are never deleted with its stack',
  removalPolicy: 'leave it out: bucket, policy and key are kept always',
  versioned: 'leave it out: versioning is on always, and S3 suspends it on no bucket with Object Lock',
  objectLockEnabled: `leave it out: Object Lock is on from the creation of the bucket. ${OBJECT_LOCK_REPLACES}`,
  objectLockDefaultRetention: 'say retention, for example Retention.complianceYears(7)',
  bucket: `leave it out: an archive creates its bucket. ${OBJECT_LOCK_REPLACES}`,
  lifecycleRules: 'say transitions and expiration',
  mfaDelete: 'leave it out: the lock already keeps versions, and S3 takes no lifecycle rules beside MFA delete',
};

/** Throws on what TypeScript would have refused, instead of leaving it out without a word. */
export function checkArchiveProps(archive: Construct, props: ComplianceArchiveProps): void {
  refuseDecided(archive, props, DECIDED);
  const { retention } = props as { retention?: unknown };
  if (typeof (retention as { _mode?: unknown } | undefined)?._mode !== 'string') {
    throw new ConfigurationError(archive, `retention is ${retention === undefined ? 'missing' : 'no value of Retention'}`,
      'give Retention.complianceYears(7), for example');
  }
  checkRoles(archive.node.path, 'administrators', props.administrators ?? []);
}
