import { boundedText } from './bounded-text';
import { Exchange, answerOf } from './exchange';
import { Element, childText, parseXml, writeXml } from './s3-xml';
import { ViewResponse } from './view';
import { ViewError } from './view-error';

/** A thousand keys of 1,024 bytes, each of them written in nine. */
const LONGEST = 16 * 1024 * 1024;

/** What listings hold of objects, less what tells their content. Whatever S3 may come to add is left out. */
const CONTENTS = ['Key', 'LastModified', 'StorageClass', 'Owner', 'RestoreStatus'];
const RESULT = [
  'Name', 'Prefix', 'Delimiter', 'Marker', 'NextMarker', 'StartAfter', 'ContinuationToken', 'NextContinuationToken', 'KeyCount', 'MaxKeys',
  'EncodingType', 'IsTruncated', 'Contents', 'CommonPrefixes',
];
/** What S3 says of the listing outside of it. */
const PASSED = ['x-amz-request-charged'];

/**
 * Answers with a listing: without ETags, checksums and, unless asked for, sizes, and with its keys as the transformation shows them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function listObjects(exchange: Exchange, showSizes: boolean): Promise<ViewResponse> {
  const { request, source, transformation, deadline } = exchange;
  const stored = await answerOf(source.list(), deadline);
  deadline.guard(stored.body);
  const listing = parseXml(await boundedText(stored.body, LONGEST));
  if (listing.name !== 'ListBucketResult') {
    throw new Error('a listing is none');
  }
  const shown = new Listing(listing, key => transformation.key(key), showSizes);
  if (request.operation === 'ListObjects') {
    shown.checkMarker();
  }
  const body = Buffer.from(writeXml(shown.result));
  const headers = Object.fromEntries(PASSED.flatMap(name => stored.headers[name] === undefined ? [] : [[name, stored.headers[name]]]));
  return { status: 200, headers: { ...headers, 'content-type': 'application/xml', 'content-length': String(body.length) }, body };
}

/** A listing as it is shown. */
class Listing {
  readonly result: Element;
  private readonly isEncoded: boolean;
  /** Keys that are shown as others. */
  private readonly changed = new Set<string>();

  constructor(private readonly listing: Element, private readonly keyOf: (key: string) => string, showSizes: boolean) {
    this.isEncoded = childText(listing, 'EncodingType') === 'url';
    const contents = showSizes ? [...CONTENTS, 'Size'] : CONTENTS;
    this.result = {
      ...listing,
      children: listing.children.filter(({ name }) => RESULT.includes(name)).map(child => {
        switch (child.name) {
          case 'Contents':
            return this.withKey(child, contents, 'Key');
          case 'CommonPrefixes':
            return this.withKey(child, ['Prefix'], 'Prefix');
          case 'NextMarker':
            return { ...child, text: this.shown(child.text) };
          default:
            return child;
        }
      }),
    };
  }

  /**
   * Listings of the first version go on after a key: the last of the page, or the one that is named.
   *
   * @throws ViewError if that is shown as another
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
   */
  checkMarker(): void {
    const keys = this.listing.children.flatMap(child => child.name === 'Contents' ? [childText(child, 'Key')]
      : child.name === 'CommonPrefixes' ? [childText(child, 'Prefix')] : child.name === 'NextMarker' ? [child.text] : []);
    if (childText(this.listing, 'IsTruncated') === 'true' && keys.some(key => key !== undefined && this.changed.has(key))) {
      throw new ViewError(501, 'NotImplemented', 'This view shows other keys than those that listings go on from. Use ListObjectsV2.');
    }
  }

  private withKey(element: Element, kept: readonly string[], key: string): Element {
    const children = element.children.filter(({ name }) => kept.includes(name));
    return { ...element, children: children.map(child => child.name === key ? { ...child, text: this.shown(child.text) } : child) };
  }

  private shown(written: string): string {
    const key = this.isEncoded ? decodeURIComponent(written.replace(/\+/g, ' ')) : written;
    const shown = this.keyOf(key);
    if (shown === key) {
      return written;
    }
    this.changed.add(written);
    return this.isEncoded ? encodeURIComponent(shown).replace(/%20/g, '+').replace(/%2F/g, '/') : shown;
  }
}
