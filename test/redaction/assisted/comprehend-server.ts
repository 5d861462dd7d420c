import { createHash, createHmac } from 'crypto';
import { IncomingMessage, Server, ServerResponse, createServer } from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';
import { found } from './word-list';

export const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', sessionToken: 'example-token' };
const MOST_BYTES = 100_000;

/** What the server does in place of its work: answers with an error, with these bytes, breaks the connection off, or says nothing. */
export type Trouble = { readonly status: number; readonly type: string } | { readonly body: string } | 'reset' | 'silent' | undefined;

export interface Received {
  readonly method?: string;
  readonly url?: string;
  readonly target?: string;
  readonly type?: string;
  readonly isSigned: boolean;
  readonly input: { readonly Text: string; readonly LanguageCode: string };
}

/** Answers as Amazon Comprehend documents it, and knows the words of the list. */
export class ComprehendServer {
  readonly received: Received[] = [];
  running = 0;
  /** The most questions at a time. */
  most = 0;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request, response);
  });

  /** What goes wrong with question number `index`. */
  trouble: (index: number) => Trouble = () => undefined;

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  reset(): void {
    this.received.length = 0;
    this.most = 0;
    this.trouble = () => undefined;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { method, url, headers } = request;
    const input = JSON.parse(body) as Received['input'];
    const index = this.received.push({
      method, url, target: headers['x-amz-target'] as string, type: headers['content-type'], isSigned: isSigned(request, body), input,
    }) - 1;
    this.most = Math.max(this.most, ++this.running);
    await new Promise(resolve => setTimeout(resolve, 2));
    this.running--;
    const trouble = this.trouble(index);
    if (trouble === 'reset') {
      request.socket.destroy();
    } else if (trouble === 'silent') {
      return;
    } else if (trouble !== undefined && 'body' in trouble) {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(trouble.body);
    } else if (trouble !== undefined) {
      refuse(response, trouble.status, trouble.type, input.Text);
    } else if (Buffer.byteLength(input.Text) > MOST_BYTES) {
      refuse(response, 400, 'TextSizeLimitExceededException', 'too long');
    } else {
      const Entities = found(input.Text).map(({ type, start, end, score }) => ({ Type: type, BeginOffset: start, EndOffset: end, Score: score }));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ Entities }));
    }
  }
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ __type: type, Message: message }));
}

/**
 * Whether the signature is right.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function isSigned({ method, url, headers }: IncomingMessage, body: string): boolean {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/comprehend\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
    .exec(headers.authorization ?? '');
  if (match === null || match[1] !== CREDENTIALS.accessKeyId || headers['x-amz-security-token'] !== CREDENTIALS.sessionToken) {
    return false;
  }
  const [, , day, region, names, signature] = match;
  const signed = names.split(';').map(name => `${name}:${String(headers[name]).trim()}\n`).join('');
  const canonical = [method, url, '', signed, names, createHash('sha256').update(body).digest('hex')].join('\n');
  const scope = `${day}/${region}/comprehend/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = [day, region, 'comprehend', 'aws4_request'].reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${CREDENTIALS.secretAccessKey}`));
  return ['host', 'x-amz-date', 'x-amz-target', 'x-amz-security-token'].every(name => names.split(';').includes(name))
    && hmac(key, toSign).toString('hex') === signature;
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
