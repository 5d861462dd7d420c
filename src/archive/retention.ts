import { Duration } from 'aws-cdk-lib';
import { ConfigurationError } from '../private/errors';

/** The longest that S3 keeps a lock, in days. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
export const LONGEST_RETENTION_DAYS = 36_500;

/**
 * How long, and how firmly, each new object version of an archive is locked, unless its writer asks for longer.
 *
 * - *Compliance*: nobody can delete the version before its time, shorten the time or change the mode; not the root user of the
 *   account, not AWS, and no deployment. What was locked by mistake is paid for until the end. The lock keeps the ciphertext: a KMS
 *   key can be lost before that time, see `ComplianceArchiveProps.encryption`.
 * - *Governance*: the same, but for those who may bypass it, and nobody may until `grantBypassGovernance` names them. For trying
 *   out what later becomes compliance, and where a right to erasure stands above the retention.
 *
 * Periods are whole days. S3 also takes years, but AWS documents only for event holds how many days a year has (365), and seven
 * calendar years are one or two days longer than that. So years are said with `complianceYears` and `governanceYears`, which count
 * the leap days, and the template holds days always.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class Retention {
  /**
   * Compliance mode, for a number of days.
   *
   * @param period from 1 to 36,500 whole days
   * @throws if the period is out of these bounds, or known only at deployment
   */
  public static compliance(period: Duration): Retention {
    return Retention.ofDays('COMPLIANCE', 'Retention.compliance', period);
  }

  /**
   * Compliance mode, for calendar years: as many days as that many years can have, leap days included. Seven years are 2,557 days.
   *
   * A writer who sends a date of its own, and counts years by the calendar, is not refused for a leap day that its years lack:
   * the shortest retention, unless `minimumRetention` says another, is as many days as that many years have at least.
   *
   * @param years from 1 to 99, since a hundred years with their leap days are more than the 36,500 days of S3
   * @throws if the years are no whole number in these bounds
   */
  public static complianceYears(years: number): Retention {
    return Retention.ofYears('COMPLIANCE', 'Retention.complianceYears', years);
  }

  /**
   * Governance mode, for a number of days.
   *
   * @param period from 1 to 36,500 whole days
   * @throws if the period is out of these bounds, or known only at deployment
   */
  public static governance(period: Duration): Retention {
    return Retention.ofDays('GOVERNANCE', 'Retention.governance', period);
  }

  /**
   * Governance mode, for calendar years, counted as in `complianceYears`.
   *
   * @param years from 1 to 99
   * @throws if the years are no whole number in these bounds
   */
  public static governanceYears(years: number): Retention {
    return Retention.ofYears('GOVERNANCE', 'Retention.governanceYears', years);
  }

  private static ofDays(mode: Retention['_mode'], where: string, period: Duration): Retention {
    const days = retentionDays(where, 'the period', period);
    return new Retention(mode, days, days);
  }

  private static ofYears(mode: Retention['_mode'], where: string, years: number): Retention {
    if (!Number.isInteger(years) || years < 1 || years > 99) {
      throw new ConfigurationError(where, `the period is ${years} years`, 'give a whole number from 1 to 99: S3 locks for at most 36,500 days');
    }
    const spans = daysOfYears(years);
    return new Retention(mode, Math.max(...spans), Math.min(...spans));
  }

  /** @internal */
  public readonly _mode: 'COMPLIANCE' | 'GOVERNANCE';
  /** The default retention. @internal */
  public readonly _days: number;
  /** The fewest days that the same period can have. @internal */
  public readonly _leastDays: number;

  private constructor(mode: Retention['_mode'], days: number, leastDays: number) {
    this._mode = mode;
    this._days = days;
    this._leastDays = leastDays;
  }
}

/** A period as S3 locks objects for. */
export function retentionDays(place: string, name: string, period: Duration): number {
  const days = period.isUnresolved() ? NaN : period.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_RETENTION_DAYS) {
    throw new ConfigurationError(place, `${name} is ${period.toHumanString()}`, 'S3 locks objects for whole days: give Duration.days(1) to Duration.days(36500)');
  }
  return days;
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** Every position in the cycle of leap years, for objects that are written in these years. */
const FIRST_YEARS = Array.from({ length: 40 }, (_, index) => 2024 + index);

/** The lengths in days that a number of calendar years can have, by the day on which they begin. */
function daysOfYears(years: number): number[] {
  // The count changes on the day after a possible leap day only.
  return FIRST_YEARS.flatMap(first => [0, 2].map(month =>
    (Date.UTC(first + years, month, 1) - Date.UTC(first, month, 1)) / DAY_MILLISECONDS));
}
