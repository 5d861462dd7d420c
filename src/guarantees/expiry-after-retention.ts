import { ArchiveFacts } from './archive-facts';
import { Guarantee } from './guarantee';
import { LifecycleRule } from './lifecycle-rule';

/**
 * Expiry hides the current version behind a delete marker, lock or not; so it has to wait for the end of the retention. Removing
 * noncurrent versions, and the delete markers that are left when all versions are gone, needs no wait of its own: lifecycle
 * rules do not remove locked versions.
 */
export const expiryAfterRetention: Guarantee<ArchiveFacts> = {
  id: 'expiry-after-retention',
  title: 'No lifecycle rule expires objects before their retention ends',
  reason: 'A lifecycle rule puts a delete marker on a locked object, which then looks deleted to everyone who reads it by its name.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'property: each lifecycle rule expires objects by age, and not before the maximum retention (or, without one, the default retention)',
  remedy: 'remove the rule, and say when objects expire with expiration',
  appliesTo: () => true,
  properties: ({ expiryFloorDays }) => [{
    resource: 'subject',
    path: 'Properties.LifecycleConfiguration.Rules',
    expected: `rules that expire objects after at least ${expiryFloorDays} days`,
    // A list of which a condition decides is not judged.
    holds: rules => rules === undefined || (Array.isArray(rules) && rules.every(rule => expiresInTime(rule, expiryFloorDays))),
  }],
};

function expiresInTime({ Status, ExpirationInDays, ExpirationDate }: LifecycleRule, floor: number): boolean {
  return Status === 'Disabled' || (ExpirationDate === undefined && (ExpirationInDays === undefined || Number(ExpirationInDays) >= floor));
}
