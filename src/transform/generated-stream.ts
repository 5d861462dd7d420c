import { Duplex } from 'stream';

type Callback = (error?: Error | null) => void;

/**
 * Makes what goes out of what comes in. It ends early with an error, which it throws. The signal aborts when nobody waits for the rest any
 * more.
 */
export type Generator = (source: AsyncIterable<Buffer>, signal: AbortSignal) => AsyncGenerator<Buffer, unknown, undefined>;

/**
 * A stream made of an async generator. Unlike `Duplex.from`, a stream that is destroyed ends the generator: what it waits for fails, and
 * its `finally` runs.
 */
export class GeneratedStream extends Duplex {
  private readonly generator: AsyncGenerator<Buffer, unknown, undefined>;
  private readonly abort = new AbortController();
  private pending: { readonly chunk: Buffer; readonly callback: Callback } | undefined;
  private ended: Callback | undefined;
  private failure: Error | undefined;
  private wanted: { readonly resolve: (result: IteratorResult<Buffer>) => void; readonly reject: (error: Error) => void } | undefined;
  private running = false;

  constructor(generator: Generator) {
    super({ autoDestroy: true });
    this.generator = generator({ [Symbol.asyncIterator]: () => ({ next: () => this.next() }) }, this.abort.signal);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
    this.pending = { chunk, callback };
    this.give();
  }

  override _final(callback: Callback): void {
    this.ended = callback;
    this.give();
  }

  override _read(): void {
    if (!this.running) {
      this.running = true;
      void this.run();
    }
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.failure = error ?? new Error('the stream was closed');
    this.abort.abort(this.failure);
    this.wanted?.reject(this.failure);
    this.wanted = undefined;
    this.pending = undefined;
    this.ended = undefined;
    callback(error);
  }

  private async run(): Promise<void> {
    try {
      for (let more = true; more && !this.destroyed;) {
        const { done, value } = await this.generator.next();
        if (done === true) {
          this.push(null);
          return;
        }
        more = value.length === 0 || this.push(value);
      }
      if (this.destroyed) {
        await this.generator.return(undefined);
      }
    } catch (error) {
      this.destroy(error as Error);
    } finally {
      this.running = false;
    }
  }

  private async next(): Promise<IteratorResult<Buffer>> {
    if (this.failure !== undefined) {
      throw this.failure;
    }
    return new Promise((resolve, reject) => {
      this.wanted = { resolve, reject };
      this.give();
    });
  }

  private give(): void {
    const { wanted, pending } = this;
    if (wanted === undefined) {
      return;
    }
    if (pending !== undefined) {
      this.wanted = this.pending = undefined;
      wanted.resolve({ done: false, value: pending.chunk });
      pending.callback();
    } else if (this.ended !== undefined) {
      this.wanted = undefined;
      wanted.resolve({ done: true, value: undefined });
      const ended = this.ended;
      this.ended = () => {};
      ended();
    }
  }
}
