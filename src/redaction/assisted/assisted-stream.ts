import { Duplex, Transform, TransformCallback, pipeline } from 'stream';
import { AssistedRedactor, AssistedRedactorOptions } from './assisted-redactor';
import { RedactionError } from '../errors';
import { RedactionOptions, RedactionReport, checkExpansion, decoderOf, encoderOf, overtime } from '../stream';

export interface AssistedRedactionOptions extends RedactionOptions, AssistedRedactorOptions {}

/** A stream that redacts with the help of a detector: the same as `RedactionStream` from the outside. */
export class AssistedRedactionStream extends Duplex {
  readonly report: RedactionReport;
  private readonly redactor: AssistedRedactor;
  private readonly stages: readonly Transform[];
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(options: AssistedRedactionOptions) {
    super();
    const { contentEncoding = 'identity', recompress = false, timeLimit } = options;
    const redactor = new AssistedRedactor(options);
    this.redactor = redactor;
    this.report = {
      bytesIn: 0,
      bytesOut: 0,
      get counts() {
        return redactor.counts;
      },
    };
    const decoder = decoderOf(contentEncoding);
    decoder?.on('error', () => this.destroy(new RedactionError('BAD_ENCODING', 'the compressed content is damaged or cut off')));
    this.stages = [
      ...decoder === undefined ? [] : [decoder],
      this.engine(options, decoder !== undefined),
      ...decoder === undefined || !recompress ? [] : [encoderOf(contentEncoding)],
    ];
    if (timeLimit !== undefined) {
      this.timer = setTimeout(() => this.destroy(overtime()), timeLimit);
      this.timer.unref();
    }
    this.connect();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.report.bytesIn += chunk.length;
    this.stages[0].write(chunk, callback);
  }

  override _final(callback: TransformCallback): void {
    this.tail.once('end', () => callback());
    this.stages[0].end();
  }

  override _read(): void {
    this.tail.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.redactor.abort();
    this.stages.forEach(stage => stage.destroy());
    callback(error);
  }

  private get tail(): Transform {
    return this.stages[this.stages.length - 1];
  }

  private connect(): void {
    const { tail, stages } = this;
    stages.forEach(stage => stage.on('error', error => this.destroy(error)));
    if (stages.length > 1) {
      // Errors are listened to above.
      pipeline(stages, () => {});
    }
    tail.on('data', (bytes: Buffer) => {
      this.report.bytesOut += bytes.length;
      if (!this.push(bytes)) {
        tail.pause();
      }
    });
    tail.once('end', () => this.push(null));
  }

  private engine({ maximumExpansion, timeLimit }: AssistedRedactionOptions, isDecoded: boolean): Transform {
    const { redactor, report } = this;
    const deadline = timeLimit === undefined ? Infinity : performance.now() + timeLimit;
    let bytes = 0;
    return new Transform({
      transform(chunk: Buffer, _encoding, callback) {
        bytes += chunk.length;
        drain(this, redactor.push(chunk), callback, () => {
          if (performance.now() > deadline) {
            throw overtime();
          }
          if (isDecoded) {
            checkExpansion(bytes, report.bytesIn, maximumExpansion);
          }
        });
      },
      flush(callback) {
        drain(this, redactor.end(), callback, () => {});
      },
    });
  }
}

/** Pushes all that comes. */
function drain(stream: Transform, source: AsyncIterable<Buffer>, callback: (error?: Error) => void, check: () => void): void {
  const work = async () => {
    check();
    for await (const bytes of source) {
      if (bytes.length > 0) {
        stream.push(bytes);
      }
    }
  };
  work().then(() => callback(), callback);
}
