import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ObjectLambdaAction } from './object-lambda-action';

/** What can be said about every Object Lambda access point. */
export interface ObjectLambdaAccessPointOptions {
  /**
   * The bucket with the originals. A `SecureBucket` leaves the decision about requests through the supporting access point to it; to a
   * plain `s3.Bucket` the statement that does is added, and for an imported one a warning says what to add.
   *
   * Its network perimeter lets readers of the view pass from anywhere: S3 Object Lambda asks in their name (`aws:ViaAWSService`).
   */
  readonly bucket: s3.IBucket;

  /**
   * What the keys that can be reached start with, each ending with a slash: `['orders/']`. Objects and listings outside of them are
   * refused, whoever asks. Each has to be known when the app is synthesized.
   *
   * @default - no boundary: every key of the bucket
   */
  readonly prefixes?: string[];

  /**
   * The name of the Object Lambda access point: 3 to 45 lower case letters, digits and hyphens, unique in account and Region. It is
   * part of a public host name.
   *
   * @default - made from the construct path
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ObjectLambdaAccessPoint.html
   */
  readonly name?: string;

  /**
   * The account that owns the bucket, where it is not the account of this stack and not known from the bucket.
   *
   * @default - the account that the bucket says
   */
  readonly bucketAccountId?: string;

  /**
   * A dashboard with the requests, the errors and the duration.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}

/** What can be said about an `ObjectLambdaAccessPoint`. */
export interface ObjectLambdaAccessPointProps extends ObjectLambdaAccessPointOptions {
  /**
   * The function that transforms, of the same account and Region. Its role is given the right to write the response; it should read the
   * original by the presigned URL of the event, and need no right of its own for that.
   */
  readonly handler: lambda.IFunction;

  /**
   * What the function transforms. What is none of it is refused by the policy of the access point, where the right is one of its own:
   * S3 would pass the original on. `HEAD_OBJECT` shares its right with `GET_OBJECT`, so that leaving it out shows readers the metadata
   * of the original, length and ETag included; a warning that can be acknowledged (`object-lambda-original-head`) says so.
   *
   * @default - all of `ObjectLambdaAction`
   */
  readonly actions?: ObjectLambdaAction[];

  /**
   * Whether the function answers requests with a `Range`. S3 refuses them otherwise.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html
   */
  readonly supportsRange?: boolean;

  /**
   * Whether the function answers requests with a `partNumber`. S3 refuses them otherwise.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html
   */
  readonly supportsPartNumber?: boolean;

  /**
   * A text, such as JSON, that the function is given with each request, so that several access points can share one function. It is no
   * place for secrets.
   *
   * @default - none
   */
  readonly payload?: string;
}
