import { Agent as HttpAgent, ClientRequest, IncomingHttpHeaders, RequestOptions, request as httpRequest } from 'http';
import { Agent as HttpsAgent, request as httpsRequest } from 'https';

const AGENTS = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

export interface Target extends Pick<RequestOptions, 'method' | 'headers' | 'signal'> {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number | undefined;
  /** Path and query. */
  readonly path: string;
  /**
   * Whether a connection of its own is opened: of one that was kept while the function stood still, nobody knows whether it still works until
   * something is sent, which is too late for what cannot be sent twice.
   */
  readonly isOwn?: boolean;
}

/** Opens a request, over a connection that is kept. Redirects are not followed: nobody is sent to hosts that nobody named. */
export function open({ isOwn = false, ...target }: Target): ClientRequest {
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions = { ...target, hostname, agent: isOwn ? false : AGENTS[target.protocol] };
  return target.protocol === 'http:' ? httpRequest(options) : httpsRequest(options);
}

/** Headers by lower-case name. */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
}
