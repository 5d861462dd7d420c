import { createReadStream, Stats } from 'fs';
import { basename } from 'path';
import { Readable } from 'stream';
import { ContentEncoding, encodingOf, HEAD } from './content-encoding';
import { FileError } from './failure';
import { statsOf } from './paths';
import { printable } from './terminal';

/** The FILE that means standard input. */
const STANDARD_INPUT = '-';
const CHUNK = 262_144;

export interface OpenInput {
  readonly bytes: AsyncIterable<Buffer>;
  readonly encoding: ContentEncoding;
  close(): void;
}

/** One FILE of the command line. */
export class Input {
  readonly isStandardInput: boolean;
  /** As messages and reports name it. */
  readonly title: string;
  /** Missing if it cannot be told: opening the file says why. */
  readonly stats?: Stats;

  constructor(readonly path: string) {
    this.isStandardInput = path === STANDARD_INPUT;
    this.title = this.isStandardInput ? 'standard input' : printable(path);
    this.stats = this.isStandardInput ? undefined : statsOf(path);
  }

  /** The name that tells the format. */
  get name(): string | undefined {
    return this.isStandardInput ? undefined : basename(this.path);
  }

  /** @param stdin what `-` stands for */
  async open(stdin: Readable): Promise<OpenInput> {
    if (this.stats?.isDirectory()) {
      throw new FileError('is a directory: give the files in it');
    }
    const source = this.isStandardInput ? stdin : createReadStream(this.path, { highWaterMark: CHUNK });
    const chunks: AsyncIterable<Buffer> & AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      head = Buffer.concat([head, next.value]);
      if (head.length >= HEAD) {
        break;
      }
    }
    return { bytes: joined(head, chunks), encoding: encodingOf(this.path, head), close: () => source.destroy() };
  }
}

async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  yield head;
  yield* rest;
}
