import { Readable } from 'stream';
import { Source, SourceResponse } from '../../src/transform/view';

type Headers = Readonly<Record<string, string>>;

/** An object as it is stored, or what S3 answers in place of it. */
export interface Stored {
  readonly content?: Uint8Array;
  /** Beside its length and its ETag. */
  readonly headers?: Headers;
  /** Defaults to 200. */
  readonly status?: number;
  /** In how many bytes the content comes at a time. Defaults to 64 KiB. */
  readonly chunk?: number;
  /** After how many bytes the connection is lost. */
  readonly lostAfter?: number;
  /** Whether nothing comes after the content, not even its end. */
  readonly hangs?: boolean;
  /** What S3 answers to the second GET and all after it, as if the object was replaced. */
  readonly replacedBy?: Uint8Array;
}

const ORIGINAL_ETAG = '"0123456789abcdef0123456789abcdef"';

/** A source that answers as S3 does, and keeps count of what it is asked. */
export class MemorySource implements Source {
  readonly leavesOverridesOut = true;
  readonly isHeadOnly: boolean = false;
  /** The methods and headers of the requests. */
  readonly asked: { method: string; headers: Headers }[] = [];
  readonly bodies: Readable[] = [];
  /** Bytes that were taken. */
  taken = 0;

  constructor(readonly stored: Stored) {}

  async get(headers: Headers = {}): Promise<SourceResponse> {
    this.asked.push({ method: 'GET', headers });
    const { status = 200, replacedBy } = this.stored;
    const isReplaced = replacedBy !== undefined && this.asked.filter(({ method }) => method === 'GET').length > 1;
    if (isReplaced && headers['if-match'] === ORIGINAL_ETAG) {
      return this.answer(412, {}, Buffer.from('<Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions failed</Message></Error>'));
    }
    return this.answer(status, this.headers(), Buffer.from(this.stored.content ?? ''));
  }

  async head(): Promise<SourceResponse> {
    this.asked.push({ method: 'HEAD', headers: {} });
    return this.answer(this.stored.status ?? 200, this.headers(), Buffer.alloc(0));
  }

  async list(): Promise<SourceResponse> {
    return this.get();
  }

  private headers(): Headers {
    const { content = Buffer.alloc(0), headers } = this.stored;
    return {
      'content-type': 'text/plain',
      'content-length': String(content.length),
      'etag': ORIGINAL_ETAG,
      'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
      'x-amz-version-id': 'version-1',
      ...headers,
    };
  }

  private async answer(status: number, headers: Headers, content: Buffer): Promise<SourceResponse> {
    const { chunk = 65_536, lostAfter = Infinity, hangs = false } = this.stored;
    const source = this;
    let position = 0;
    const body = new Readable({
      read() {
        if (position >= lostAfter) {
          this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
        } else if (position < content.length) {
          const next = content.subarray(position, Math.min(position + chunk, lostAfter));
          position += next.length;
          source.taken += next.length;
          this.push(next);
        } else if (!hangs) {
          this.push(null);
        }
      },
    });
    this.bodies.push(body);
    return { status, headers, body };
  }
}
