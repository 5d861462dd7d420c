import { Duration } from 'aws-cdk-lib';
import { PresignedUrlFacts } from '../guarantees/facts';
import { ConfigurationError } from '../private/errors';

const LONGEST = Duration.days(7);

/**
 * How long presigned URLs and presigned POST forms work, counted from when they were signed.
 *
 * Whoever holds such a URL has the rights of the person who signed it. The limit is enforced with `s3:signatureAge` in the
 * bucket policy, whatever expiry the URL itself claims. Requests that are signed in their header are not concerned.
 *
 * AWS services sign URLs in the name of their callers, and must be given the time they need:
 *
 * - the Amazon S3 console signs for 5 minutes; limits under 2 minutes make it fail now and then;
 * - S3 Object Lambda signs for 61 seconds;
 * - Amazon Redshift Spectrum was tested by AWS with 16 minutes; less may break it;
 * - copies from another Region are signed by S3 itself; they come with `aws:ViaAWSService` and always pass.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/presigned-url-best-practices/appendix-b.html
 */
export class PresignedUrls {
  /**
   * A URL is refused once it is older than `age`.
   *
   * Signature Version 2, for which S3 always reports an age of 0, is refused with it.
   *
   * @param age from 1 second to 7 days, the longest that Signature Version 4 allows; in the policy it stands in milliseconds
   * @throws if the age is out of these bounds, or known only at deployment
   */
  public static maxAge(age: Duration): PresignedUrls {
    if (age.isUnresolved() || !(age.toMilliseconds() >= 1000 && age.toMilliseconds() <= LONGEST.toMilliseconds())) {
      throw new ConfigurationError('PresignedUrls.maxAge', `the maximum age is ${age.toHumanString()}`,
        'choose from 1 second to 7 days, or PresignedUrls.denied()');
    }
    return new PresignedUrls({ mode: 'maxAge', maxAgeMilliseconds: age.toMilliseconds() });
  }

  /**
   * Every presigned URL and every presigned POST form is refused.
   *
   * That also refuses uploads and downloads in the Amazon S3 console, S3 Object Lambda and Amazon Redshift Spectrum on this
   * bucket, since they sign URLs. Copies from another Region still pass.
   */
  public static denied(): PresignedUrls {
    return new PresignedUrls({ mode: 'denied' });
  }

  /** No limit but the 7 days of Signature Version 4. */
  public static unrestricted(): PresignedUrls {
    return new PresignedUrls({ mode: 'unrestricted' });
  }

  /** @internal */
  public readonly _facts: PresignedUrlFacts;

  private constructor(facts: PresignedUrlFacts) {
    this._facts = facts;
  }
}
