import { Readable } from 'stream';

/** Bytes of which the first are at hand. */
export interface FirstBytes {
  readonly chunks: Buffer[];
  readonly rest: AsyncIterator<Buffer, void>;
  /** Whether there is no rest. */
  readonly isWhole: boolean;
}

/** Reads until there is no more, or more than `limit` bytes are at hand. */
export async function firstBytes(rest: AsyncIterator<Buffer, void>, limit: number): Promise<FirstBytes> {
  const chunks: Buffer[] = [];
  for (let length = 0; length <= limit;) {
    const { done, value } = await rest.next();
    if (done === true) {
      return { chunks, rest, isWhole: true };
    }
    chunks.push(value);
    length += value.length;
  }
  return { chunks, rest, isWhole: false };
}

/** The first bytes and the rest. It ends as its origin does: with an error if that fails, and whoever destroys it destroys that, too. */
export class Replay extends Readable {
  private isReading = false;

  constructor(private readonly first: FirstBytes, private readonly origin: Readable) {
    super();
    // It may fail before anyone listens; whoever reads it then gets the error.
    this.on('error', () => {});
  }

  override _read(): void {
    const chunk = this.first.chunks.shift();
    if (chunk !== undefined) {
      this.push(chunk);
    } else if (!this.isReading) {
      this.isReading = true;
      this.first.rest.next().then(({ done, value }) => {
        this.isReading = false;
        this.push(done === true ? null : value);
      }, (error: Error) => this.destroy(error));
    }
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.origin.destroy();
    callback(error);
  }
}
