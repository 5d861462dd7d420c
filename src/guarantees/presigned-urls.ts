import { Guarantee } from './guarantee';
import { denyAll } from '../private/statement';

/** Signatures that travel with the request instead of in its header: presigned URLs, and the forms of browser POSTs. */
const PRESIGNED = ['REST-QUERY-STRING', 'POST'];

export const presignedUrls: Guarantee = {
  id: 'presigned-urls',
  title: 'A presigned URL is refused once it is older than the maximum age, or always',
  reason: 'A presigned URL works for whoever holds it; the person who signs it chooses up to 7 days.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'bucket policy: refuses presigned requests whose `s3:signatureAge` (milliseconds) is above the maximum, or all by `s3:authType`',
  remedy: 'leave the statements PresignedUrls and NoSignatureVersion2 of the bucket policy as it is, or set presignedUrls',
  appliesTo: facts => facts.presignedUrls.mode !== 'unrestricted',
  statements: ({ presignedUrls: { mode, maxAgeMilliseconds } }, arns) => [
    denyAll('PresignedUrls', arns, {
      // AWS documentation writes these values in more than one way.
      StringEqualsIgnoreCase: { 's3:authType': PRESIGNED },
      ...mode === 'maxAge' ? { NumericGreaterThan: { 's3:signatureAge': String(maxAgeMilliseconds) } } : {},
      // S3 itself signs URLs in the caller's name, for copies from another Region.
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
    }),
    // For Signature Version 2, S3 reports an age of 0, whatever it is.
    ...mode === 'maxAge' ? [denyAll('NoSignatureVersion2', arns, { StringEquals: { 's3:signatureversion': 'AWS' } })] : [],
  ],
};
