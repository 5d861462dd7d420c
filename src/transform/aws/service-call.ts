import { text } from 'stream/consumers';
import { open } from './http-request';
import { PassingFailure, withRetries } from './retries';
import { dnsSuffix, functionRegion, signedHeaders } from './signature';

/** How long a service may be silent, in milliseconds, unless its calls take longer. */
const SILENCE = 5_000;

/** A service refused a call. */
export class ServiceError extends Error {
  constructor(readonly service: string, readonly status: number, readonly code: string) {
    super(`${service} answered ${status} ${code}`);
    this.name = 'ServiceError';
  }
}

export interface ServiceCall {
  /** The name in the host and in the signature, such as `secretsmanager`. */
  readonly service: string;
  /** Such as `secretsmanager.GetSecretValue`. */
  readonly target: string;
  readonly input: object;
  /** The version of the JSON protocol. Defaults to 1.1. */
  readonly json?: '1.0' | '1.1';
  /** The environment variable that may name another endpoint. */
  readonly endpointVariable: string;
  readonly region?: string;
  /** How long the service may be silent, in milliseconds. Defaults to 5,000. */
  readonly silence?: number;
  /** How often it is called at most. Defaults to 3. */
  readonly attempts?: number;
}

/**
 * Calls a service with one of the JSON protocols, and tries passing failures again.
 *
 * @throws ServiceError without what the service said
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export async function callService(call: ServiceCall, signal: AbortSignal): Promise<unknown> {
  const { service, target, json = '1.1', region = functionRegion(), silence = SILENCE, attempts } = call;
  const { protocol, hostname, port } = new URL(process.env[call.endpointVariable] ?? `https://${service}.${region}.${dnsSuffix(region)}`);
  const request = {
    method: 'POST',
    protocol: protocol as 'http:' | 'https:',
    hostname,
    port: port === '' ? undefined : Number(port),
    path: '/',
    headers: { 'content-type': `application/x-amz-json-${json}`, 'x-amz-target': target },
    body: JSON.stringify(call.input),
  };
  return withRetries(async () => {
    const headers = await signedHeaders(request, service, region);
    const { status, body } = await send({ ...request, headers }, silence, signal).catch((error: Error) => {
      throw new PassingFailure(error.message);
    });
    if (status === 200) {
      return JSON.parse(body);
    }
    const code = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)/.exec(body)?.[1] ?? 'Unknown';
    const error = new ServiceError(service, status, code);
    throw status >= 500 || /Throttling|TooManyRequests/.test(code) ? Object.assign(new PassingFailure(error.message), { cause: error }) : error;
  }, signal, attempts);
}

async function send(
  request: { protocol: 'http:' | 'https:'; hostname: string; port: number | undefined; path: string; method: string; headers: Record<string, string>; body: string },
  silence: number,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { body, ...target } = request;
    const opened = open({ ...target, signal });
    opened.setTimeout(silence, () => opened.destroy(new Error(`${target.hostname} is silent`)));
    opened.on('error', reject);
    opened.once('response', response => {
      text(response).then(answer => resolve({ status: response.statusCode!, body: answer }), reject);
    });
    opened.end(body);
  });
}
