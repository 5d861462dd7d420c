import { createHash, randomUUID } from 'crypto';
import { IncomingMessage, ServerResponse } from 'http';
import { buffer } from 'stream/consumers';
import { LoopbackServer } from '../object-lambda/run-time/loopback-server';
import { signatureProblem } from '../object-lambda/run-time/signatures';

export interface Kept {
  readonly body: Buffer;
  /** As they were sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly versionId: string;
}

interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, Buffer>;
}

/** What goes wrong with one request, by its method and the start of its URL. */
export interface WriteFault {
  readonly on: string;
  readonly error?: readonly [status: number, code: string];
  /** Happens before the request is answered. */
  readonly meanwhile?: () => void;
}

const KEPT = /^(content-(type|disposition|language|encoding)|cache-control|expires|x-amz-meta-.+|x-amz-tagging|x-amz-storage-class|x-amz-server-side-encryption.*)$/;

/**
 * Behaves as S3 does to reads and conditional writes of one bucket, with versions or without, for a caller that may list only if it names a prefix: objects
 * that are missing are 403. It checks signatures, hashes and checksums.
 */
export class WritableS3 {
  static async start(): Promise<WritableS3> {
    const s3: WritableS3 = new WritableS3(await LoopbackServer.start(async (request, response) => s3.handle(request, response)));
    return s3;
  }

  readonly objects = new Map<string, Kept>();
  readonly uploads = new Map<string, Upload>();
  readonly asked: string[] = [];
  readonly faults: WriteFault[] = [];
  /** Whether readers are told of versions. */
  hasVersions = true;
  /** What was not as S3 wants it. */
  readonly problems: string[] = [];

  private constructor(private readonly server: LoopbackServer) {}

  get origin(): string {
    return this.server.origin;
  }

  put(key: string, body: string | Buffer, headers: Record<string, string> = {}): void {
    const bytes = Buffer.from(body);
    this.objects.set(key, { body: bytes, headers, etag: `"${createHash('md5').update(bytes).digest('hex')}"`, versionId: randomUUID() });
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    this.asked.push(`${method} ${url}`);
    const body = await buffer(request);
    const problem = signatureProblem(request)
      ?? (request.headers['x-amz-content-sha256'] === createHash('sha256').update(body).digest('hex') ? undefined : 'XAmzContentSHA256Mismatch');
    if (problem !== undefined) {
      this.problems.push(problem);
    }
    const index = this.faults.findIndex(({ on }) => `${method} ${url}`.startsWith(on));
    const [fault] = index < 0 ? [undefined] : this.faults.splice(index, 1);
    fault?.meanwhile?.();
    if (fault?.error !== undefined) {
      refuse(response, ...fault.error);
      return;
    }
    const [path, search] = url.split('?');
    this.answer(decodeURIComponent(path).slice(1), new URLSearchParams(search), body, request, response);
  }

  private answer(key: string, query: URLSearchParams, body: Buffer, { method, headers }: IncomingMessage, response: ServerResponse): void {
    const uploadId = query.get('uploadId');
    const upload = uploadId === null ? undefined : this.uploads.get(uploadId);
    if (uploadId !== null && upload === undefined) {
      refuse(response, 404, 'NoSuchUpload');
    } else if (key === '') {
      const found = [...this.objects.keys()].sort().find(each => each.startsWith(query.get('prefix')!));
      response.end(`<ListBucketResult>${found === undefined ? '' : `<Contents><Key>${found.replace(/&/g, '&amp;')}</Key></Contents>`}</ListBucketResult>`);
    } else if (method === 'GET' || method === 'HEAD') {
      this.read(key, headers, response);
    } else if (!this.allows(key, headers, query)) {
      refuse(response, 412, 'PreconditionFailed');
    } else if (method === 'POST' && query.has('uploads')) {
      const id = randomUUID();
      this.uploads.set(id, { key, headers: kept(headers), parts: new Map() });
      response.end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    } else if (method === 'PUT' && !this.checksum(headers, body)) {
      refuse(response, 400, 'BadDigest');
    } else if (method === 'PUT' && upload !== undefined) {
      upload.parts.set(Number(query.get('partNumber')), body);
      response.setHeader('etag', etagOf(body)).end();
    } else if (method === 'PUT') {
      this.put(key, body, kept(headers));
      response.end();
    } else if (method === 'POST') {
      this.complete(uploadId!, upload!, body.toString(), response);
    } else {
      this[uploadId === null ? 'objects' : 'uploads'].delete(uploadId ?? key);
      response.writeHead(204).end();
    }
  }

  private read(key: string, headers: IncomingMessage['headers'], response: ServerResponse): void {
    const found = this.objects.get(key);
    if (found === undefined) {
      refuse(response, 403, 'AccessDenied');
      return;
    }
    if (headers['if-match'] !== undefined && headers['if-match'] !== found.etag) {
      refuse(response, 412, 'PreconditionFailed');
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/plain',
      ...found.headers,
      'etag': found.etag,
      'content-length': found.body.length,
      'last-modified': 'Wed, 12 Oct 2022 17:50:00 GMT',
      ...this.hasVersions ? { 'x-amz-version-id': found.versionId } : {},
      'x-amz-checksum-crc32': 'NSRBwg==',
    }).end(response.req.method === 'HEAD' ? undefined : found.body);
  }

  /** Conditions are for what makes an object appear or go. */
  private allows(key: string, headers: IncomingMessage['headers'], query: URLSearchParams): boolean {
    if (query.has('partNumber') || query.has('uploads')) {
      return true;
    }
    const found = this.objects.get(key);
    return headers['if-none-match'] === '*' ? found === undefined : headers['if-match'] === undefined || headers['if-match'] === found?.etag;
  }

  private checksum(headers: IncomingMessage['headers'], body: Buffer): boolean {
    return headers['x-amz-checksum-sha256'] === createHash('sha256').update(body).digest('base64');
  }

  private complete(id: string, { key, headers, parts }: Upload, list: string, response: ServerResponse): void {
    const numbers = [...list.matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>(.+?)<\/ETag><ChecksumSHA256>(.+?)<\/ChecksumSHA256>/g)];
    const isRight = numbers.length === parts.size && numbers.every(([, number, etag, checksum]) => {
      const part = parts.get(Number(number));
      return part !== undefined && etag.replace(/&quot;/g, '"') === etagOf(part) && checksum === createHash('sha256').update(part).digest('base64');
    });
    const isLarge = [...parts.values()].slice(0, -1).every(part => part.length >= 5 * 1024 * 1024);
    if (!isRight || !isLarge) {
      refuse(response, 400, isRight ? 'EntityTooSmall' : 'InvalidPart');
      return;
    }
    this.uploads.delete(id);
    this.put(key, Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part)), headers);
    response.end('<CompleteMultipartUploadResult/>');
  }
}

function kept(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT.test(name)).map(([name, value]) => [name, String(value)]));
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(response.req.method === 'HEAD' ? undefined : `<Error><Code>${code}</Code><Message>m</Message></Error>`);
}
