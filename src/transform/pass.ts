import { Readable, pipeline } from 'stream';
import { Slice } from './byte-range';
import { Deadline } from './deadline';
import { SliceKeeper } from './slice-keeper';
import { TransformedObject } from './transformation';
import { SourceResponse } from './view';

/** One reading of an object from its first byte on, through the transformation. */
export class Pass {
  readonly stream: Readable;
  readonly chunks: AsyncIterator<Buffer, void>;

  constructor(stored: SourceResponse, { stream }: TransformedObject, deadline: Deadline) {
    this.stream = stream;
    // An error of either side destroys the other; who reads sees it in the chunks.
    stream.on('error', () => {});
    pipeline(stored.body, stream, () => {});
    deadline.guard(stream);
    this.chunks = chunksOf(stream, deadline);
  }

  /** Reads to the end, to tell how long the transformed object is. */
  async measure(keeper: SliceKeeper): Promise<void> {
    for (let next = await this.chunks.next(); next.done !== true; next = await this.chunks.next()) {
      keeper.take(next.value);
    }
  }

  /** Part of it. An object that ends before the slice does is an error. */
  async* slice({ from, to }: Slice): AsyncGenerator<Buffer, void> {
    for (let position = 0; position < to;) {
      const { done, value } = await this.chunks.next();
      if (done === true) {
        throw new Error('the transformed object was longer before');
      }
      const wanted = value.subarray(Math.max(0, from - position), Math.max(0, to - position));
      position += value.length;
      if (wanted.length > 0) {
        yield wanted;
      }
    }
  }

  /** Stops reading, wherever it is. */
  close(): void {
    this.stream.destroy();
  }
}

async function* chunksOf(stream: Readable, deadline: Deadline): AsyncGenerator<Buffer, void> {
  for await (const chunk of stream) {
    deadline.check();
    yield chunk;
  }
}
