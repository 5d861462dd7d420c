import { httpDate } from './http-date';

/** What conditions are about: the transformed object. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

type Headers = Readonly<Record<string, string>>;

/** A tag as clients write it; some leave the quotes out. */
const TAG = /[\s,]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"|([^\s",]+))\s*(?:,|$)/y;

/**
 * Whether a request that depends on conditions is served (200), or answered with 304 or 412. If-Match goes before If-Unmodified-Since, and
 * If-None-Match before If-Modified-Since, as with S3.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function judgeConditions(headers: Headers, validators: Validators): 200 | 304 | 412 {
  const { 'if-match': match, 'if-none-match': noneMatch, 'if-unmodified-since': unmodifiedSince, 'if-modified-since': modifiedSince } = headers;
  const { etag, lastModified } = validators;
  if (match !== undefined ? !names(match, etag, false) : isLater(lastModified, unmodifiedSince) === true) {
    return 412;
  }
  if (noneMatch !== undefined ? names(noneMatch, etag, true) : isLater(lastModified, modifiedSince) === false) {
    return 304;
  }
  return 200;
}

/**
 * Whether a range counts: If-Range has to name a strong ETag. Dates never do, since the rules of a transformation may change between two
 * requests for one stored object.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
 */
export function allowsRange(headers: Headers, { etag }: Validators): boolean {
  const ifRange = headers['if-range']?.trim();
  return ifRange === undefined || etag !== undefined && !etag.startsWith('W/') && ifRange === etag;
}

function names(list: string, etag: string | undefined, isWeakEnough: boolean): boolean {
  if (list.trim() === '*') {
    return true;
  }
  if (etag === undefined || !isWeakEnough && etag.startsWith('W/')) {
    return false;
  }
  const opaque = etag.replace(/^W\//, '');
  const tag = new RegExp(TAG);
  while (tag.lastIndex < list.length) {
    const found = tag.exec(list);
    if (found === null) {
      return false;
    }
    const [, weak, quoted, bare] = found;
    if (`"${quoted ?? bare}"` === opaque && (isWeakEnough || weak === undefined)) {
      return true;
    }
  }
  return false;
}

/** Undefined if there is nothing to compare, or no date. */
function isLater(lastModified: string | undefined, than: string | undefined): boolean | undefined {
  const modified = lastModified === undefined ? undefined : httpDate(lastModified);
  const limit = than === undefined ? undefined : httpDate(than);
  return modified === undefined || limit === undefined ? undefined : modified > limit;
}
