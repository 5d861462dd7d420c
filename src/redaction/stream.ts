import { Transform, TransformCallback } from 'stream';
import { BrotliDecompress, Gunzip, createBrotliCompress, createBrotliDecompress, createGunzip, createGzip } from 'zlib';
import { RedactionError } from './errors';
import { Redactor, RedactorOptions } from './redactor';

export interface RedactionOptions extends RedactorOptions {
  /** The encoding of the bytes: `gzip`, `br` or `identity`. */
  readonly contentEncoding?: string;
  /** Whether what goes out is compressed as what came in. Defaults to false: it goes out plain. */
  readonly recompress?: boolean;
  /** How many times larger than its compressed form the content may be, once it is larger than 16 MiB. Defaults to 200. */
  readonly maximumExpansion?: number;
  /** After how many milliseconds the stream ends with an error. Defaults to none. */
  readonly timeLimit?: number;
}

/** Counts only: nothing of the input. */
export interface RedactionReport {
  bytesIn: number;
  bytesOut: number;
  readonly counts: Record<string, number>;
}

/** Below this size content may be compressed as well as it can: small files of zeros are no attack. */
const FREE_EXPANSION = 16 * 1024 * 1024;
const DEFAULT_EXPANSION = 200;

export type Decoder = Gunzip | BrotliDecompress;

/**
 * A stream that redacts. It ends with a RedactionError where bytes cannot be judged; what was judged before may have gone out by then,
 * so whoever reads it has to treat an error as the loss of the whole.
 */
export class RedactionStream extends Transform {
  readonly report: RedactionReport;
  private readonly redactor: Redactor;
  private readonly decoder: Decoder | undefined;
  private readonly encoder: Transform | undefined;
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly deadline: number;
  private readonly maximumExpansion: number | undefined;
  private decodedBytes = 0;

  constructor(options: RedactionOptions = {}) {
    super();
    const { contentEncoding = 'identity', recompress = false, maximumExpansion, timeLimit } = options;
    const redactor = new Redactor(options);
    this.redactor = redactor;
    this.report = {
      bytesIn: 0,
      bytesOut: 0,
      get counts() {
        return redactor.counts;
      },
    };
    this.maximumExpansion = maximumExpansion;
    this.decoder = decoderOf(contentEncoding);
    this.encoder = this.decoder !== undefined && recompress ? encoderOf(contentEncoding) : undefined;
    this.deadline = timeLimit === undefined ? Infinity : performance.now() + timeLimit;
    if (timeLimit !== undefined) {
      this.timer = setTimeout(() => this.destroy(overtime()), timeLimit);
      this.timer.unref();
    }
    this.connect();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.report.bytesIn += chunk.length;
    if (this.decoder !== undefined) {
      this.decoder.write(chunk, () => callback());
      return;
    }
    try {
      this.give(this.redact(chunk));
    } catch (error) {
      callback(error as Error);
      return;
    }
    callback();
  }

  override _flush(callback: TransformCallback): void {
    const finish = () => {
      try {
        this.give(this.redactor.end());
      } catch (error) {
        callback(error as Error);
        return;
      }
      if (this.encoder === undefined) {
        callback();
      } else {
        this.encoder.once('end', () => callback());
        this.encoder.end();
      }
    };
    if (this.decoder === undefined) {
      finish();
    } else {
      this.decoder.once('end', finish);
      this.decoder.end();
    }
  }

  override _read(size: number): void {
    this.encoder?.resume();
    if (this.encoder === undefined || !this.encoder.writableNeedDrain) {
      this.decoder?.resume();
    }
    super._read(size);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.decoder?.destroy();
    this.encoder?.destroy();
    callback(error);
  }

  private connect(): void {
    const { decoder, encoder } = this;
    decoder?.on('data', (chunk: Buffer) => {
      try {
        this.decodedBytes += chunk.length;
        checkExpansion(this.decodedBytes, this.report.bytesIn, this.maximumExpansion);
        this.give(this.redact(chunk));
      } catch (error) {
        this.destroy(error as Error);
      }
    });
    decoder?.on('error', () => this.destroy(new RedactionError('BAD_ENCODING', 'the compressed content is damaged or cut off')));
    encoder?.on('data', (chunk: Buffer) => {
      if (!this.push(this.counted(chunk))) {
        encoder.pause();
      }
    });
    encoder?.on('drain', () => decoder?.resume());
    encoder?.on('error', (error: Error) => this.destroy(error));
  }

  private redact(chunk: Buffer): Buffer {
    if (performance.now() > this.deadline) {
      throw overtime();
    }
    return this.redactor.push(chunk);
  }

  private give(bytes: Buffer): void {
    if (bytes.length === 0) {
      return;
    }
    if (this.encoder !== undefined) {
      if (!this.encoder.write(bytes)) {
        this.decoder?.pause();
      }
    } else if (!this.push(this.counted(bytes))) {
      this.decoder?.pause();
    }
  }

  private counted(bytes: Buffer): Buffer {
    this.report.bytesOut += bytes.length;
    return bytes;
  }
}

/** @throws RedactionError if content grows to more than is allowed */
export function checkExpansion(decoded: number, encoded: number, maximum = DEFAULT_EXPANSION): void {
  if (decoded > FREE_EXPANSION && decoded > maximum * encoded) {
    throw new RedactionError('EXPANSION', `the content is more than ${maximum} times as large as its compressed form: raise maximumExpansion if that is right`);
  }
}

export function encoderOf(contentEncoding: string): Transform {
  return contentEncoding.trim().toLowerCase() === 'br' ? createBrotliCompress() : createGzip();
}

export function overtime(): RedactionError {
  return new RedactionError('TIME_LIMIT', 'the time limit is over: allow more time, or redact a smaller object');
}

/** @throws RedactionError if the encoding is none that is known; of `identity` there is none */
export function decoderOf(contentEncoding: string): Decoder | undefined {
  switch (contentEncoding.trim().toLowerCase()) {
    case '':
    case 'identity':
    case 'aws-chunked':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new RedactionError('BAD_ENCODING', 'the content encoding is none of gzip, br and identity: decode it first');
  }
}
