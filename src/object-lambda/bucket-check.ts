import * as s3 from 'aws-cdk-lib/aws-s3';
import { isSecure } from '../access-point/delegation';
import { ConfigurationError, Place } from '../private/errors';

/** S3 Object Lambda signs the URL that the function reads by, for as many seconds. */
const SIGNED_SECONDS = 61;
const SIGNED_PAGE = 'https://docs.aws.amazon.com/prescriptive-guidance/latest/presigned-url-best-practices/appendix-b.html';

/** Throws on a bucket whose objects S3 Object Lambda could not read, or the function not transform. Of other buckets than ours nothing is known. */
export function checkBucket(place: Place, bucket: s3.IBucket, takesCipherText: boolean): void {
  if (!isSecure(bucket)) {
    return;
  }
  const { encryption: { mode }, presignedUrls: { mode: presigned, maxAgeMilliseconds = Infinity } } = bucket._requests;
  const name = `the bucket [${bucket.node.path}]`;
  if (mode === 'customerProvided') {
    throw new ConfigurationError(place, `${name} is encrypted with keys of its clients (SSE-C), and S3 Object Lambda refuses such objects`,
      'choose another encryption, such as Encryption.kms(), see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-security.html');
  }
  if (mode === 'clientSide' && !takesCipherText) {
    throw new ConfigurationError(place, `${name} is encrypted by its clients, so the function would see cipher text only`,
      'choose another encryption, such as Encryption.kms(), or decrypt in a function of your own behind an ObjectLambdaAccessPoint');
  }
  if (presigned === 'denied') {
    throw new ConfigurationError(place, `${name} refuses presigned URLs, and S3 Object Lambda reads by one`,
      `set presignedUrls: PresignedUrls.maxAge(Duration.seconds(${SIGNED_SECONDS})) or more, see ${SIGNED_PAGE}`);
  }
  if (maxAgeMilliseconds < SIGNED_SECONDS * 1000) {
    throw new ConfigurationError(place, `${name} refuses presigned URLs that are older than ${maxAgeMilliseconds / 1000} seconds, and S3 Object Lambda signs for ${SIGNED_SECONDS}`,
      `set presignedUrls: PresignedUrls.maxAge(Duration.seconds(${SIGNED_SECONDS})) or more, see ${SIGNED_PAGE}`);
  }
}
