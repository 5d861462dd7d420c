/**
 * The content encoding as it is stored: `aws-chunked` is one of uploads only, and stays in the header of objects that some SDKs uploaded.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function storedEncoding(header: string | undefined): string | undefined {
  const encodings = header?.split(',').map(encoding => encoding.trim().toLowerCase()).filter(encoding => !['', 'identity', 'aws-chunked'].includes(encoding)) ?? [];
  return encodings.length === 0 ? undefined : encodings.join(', ');
}
