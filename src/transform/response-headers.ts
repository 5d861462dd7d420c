import { httpDate } from './http-date';
import { Transformation } from './transformation';

type Headers = Readonly<Record<string, string>>;

/**
 * What S3 says of an object that stays true of the transformed one, and tells nothing of its content. What is not here does not pass:
 * neither length nor ETag nor checksums of the original, nor what S3 may come to say.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_ResponseSyntax
 */
const PASSED = new Set([
  'last-modified',
  'x-amz-archive-status',
  'x-amz-delete-marker',
  'x-amz-expiration',
  'x-amz-missing-meta',
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-replication-status',
  'x-amz-request-charged',
  'x-amz-restore',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key-md5',
  'x-amz-storage-class',
  'x-amz-tagging-count',
  'x-amz-version-id',
]);

/** Texts that whoever stored the object wrote: they go through the transformation. */
const WRITTEN = new Set(['cache-control', 'content-disposition', 'content-language', 'content-type']);
const USER = 'x-amz-meta-';

/** The headers of a transformed object, less those of its length, and of its type and encoding if the transformation says them. */
export function responseHeaders(stored: Headers, transformation: Transformation): Record<string, string> {
  return Object.fromEntries(Object.entries(stored).flatMap(([name, value]) => {
    const shown = name.startsWith(USER) ? transformation.metadata(name.slice(USER.length), value)
      : WRITTEN.has(name) ? writtenBy(transformation, name, value)
        : PASSED.has(name) || name === 'expires' && httpDate(value) !== undefined ? value : undefined;
    return shown === undefined ? [] : [[name, shown]];
  }));
}

function writtenBy(transformation: Transformation, name: string, value: string): string | undefined {
  return transformation.header === undefined ? transformation.metadata(name, value) : transformation.header(name, value);
}
