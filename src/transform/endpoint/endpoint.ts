import { Readable, Transform, TransformCallback, pipeline } from 'stream';
import { FunctionUrlEvent } from './function-url-event';
import { Grant, Requester, grantedPrefixes, isWithin } from './grants';
import { checkAsksForNoKeys } from './hidden-keys';
import { viewRequest } from './request';
import { TokenVerifier } from './token';
import { wantedOf } from '../byte-range';
import { asViewError, errorResponse } from '../s3-error';
import { serve } from '../serve';
import { Transformation } from '../transformation';
import { Source, ViewRequest, ViewResponse } from '../view';
import { ViewError } from '../view-error';

export interface EndpointOptions {
  readonly grants: readonly Grant[];
  /** The header that carries a token. */
  readonly tokenHeader: string;
  /** Tokens are not taken if there is none. */
  readonly verify?: TokenVerifier;
  readonly source: (request: ViewRequest) => Source;
  readonly transformationOf: () => Promise<Transformation>;
  /** How many bytes the service lets a response have. */
  readonly largestResponse: number;
  /** In milliseconds, for all of the request. */
  readonly timeLimit: number;
  readonly showSizes: boolean;
  /** Whether listings show other keys than there are. */
  readonly hidesKeys: boolean;
}

/**
 * Nobody but the caller keeps an answer, and the caller only to ask whether it is still right: it was made for that caller, and its right to
 * read may end.
 */
const PRIVATE = 'private, no-cache';
const NOT_KEPT = 'no-store';
const DENIED = 'Access Denied';

/** Answers a request to the endpoint. It does not throw: what goes wrong is an answer, too. */
export async function respond(event: FunctionUrlEvent, options: EndpointOptions): Promise<ViewResponse> {
  try {
    const requester = await requesterOf(event, options);
    const prefixes = grantedPrefixes(requester, options.grants);
    if (prefixes.length === 0) {
      throw accessDenied();
    }
    const request = { ...viewRequest(event), caller: { arn: requester.arn, name: requester.name } };
    if (!isWithin(request, prefixes)) {
      throw accessDenied();
    }
    if (options.hidesKeys) {
      checkAsksForNoKeys(request, prefixes);
    }
    return guarded(await bounded(withoutNames(await view(request, options)), options.largestResponse));
  } catch (error) {
    return guarded(errorResponse(asViewError(error), event.requestContext.http.method === 'HEAD'));
  }
}

/** As IAM says who has signed the request; and as the token says, which CloudFront hands on. CloudFront itself is granted nothing. */
async function requesterOf({ headers, requestContext }: FunctionUrlEvent, { tokenHeader, verify }: EndpointOptions): Promise<Requester> {
  const arn = requestContext.authorizer?.iam?.userArn ?? undefined;
  const token = /^Bearer +([^ ]+)$/i.exec(headers[tokenHeader] ?? '')?.[1];
  if (verify === undefined || token === undefined) {
    return { arn };
  }
  const claims = await verify(token);
  return { arn, claims, name: typeof claims.sub === 'string' ? claims.sub : undefined };
}

/** What S3 and AWS KMS say of a refusal names the role of the function, the access point and the key. */
function withoutNames(response: ViewResponse): ViewResponse {
  const { status, code, message, headers } = response.error ?? {};
  if (response.body === undefined || status === undefined || !/\barn:/.test(message!)) {
    return response;
  }
  return errorResponse(new ViewError(status, code!, status === 403 ? DENIED : 'S3 refused the request.', headers), false);
}

/** Function URLs leave Content-Length out, so that nobody could tell a response that is cut off: the object is measured before it is sent. */
async function view(request: ViewRequest, options: EndpointOptions): Promise<ViewResponse> {
  const { source, showSizes } = options;
  const end = performance.now() + options.timeLimit;
  const transformation = await options.transformationOf();
  const answer = async (asked: ViewRequest) => serve(asked, source(asked), transformation, { timeLimit: end - performance.now(), showSizes });
  const isMeasured = request.operation === 'GetObject' && transformation.digest(request) !== undefined;
  if (!isMeasured || wantedOf(request) !== undefined) {
    const response = await answer(request);
    if (!isMeasured || response.status !== 200 || !(response.body instanceof Readable)) {
      return response;
    }
    // If-Range says that the range does not count.
    response.body.on('error', () => {}).destroy();
  }
  const { 'if-range': _about, ...headers } = request.headers;
  const response = await answer({ ...request, headers: { ...headers, range: 'bytes=0-' } });
  if (response.status === 416) {
    // It is empty, and has no first byte.
    const { range: _none, ...whole } = headers;
    return answer({ ...request, headers: whole });
  }
  const { 'content-range': _range, ...rest } = response.headers;
  return response.status === 206 ? { ...response, status: 200, headers: rest } : response;
}

async function bounded(response: ViewResponse, largest: number): Promise<ViewResponse> {
  const { body, headers } = response;
  if (!(body instanceof Readable)) {
    return response;
  }
  if (headers['content-length'] === undefined) {
    return { ...response, body: pipeline(body, new Bound(largest), () => {}) };
  }
  if (Number(headers['content-length']) > largest) {
    body.on('error', () => {}).destroy();
    throw tooLarge(largest);
  }
  return response;
}

function guarded(response: ViewResponse): ViewResponse {
  const { 'content-length': length, ...headers } = response.headers;
  return {
    ...response,
    headers: {
      ...headers,
      // Function URLs rename the one, so that the other tells what to expect.
      ...length === undefined ? {} : { 'content-length': length, 'x-amz-decoded-content-length': length },
      'cache-control': response.status < 400 ? PRIVATE : NOT_KEPT,
      'x-content-type-options': 'nosniff',
    },
  };
}

/** Ends with an error where the service would cut the response off. */
class Bound extends Transform {
  private bytes = 0;

  constructor(private readonly largest: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.bytes += chunk.length;
    callback(this.bytes > this.largest ? tooLarge(this.largest) : null, chunk);
  }
}

function tooLarge(largest: number): ViewError {
  return new ViewError(413, 'EntityTooLarge', `The transformed object is larger than the ${largest} bytes of a response. Ask for it in ranges.`);
}

function accessDenied(): ViewError {
  return new ViewError(403, 'AccessDenied', DENIED);
}
