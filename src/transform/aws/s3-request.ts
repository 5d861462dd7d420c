import { createHash } from 'crypto';
import { IncomingMessage } from 'http';
import { open, plainHeaders } from './http-request';
import { PassingFailure, withRetries } from './retries';
import { signedHeaders } from './signature';
import { SourceResponse } from '../view';
import { ViewError } from '../view-error';

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Whom it is signed for. Defaults to S3. */
  readonly service?: 's3' | 's3-object-lambda';
  /** How long S3 may be silent before it answers, in milliseconds. Defaults to 10,000, and to 120,000 for POST, which puts uploads together. */
  readonly silence?: number;
}

const SILENCE = 10_000;
const SILENCE_OF_POSTS = 120_000;
const PASSING_STATUSES = [500, 502, 503, 504];

/**
 * Asks S3 in the name of the function, and again what may be asked again. The signature is in the headers, so that buckets that refuse
 * presigned URLs answer, too; it holds the hash of the body, by which S3 tells damaged ones.
 *
 * @param endpoint a URL whose paths are keys: of the host of an access point, or of a bucket
 * @throws ViewError with 503 if S3 does not answer
 */
export async function askS3(endpoint: string, request: S3Request, signal: AbortSignal): Promise<SourceResponse> {
  let last: IncomingMessage | undefined;
  const response = await withRetries(async () => {
    last?.destroy();
    last = await attempt(endpoint, request, signal);
    if (PASSING_STATUSES.includes(last.statusCode!)) {
      throw new PassingFailure();
    }
    return last;
  }, signal).catch(() => last);
  if (response === undefined || response.destroyed) {
    throw new ViewError(503, 'ServiceUnavailable', 'Amazon S3 did not answer. Please try again.');
  }
  return { status: response.statusCode!, headers: plainHeaders(response.headers), body: response };
}

async function attempt(endpoint: string, request: S3Request, signal: AbortSignal): Promise<IncomingMessage> {
  const { method, key, query = {}, headers = {}, body, service = 's3', silence = method === 'POST' ? SILENCE_OF_POSTS : SILENCE } = request;
  const { protocol, hostname, port, pathname } = new URL(endpoint);
  const target = {
    method,
    protocol: protocol as 'http:' | 'https:',
    hostname,
    port: port === '' ? undefined : Number(port),
    path: pathname + key.split('/').map(encoded).join('/'),
  };
  const signed = await signedHeaders({
    ...target,
    query,
    headers: { ...headers, 'x-amz-content-sha256': createHash('sha256').update(body ?? '').digest('hex') },
  }, service);
  const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return new Promise((resolve, reject) => {
    const sent = open({
      ...target,
      path: search === '' ? target.path : `${target.path}?${search}`,
      headers: body === undefined ? signed : { ...signed, 'content-length': String(body.length) },
      signal,
    });
    sent.setTimeout(silence, () => sent.destroy(new Error('S3 is silent')));
    sent.once('response', response => {
      // From now on the deadline of the request counts: whoever reads slowly makes S3 wait.
      sent.setTimeout(0);
      resolve(response);
    });
    sent.on('error', error => reject(new PassingFailure(error.message)));
    sent.end(body);
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, "UriEncode" */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
