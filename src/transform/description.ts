import { Wanted } from './byte-range';
import { Validators, allowsRange, judgeConditions } from './conditions';
import { entityTag } from './entity-tag';
import { Exchange } from './exchange';
import { overridesOf } from './overrides';
import { responseHeaders } from './response-headers';
import { TransformedObject } from './transformation';
import { SourceResponse } from './view';
import { ViewError } from './view-error';

/** What an answer says of an object, whether or not its bytes go out. */
export interface Description {
  /** Less those of its length. */
  readonly headers: Readonly<Record<string, string>>;
  /** None if there is nothing to transform, since the object has no bytes. */
  readonly object?: TransformedObject;
  /** What goes out of it; the whole if undefined. */
  readonly wanted?: Wanted;
}

/** What is said with 304. */
const CACHED = ['cache-control', 'etag', 'expires', 'last-modified', 'x-amz-version-id'];
/** What S3 says of an object without a type. */
const DEFAULT_TYPE = 'binary/octet-stream';

/**
 * Describes the transformed object from what is known of the stored one.
 *
 * @throws ViewError with 304 or 412 if a condition says so, or where the object is none that can be transformed
 */
export function describe(exchange: Exchange, stored: SourceResponse, wanted: Wanted | undefined): Description {
  const { request, source, transformation } = exchange;
  const overrides = overridesOf(request.query, source);
  const digest = transformation.digest(request);
  const validators = { etag: entityTag(stored.headers, digest), lastModified: stored.headers['last-modified'] };
  const status = judgeConditions(request.headers, validators);
  if (status === 412) {
    throw new ViewError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const headers: Record<string, string> = {
    ...responseHeaders(stored.headers, transformation),
    ...validators.etag === undefined ? {} : { etag: validators.etag },
    ...digest === undefined ? {} : { 'accept-ranges': 'bytes' },
  };
  if (status === 304) {
    throw new ViewError(304, 'NotModified', 'Not Modified', only(CACHED, { ...headers, ...overrides }));
  }
  const reached = reachable(wanted, exchange, validators, digest);
  const object = stored.headers['content-length'] === '0' ? undefined : open(exchange, stored);
  return { headers: { 'content-type': DEFAULT_TYPE, ...headers, ...formOf(object), ...overrides }, object, wanted: reached };
}

/** Begins to transform an object. */
export function open({ request, transformation }: Exchange, { headers }: SourceResponse): TransformedObject {
  const contentLength = headers['content-length'];
  return transformation.open({
    key: request.key,
    contentType: headers['content-type'],
    contentEncoding: headers['content-encoding'],
    contentLength: contentLength === undefined ? undefined : Number(contentLength),
  }, request);
}

/** Slices are put together by those who ask for them: they have to be of the same bytes. */
function reachable(wanted: Wanted | undefined, { request }: Exchange, validators: Validators, digest: string | undefined): Wanted | undefined {
  if (wanted === undefined || !allowsRange(request.headers, validators)) {
    return undefined;
  }
  if (digest === undefined) {
    throw new ViewError(501, 'NotImplemented', 'This view of the object has no ranges and parts, since it may be another one each time. Ask for the whole.');
  }
  return wanted;
}

function formOf({ contentType, contentEncoding }: Partial<TransformedObject> = {}): Record<string, string> {
  return {
    ...contentType === undefined ? {} : { 'content-type': contentType },
    ...contentEncoding === undefined ? {} : { 'content-encoding': contentEncoding },
  };
}

function only(names: readonly string[], headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}
