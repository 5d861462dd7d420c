import { createHash } from 'crypto';
import { IncomingMessage } from 'http';
import { Readable } from 'stream';
import { text } from 'stream/consumers';
import { pipeline } from 'stream/promises';
import { open } from './http-request';
import { OutputContext } from './object-lambda-event';
import { PassingFailure, withRetries } from './retries';
import { ServiceError } from './service-call';
import { dnsSuffix, functionRegion, signedHeaders } from './signature';
import { ViewResponse } from '../view';

/** The only statuses that the operation knows. */
const STATUSES = [200, 206, 304, 400, 401, 403, 404, 405, 409, 411, 412, 416, 500, 503];

/** The headers of GetObject that can be handed on. `Content-Length` and `x-amz-meta-*` are as they are. */
const HEADERS = [
  'accept-ranges', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-range', 'content-type', 'etag', 'expires',
  'last-modified', 'x-amz-delete-marker', 'x-amz-expiration', 'x-amz-missing-meta', 'x-amz-mp-parts-count', 'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode', 'x-amz-object-lock-retain-until-date', 'x-amz-replication-status', 'x-amz-request-charged', 'x-amz-restore',
  'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-server-side-encryption-customer-algorithm', 'x-amz-server-side-encryption-customer-key-md5', 'x-amz-storage-class', 'x-amz-tagging-count',
  'x-amz-version-id',
];

/** No header may hold it. */
const CONTROL = /[^\t\x20-\x7e\x80-\uffff]/;

/** The status as it may be handed to S3 Object Lambda: it knows neither 422 nor 501, and SDKs ask again after 500. */
export function knownStatus(status: number): number {
  return STATUSES.includes(status) ? status : status === 501 || status >= 400 && status < 500 ? 400 : status === 502 || status === 504 ? 503 : 500;
}

/** The code as S3 Object Lambda takes it: letters, the first in upper case. */
export function knownCode(code: string): string {
  return /^[A-Z][a-zA-Z]+$/.test(code) ? code : 'InternalError';
}

/**
 * Answers a GetObject request: WriteGetObjectResponse, as the AWS SDK sends it. The SDK's own client is two thirds of the size that a
 * function should have, and leaves a request open whose body fails.
 *
 * A body that fails, or that is not written when the signal aborts, leaves the request without its end: the caller sees an answer that is
 * cut off.
 *
 * @throws ServiceError if S3 Object Lambda refuses it; the error of the body; the error of the connection
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_WriteGetObjectResponse.html
 */
export async function writeGetObjectResponse(output: OutputContext, response: ViewResponse, signal: AbortSignal): Promise<void> {
  const body = response.error === undefined ? response.body : undefined;
  const attempt = async () => send(output, response, body, signal);
  await (body instanceof Readable ? attempt() : withRetries(attempt, signal)).catch((error: Error) => {
    throw error instanceof PassingFailure ? error.cause : error;
  });
}

async function send(output: OutputContext, response: ViewResponse, body: Readable | Uint8Array | undefined, signal: AbortSignal): Promise<void> {
  const target = { ...endpoint(output.outputRoute), method: 'POST', path: '/WriteGetObjectResponse' };
  const headers = onTheWire(await signedHeaders({ ...target, headers: forwarded(output, response, body) }, 's3-object-lambda'));
  const length = body instanceof Readable ? response.headers['content-length'] : String(body?.length ?? 0);
  const request = open({
    ...target, headers: length === undefined ? headers : { ...headers, 'content-length': length }, isOwn: body instanceof Readable, signal,
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
  });
  const refused = answered.then(answer => check(answer));
  refused.catch(() => {});
  if (body instanceof Readable) {
    // Who refuses the answer does so before its end.
    await Promise.race([pipeline(body, request), refused.then(async () => new Promise<never>(() => {}))]).catch(async (error: Error) => {
      request.destroy();
      throw error;
    });
    await refused;
    return;
  }
  request.end(body);
  await refused.catch((error: Error) => {
    throw error instanceof ServiceError && error.status < 500 ? error : Object.assign(new PassingFailure(error.message), { cause: error });
  });
}

async function check(answer: IncomingMessage): Promise<void> {
  const status = answer.statusCode!;
  const body = await text(answer);
  if (status !== 200) {
    throw new ServiceError('WriteGetObjectResponse', status, /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? 'Unknown');
  }
}

function endpoint(route: string): { protocol: 'http:' | 'https:'; hostname: string; port: number | undefined } {
  const region = functionRegion();
  const other = process.env.AWS_ENDPOINT_URL_S3;
  const { protocol, hostname, port } = new URL(other ?? `https://${route}.s3-object-lambda.${region}.${dnsSuffix(region)}`);
  return { protocol: protocol as 'http:' | 'https:', hostname, port: port === '' ? undefined : Number(port) };
}

function forwarded(
  { outputRoute, outputToken }: OutputContext, { status, headers, error }: ViewResponse, body: Readable | Uint8Array | undefined,
): Record<string, string> {
  const result: Record<string, string> = {
    'content-type': 'application/octet-stream',
    'x-amz-content-sha256': body instanceof Readable ? 'UNSIGNED-PAYLOAD' : createHash('sha256').update(body ?? '').digest('hex'),
    'x-amz-request-route': outputRoute,
    'x-amz-request-token': outputToken,
    'x-amz-fwd-status': String(knownStatus(status)),
  };
  if (error !== undefined && status >= 400) {
    result['x-amz-fwd-error-code'] = knownCode(error.code);
    result['x-amz-fwd-error-message'] = error.message.replace(/[^ -~]/g, '?');
  }
  for (const [name, value] of Object.entries(headers).filter(entry => !CONTROL.test(entry[1]))) {
    if (name.startsWith('x-amz-meta-')) {
      result[name] = value;
    } else if (HEADERS.includes(name) && !(error !== undefined && name === 'content-type')) {
      result[`x-amz-fwd-header-${name}`] = value;
    }
  }
  return result;
}

/** Node.js writes characters as bytes of Latin-1. Signatures are of UTF-8. */
function onTheWire(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]));
}
