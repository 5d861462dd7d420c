import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ConfigurationError, Place } from '../private/errors';
import { wholeDays } from '../private/whole-days';

/**
 * The storage classes that objects of an archive move to, from top to bottom of the way that S3 lets them go, and the days for
 * which each is billed at least.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
const CLASSES = [
  { storageClass: s3.StorageClass.INTELLIGENT_TIERING, name: 'INTELLIGENT_TIERING', minimumDays: 0, readAtOnce: true },
  { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, name: 'GLACIER_INSTANT_RETRIEVAL', minimumDays: 90, readAtOnce: true },
  { storageClass: s3.StorageClass.GLACIER, name: 'GLACIER (Flexible Retrieval)', minimumDays: 90, readAtOnce: false },
  { storageClass: s3.StorageClass.DEEP_ARCHIVE, name: 'DEEP_ARCHIVE', minimumDays: 180, readAtOnce: false },
];

type ArchiveClass = typeof CLASSES[number];

/** When objects move and when they expire. */
export interface ArchiveLifecycle {
  readonly transitions: s3.Transition[];
  /** The longest retention that is allowed, or that all objects have. */
  readonly floorDays: number;
  /** The shortest retention that is allowed. */
  readonly minimumDays: number;
  readonly expiration?: Duration;
}

/** The lifecycle rules of an archive. Throws on what S3 refuses or bills for nothing, and on an expiry within the retention. */
export function lifecycleRules(place: Place, lifecycle: ArchiveLifecycle): s3.LifecycleRule[] {
  const { floorDays, minimumDays } = lifecycle;
  const expirationDays = lifecycle.expiration && wholeDays(place, 'expiration', lifecycle.expiration);
  if (expirationDays !== undefined && expirationDays < floorDays) {
    throw new ConfigurationError(place, `expiration is ${expirationDays} days, and objects are retained for ${floorDays} days`,
      `give at least Duration.days(${floorDays}): a lifecycle rule hides objects behind delete markers, also those that are locked`);
  }
  const transitions = checkedTransitions(place, lifecycle.transitions);
  const last = transitions[transitions.length - 1];
  const kept = expirationDays ?? minimumDays;
  if (last !== undefined && last.days + last.of.minimumDays > kept) {
    throw new ConfigurationError(place,
      `objects move to ${last.of.name} after ${last.days} days and may be deleted after ${kept}, but that class is billed for ${last.of.minimumDays} days at least`,
      'move them earlier, keep them longer, or leave the transition out');
  }
  return [
    ...transitions.length === 0 ? [] : [{
      id: 'ArchiveTransitions',
      transitions: transitions.map(({ of, days }) => ({ storageClass: of.storageClass, transitionAfter: Duration.days(days) })),
      // Versions that were replaced are retained as well.
      noncurrentVersionTransitions: transitions.map(({ of, days }) => ({ storageClass: of.storageClass, transitionAfter: Duration.days(days) })),
    }],
    ...expirationDays === undefined ? [] : [
      // Lifecycle rules do not remove locked versions, so a version that was replaced early goes when its lock ends.
      { id: 'ExpireAfterRetention', expiration: Duration.days(expirationDays), noncurrentVersionExpiration: Duration.days(1) },
      // S3 takes the removal of delete markers in no rule that also expires by age. It removes those without any version left.
      { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
    ],
  ];
}

/** Whether objects have to be restored before they can be read. */
export function needsRestore(transitions: s3.Transition[]): boolean {
  return transitions.some(({ storageClass }) => classOf(storageClass)?.readAtOnce === false);
}

function checkedTransitions(place: Place, transitions: s3.Transition[]): { of: ArchiveClass; days: number }[] {
  const steps = transitions.map(({ storageClass, transitionAfter, transitionDate }) => {
    const of = classOf(storageClass);
    if (of === undefined) {
      throw new ConfigurationError(place, `a transition is to ${storageClass}`, `choose ${CLASSES.map(({ name }) => name).join(', ')}`);
    }
    if (transitionDate !== undefined || transitionAfter === undefined) {
      throw new ConfigurationError(place, `the transition to ${of.name} has ${transitionDate === undefined ? 'no time' : 'a date'}`,
        'say transitionAfter: an archive takes objects every day');
    }
    const days = transitionAfter.isUnresolved() ? NaN : transitionAfter.toDays({ integral: false });
    if (!Number.isInteger(days) || days < 0) {
      throw new ConfigurationError(place, `the transition to ${of.name} is after ${transitionAfter.toHumanString()}`, 'S3 moves objects by whole days');
    }
    return { of, days };
  }).sort((a, b) => a.days - b.days);
  steps.slice(1).forEach((step, index) => {
    const before = steps[index];
    if (CLASSES.indexOf(before.of) >= CLASSES.indexOf(step.of)) {
      throw new ConfigurationError(place, `objects move to ${before.of.name} after ${before.days} days and to ${step.of.name} after ${step.days}, and S3 moves them down only`,
        `name each class once, in the order ${CLASSES.map(({ name }) => name).join(', ')}`);
    }
    if (step.days - before.days < Math.max(before.of.minimumDays, 1)) {
      throw new ConfigurationError(place,
        `objects stay in ${before.of.name} for ${step.days - before.days} days, and are billed there for ${before.of.minimumDays} days at least`,
        `move them to ${step.of.name} after ${before.days + Math.max(before.of.minimumDays, 1)} days or later, or leave one of the two out`);
    }
  });
  return steps;
}

function classOf(storageClass: s3.StorageClass): ArchiveClass | undefined {
  return CLASSES.find(known => known.storageClass.value === storageClass.value);
}
