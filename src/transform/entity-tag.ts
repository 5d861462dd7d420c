import { createHash } from 'crypto';

/**
 * The ETag of a transformed object: of the version and of what is done with it, never of anything that comes from the content, since that
 * would tell whether a guess of the original is right. Versions never change, so that it is a strong one; without versions the time of the
 * last change takes their place, of which two may fall into one second: a weak one.
 *
 * @param digest of the transformation; without it there is no ETag
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1
 */
export function entityTag(headers: Readonly<Record<string, string>>, digest: string | undefined): string | undefined {
  if (digest === undefined) {
    return undefined;
  }
  const version = headers['x-amz-version-id'];
  if (version !== undefined && version !== 'null') {
    return `"${hash('version', version, digest)}"`;
  }
  const modified = headers['last-modified'];
  return modified === undefined ? undefined : `W/"${hash('modified', modified, digest)}"`;
}

/** With a dash, as S3 marks ETags that are no MD5 of the content: older SDKs would check them. */
function hash(...parts: string[]): string {
  return `${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}-view`;
}
