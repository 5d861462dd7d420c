import { IncomingMessage } from 'http';
import { open, plainHeaders } from './http-request';
import { PresignedUrl, parsePresignedUrl } from './presigned-url';
import { PassingFailure, withRetries } from './retries';
import { Source, SourceResponse, ViewRequest } from '../view';
import { ViewError } from '../view-error';

/** How long S3 may be silent before it answers, in milliseconds. */
const SILENCE = 10_000;
const PASSING_STATUSES = [500, 502, 503, 504];
/** Those are about the transformed object. S3 would judge the stored one by them, and so confirm guesses of it. */
const OF_THE_VIEW = ['host', 'range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range'];
/**
 * Those are about the connection, which the next invocation uses, too: with the length of a body that does not come, or the wish for another
 * protocol, it would get an answer that is not its own. Where they are signed, S3 refuses the request without them.
 */
const OF_THE_CONNECTION = ['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Tells the length of the transformed object that a HEAD request describes by these headers. */
export type Measure = (described: Readonly<Record<string, string>>) => Promise<number>;

/**
 * The stored object, or the listing, behind the presigned URL of an event of S3 Object Lambda, with the rights of the caller.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
 */
export class PresignedSource implements Source {
  readonly isHeadOnly: boolean;
  readonly leavesOverridesOut: boolean;
  /** Of bodies, as they are stored. */
  bytesRead = 0;
  /** Of the last answer of S3. */
  status: number | undefined;
  private readonly url: PresignedUrl;
  private readonly signedHeaders: Record<string, string>;

  /** @param measure what HEAD finds lengths by; without it, there are none */
  constructor(inputS3Url: string, request: ViewRequest, private readonly signal: AbortSignal, readonly measure?: Measure) {
    this.url = parsePresignedUrl(inputS3Url);
    this.isHeadOnly = request.operation === 'HeadObject';
    this.leavesOverridesOut = ![...this.url.query.keys()].some(name => name.toLowerCase().startsWith('response-'));
    const signed = parameter(this.url.query, 'x-amz-signedheaders').toLowerCase().split(';');
    this.signedHeaders = Object.fromEntries(Object.entries(request.headers).filter(([name, value]) =>
      signed.includes(name) && ![...OF_THE_VIEW, ...OF_THE_CONNECTION].includes(name) && !(name === 'content-length' && value !== '0')));
  }

  async get(headers: Readonly<Record<string, string>> = {}): Promise<SourceResponse> {
    return this.ask('GET', headers);
  }

  async head(): Promise<SourceResponse> {
    return this.ask('HEAD', {});
  }

  async list(): Promise<SourceResponse> {
    return this.ask('GET', {});
  }

  private async ask(method: string, headers: Readonly<Record<string, string>>): Promise<SourceResponse> {
    let last: IncomingMessage | undefined;
    try {
      return this.responseOf(await withRetries(async () => {
        last?.destroy();
        last = await this.attempt(method, headers);
        if (PASSING_STATUSES.includes(last.statusCode!)) {
          throw new PassingFailure();
        }
        return last;
      }, this.signal));
    } catch {
      if (last !== undefined && !last.destroyed) {
        return this.responseOf(last);
      }
      throw new ViewError(503, 'ServiceUnavailable', 'Amazon S3 did not answer. Please try again.');
    }
  }

  private async attempt(method: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    const { protocol, hostname, port, target } = this.url;
    return new Promise((resolve, reject) => {
      const request = open({ protocol, hostname, port, path: target, method, headers: { ...this.signedHeaders, ...headers }, signal: this.signal });
      request.setTimeout(SILENCE, () => request.destroy(new Error('S3 is silent')));
      request.once('response', response => {
        // From now on the deadline of the request counts: whoever reads slowly makes S3 wait.
        request.setTimeout(0);
        resolve(response);
      });
      request.on('error', error => reject(new PassingFailure(error.message)));
      request.end();
    });
  }

  private responseOf(response: IncomingMessage): SourceResponse {
    response.on('data', (chunk: Buffer) => this.bytesRead += chunk.length).pause();
    this.status = response.statusCode;
    return { status: response.statusCode!, headers: plainHeaders(response.headers), body: response };
  }
}

function parameter(query: URLSearchParams, name: string): string {
  return [...query].find(([candidate]) => candidate.toLowerCase() === name)?.[1] ?? '';
}
