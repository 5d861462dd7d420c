import { Duration } from 'aws-cdk-lib';
import { ConfigurationError, Place } from './errors';

/** A retention as S3 takes it. */
export function wholeDays(place: Place, name: string, retention: Duration): number {
  const days = retention.isUnresolved() ? NaN : retention.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1) {
    throw new ConfigurationError(place, `${name} is ${retention.toHumanString()}`, 'S3 expires objects by whole days: give at least Duration.days(1)');
  }
  return days;
}
