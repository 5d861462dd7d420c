import { Readable } from 'stream';

/** A stream of which the first bytes are at hand. */
export interface FirstBytes {
  readonly chunks: Buffer[];
  readonly rest: AsyncIterator<Buffer>;
  /** Whether there is no more. */
  readonly isWhole: boolean;
}

/** Reads until the stream ends or more than `limit` bytes are there. */
export async function firstBytes(stream: Readable, limit: number): Promise<FirstBytes> {
  const rest: AsyncIterator<Buffer> = stream.iterator({ destroyOnReturn: false });
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= limit) {
    const { done, value } = await rest.next();
    if (done === true) {
      return { chunks, rest, isWhole: true };
    }
    chunks.push(value);
    length += value.length;
  }
  return { chunks, rest, isWhole: false };
}

/** All of the stream; who stops reading it destroys the stream. */
export class Replay extends Readable {
  private reading = false;

  constructor(private readonly first: FirstBytes, private readonly stream: Readable) {
    super();
  }

  override _read(): void {
    const chunk = this.first.chunks.shift();
    if (chunk !== undefined) {
      this.push(chunk);
      return;
    }
    if (!this.reading) {
      this.reading = true;
      this.first.rest.next().then(({ done, value }) => {
        this.reading = false;
        this.push(done === true ? null : value);
      }, (error: Error) => this.destroy(error));
    }
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.stream.destroy();
    callback(error);
  }
}
