import { createHash } from 'crypto';
import { IncomingMessage, ServerResponse } from 'http';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { setTimeout as pause } from 'timers/promises';
import { LoopbackServer } from './loopback-server';
import { signatureProblem } from './signatures';

export interface Stored {
  readonly body: Buffer | Generated;
  /** What S3 answers with, beside what it tells of every object. */
  readonly headers: Readonly<Record<string, string>>;
  readonly versionId?: string;
}

/** A body that nobody holds. */
export interface Generated {
  readonly length: number;
  chunks(): Iterable<Buffer>;
}

/** What goes wrong with one request. */
export interface Fault {
  /** An error in place of an answer. */
  readonly error?: readonly [status: number, code: string, message?: string];
  /** The connection is closed before the answer. */
  readonly isReset?: boolean;
  /** The connection is closed after so many bytes of the body. */
  readonly cutAt?: number;
  /** Milliseconds before the answer. */
  readonly wait?: number;
  /** Milliseconds before each 64 KiB of the body. */
  readonly slow?: number;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** What S3 says of an object that tells its content, and what it may come to say: nothing of it may be in an answer. */
export const TELLTALE = {
  'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
  'x-amz-checksum-crc32': 'NSRBwg==',
  'x-amz-checksum-sha256': 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
  'x-amz-checksum-type': 'FULL_OBJECT',
  'x-amz-meta-owner': 'jane@example.com',
  'x-amz-new-content-summary': 'jane@example.com',
};

/** Behaves as S3 does to GET, HEAD and listings of one bucket, with presigned URLs. Faults meet the next requests, one each. */
export class S3Server {
  static async start(): Promise<S3Server> {
    const s3: S3Server = new S3Server(await LoopbackServer.start(async (request, response) => s3.handle(request, response)));
    return s3;
  }

  readonly asked: Asked[] = [];
  readonly faults: Fault[] = [];
  /** What listings answer with, or how they do. */
  listing: string | ((query: URLSearchParams) => string) = '';
  private readonly objects = new Map<string, Stored>();

  private constructor(private readonly server: LoopbackServer) {}

  get origin(): string {
    return this.server.origin;
  }

  put(key: string, body: Buffer | string | Generated, headers: Record<string, string> = {}, versionId?: string): void {
    const stored = { body: typeof body === 'string' ? Buffer.from(body) : body, headers, versionId };
    this.objects.set(`/${key}`, stored);
    if (versionId !== undefined) {
      this.objects.set(`/${key}?${versionId}`, stored);
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.asked.push({ method, url, headers });
    const fault = this.faults.shift() ?? {};
    await pause(fault.wait ?? 0, undefined, { ref: false });
    if (fault.isReset === true) {
      request.socket.destroy();
      return;
    }
    const problem = signatureProblem(request);
    if (fault.error !== undefined) {
      refuse(response, ...fault.error);
    } else if (problem !== undefined) {
      refuse(response, 403, problem === 'SignatureDoesNotMatch' ? problem : 'AccessDenied', problem);
    } else {
      // The URL class would resolve `..`, which S3 does not.
      const [path, search] = url.split('?');
      await this.answer(decodeURIComponent(path), new URLSearchParams(search), request, response, fault);
    }
  }

  private async answer(path: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse, fault: Fault): Promise<void> {
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(typeof this.listing === 'string' ? this.listing : this.listing(query));
      return;
    }
    const versionId = query.get('versionId');
    const stored = this.objects.get(path + (versionId === null ? '' : `?${versionId}`));
    if (stored === undefined) {
      refuse(response, 404, versionId === null ? 'NoSuchKey' : 'NoSuchVersion');
      return;
    }
    const etag = `"${createHash('md5').update(Buffer.isBuffer(stored.body) ? stored.body : String(stored.body.length)).digest('hex')}"`;
    if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== etag) {
      refuse(response, 412, 'PreconditionFailed');
      return;
    }
    if (request.headers.range !== undefined) {
      refuse(response, 501, 'NotImplemented');
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/plain',
      'last-modified': 'Wed, 12 Oct 2022 17:50:00 GMT',
      'accept-ranges': 'bytes',
      etag,
      'content-length': stored.body.length,
      ...stored.versionId === undefined ? {} : { 'x-amz-version-id': stored.versionId },
      ...TELLTALE,
      ...stored.headers,
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.flushHeaders();
    await pipeline(Readable.from(faulty(stored.body, fault, () => response.destroy())), response);
  }
}

async function* faulty(body: Buffer | Generated, { cutAt = Infinity, slow }: Fault, cut: () => void): AsyncGenerator<Buffer> {
  let position = 0;
  for (const chunk of Buffer.isBuffer(body) ? slices(body) : body.chunks()) {
    if (slow !== undefined) {
      await pause(slow, undefined, { ref: false });
    }
    if (position + chunk.length > cutAt) {
      yield chunk.subarray(0, cutAt - position);
      // What was written has to be on its way.
      await pause(5);
      cut();
      return;
    }
    position += chunk.length;
    yield chunk;
  }
}

function* slices(body: Buffer): Generator<Buffer> {
  for (let position = 0; position < body.length; position += 65_536) {
    yield body.subarray(position, position + 65_536);
  }
}

function refuse(response: ServerResponse, status: number, code: string, message = `${code} of S3`): void {
  const body = '<?xml version="1.0" encoding="UTF-8"?>\n'
    + `<Error><Code>${code}</Code><Message>${message}</Message><Key>secret-key</Key><RequestId>4442587FB7D0A2F9</RequestId><HostId>host</HostId></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': body.length }).end(response.req.method === 'HEAD' ? undefined : body);
}
