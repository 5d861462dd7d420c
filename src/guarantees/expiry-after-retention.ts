import { ArchiveFacts } from './archive-facts';
import { Guarantee } from './guarantee';
import { LifecycleRule } from './lifecycle-rule';
import { isIntrinsic, listOf } from '../private/statement';

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
  inspect: view => {
    const rules = (view.resource.Properties?.LifecycleConfiguration as { Rules?: unknown } | undefined)?.Rules;
    return listOf(rules).flatMap((rule, index) => earlyExpiry(rule as LifecycleRule, view.facts.expiryFloorDays).map(problem => ({
      problem: `lifecycle rule ${index + 1} ${problem}, and objects are retained for ${view.facts.expiryFloorDays} days`,
      location: `Properties/LifecycleConfiguration/Rules/${index}`,
    })));
  },
};

/** What is wrong with a rule; a rule that depends on a condition of the template cannot be judged, and is refused. */
function earlyExpiry({ Status, ExpirationInDays, ExpirationDate, ...others }: LifecycleRule, floor: number): string[] {
  if (Object.keys(others).some(isIntrinsic)) {
    return ['depends on a condition'];
  }
  if (Status === 'Disabled') {
    return [];
  }
  return [
    ...ExpirationDate === undefined ? [] : [`expires objects on ${JSON.stringify(ExpirationDate)}`],
    ...ExpirationInDays === undefined || Number(ExpirationInDays) >= floor ? [] : [`expires objects after ${JSON.stringify(ExpirationInDays)} days`],
  ];
}
