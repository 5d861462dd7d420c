import { Size } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { JwtIssuer } from './jwt-issuer';
import { RedactedViewOptions } from './redacted-view-options';

/** What can be said about a `RedactedEndpoint`. */
export interface RedactedEndpointProps extends RedactedViewOptions {
  /**
   * The bucket with the originals. The function reads it through an access point of its own: a `SecureBucket` leaves the decision to that,
   * to a plain `s3.Bucket` the statement that does is added, and for an imported one a warning says what to add.
   */
  readonly bucket: s3.IBucket;

  /**
   * Whose tokens are taken, in `Authorization: Bearer` of requests to CloudFront. One issuer, so that nobody else's claims are taken for its.
   *
   * @default - none: callers sign their requests to the function URL with AWS Signature Version 4
   */
  readonly jwtIssuer?: JwtIssuer;

  /**
   * Redact the keys of listings, too, for buckets whose keys hold personal data. A redacted key is not one that can be read with. Listings
   * are then of folders, that is of a granted prefix or one that ends with a slash, by the delimiter `/` or none, and go on by
   * `continuation-token`: anything else would tell the keys by asking for them. Whoever guesses all of a key still sees that it is there.
   *
   * @default false
   */
  readonly redactKeys?: boolean;

  /**
   * Show the sizes of the originals in listings. They say how long the originals are, and are not those of what is read.
   *
   * @default false - sizes are left out
   */
  readonly showSizes?: boolean;

  /**
   * How large a response may be. Whatever is larger is refused with 413 before its first byte, and can be had in ranges.
   *
   * @default Size.mebibytes(190) - what fits into the 200 MB of a response of Lambda, whichever way they are counted
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
   */
  readonly largestResponse?: Size;

  /**
   * The names that the distribution has beside its own.
   *
   * @default - none
   */
  readonly domainNames?: string[];

  /**
   * The certificate of `domainNames`, in us-east-1. TLS 1.2 is the oldest that is then taken.
   *
   * @default - that of CloudFront, for its own name. Clients that know nothing newer may then use TLS 1.0; a warning that can be
   * acknowledged (`cloudfront-default-certificate`) says so, if tokens are taken
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
   */
  readonly certificate?: acm.ICertificate;

  /**
   * The ARN of a web ACL of AWS WAF, of scope CLOUDFRONT.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html
   */
  readonly webAclId?: string;

  /**
   * The bucket that CloudFront writes its access logs to. CloudFront does that by ACL, so a `SecureBucket`, which has none, is refused; log
   * entries of the newer kind need none, and are set up on `distribution`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html
   */
  readonly logBucket?: s3.IBucket;
}
