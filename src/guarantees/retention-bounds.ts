import { ArchiveFacts } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE, StatementJson } from '../private/statement';

const REMAINING_DAYS = 's3:object-lock-remaining-retention-days';

/**
 * The minimum is asked of new versions only. Of versions that are there, S3 itself refuses a shorter retention, and an extension
 * by a month is shorter than the minimum when it is counted from today.
 */
export const retentionBounds: Guarantee<ArchiveFacts> = {
  id: 'retention-bounds',
  title: 'A new version that asks for a shorter retention is refused, and so is any retention that is longer than the maximum',
  reason: 'The default is only a default: a header on the request overrules it. And in compliance mode a retention of a hundred years, set by mistake, is paid for a hundred years.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-retention-limits',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject` and `s3:ReplicateObject` when `s3:object-lock-remaining-retention-days` is present and too small, and these and `s3:PutObjectRetention` when it is too large',
  remedy: 'leave the statements RetentionMinimum and RetentionMaximum of the bucket policy as they are, or set minimumRetention and maximumRetention',
  appliesTo: () => true,
  statements: ({ minimumDays, maximumDays }, { objects }) => [
    bound('RetentionMinimum', ['s3:PutObject', 's3:ReplicateObject'], objects, { NumericLessThan: { [REMAINING_DAYS]: String(minimumDays) } }),
    ...maximumDays === undefined ? [] : [
      bound('RetentionMaximum', ['s3:PutObject', 's3:PutObjectRetention', 's3:ReplicateObject'], objects, { NumericGreaterThan: { [REMAINING_DAYS]: String(maximumDays) } }),
    ],
  ],
};

/** A request without a retention gets the default, and has no remaining days that the condition could match. */
function bound(Sid: string, Action: string[], objects: unknown, Condition: StatementJson['Condition']): StatementJson {
  return { Sid, Effect: 'Deny', Principal: EVERYONE, Action, Resource: [objects], Condition };
}
