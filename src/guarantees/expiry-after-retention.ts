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
    const configuration = view.resource.Properties?.LifecycleConfiguration as { Rules?: unknown } | undefined;
    if (dependsOnCondition(configuration) || dependsOnCondition(configuration?.Rules)) {
      return [{ problem: 'the lifecycle configuration depends on a condition', location: 'Properties/LifecycleConfiguration' }];
    }
    return listOf(configuration?.Rules).flatMap((rule, index) => earlyExpiry(rule as LifecycleRule, view.facts.expiryFloorDays).map(problem => ({
      problem: `lifecycle rule ${index + 1} ${problem}, and objects are retained for ${view.facts.expiryFloorDays} days`,
      location: `Properties/LifecycleConfiguration/Rules/${index}`,
    })));
  },
};

/** Whether a value is a function of the template, such as `Fn::If`, which stands for values that cannot be judged. */
function dependsOnCondition(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some(isIntrinsic);
}

/** What is wrong with a rule; a rule that depends on a condition of the template cannot be judged, and is refused. */
function earlyExpiry({ Status, ExpirationInDays, ExpirationDate, ...others }: LifecycleRule, floor: number): string[] {
  if (dependsOnCondition(others)) {
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
