import { Agent as HttpAgent, ClientRequest, IncomingHttpHeaders, RequestOptions, request as httpRequest } from 'http';
import { Agent as HttpsAgent, request as httpsRequest } from 'https';

const AGENTS = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

export interface Target extends Pick<RequestOptions, 'method' | 'headers' | 'signal'> {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number | undefined;
  /** Path and query. */
  readonly path: string;
}

/** Opens a request over a connection that is kept. Redirects are not followed: nobody is sent to hosts that nobody named. */
export function open(target: Target): ClientRequest {
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions = { ...target, hostname, agent: AGENTS[target.protocol] };
  return target.protocol === 'http:' ? httpRequest(options) : httpsRequest(options);
}

/** Headers by lower-case name. */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
}
