import { closeSync, openSync, readSync } from 'fs';
import { Duplex } from 'stream';
import { parseArgs } from 'util';
import { chunks, peakBytes, through } from './measure';

/** So much of a corpus is repeated: the rest of it would only hide what the stream itself needs. */
const BLOCK = 2 ** 20;

/** Streams `--mib` MiB through `transform`, in chunks that come fresh from their source as those of a socket do; prints the peak. */
export async function memoryPass(transform: (format: string) => Duplex): Promise<void> {
  const { values } = parseArgs({ options: { file: { type: 'string' }, format: { type: 'string' }, mib: { type: 'string' } } });
  const file = openSync(values.file!, 'r');
  const start = Buffer.alloc(BLOCK);
  readSync(file, start);
  closeSync(file);
  // Whole lines, so that the copies of the block make sense one after the other.
  const block = start.subarray(0, start.lastIndexOf('\n') + 1);
  const size = Math.ceil(Number(values.mib) * 2 ** 20 / block.length) * block.length;
  await through(fresh(block, size), transform(values.format!));
  console.log(peakBytes());
}

function* fresh(block: Buffer, size: number): Iterable<Buffer> {
  for (const chunk of chunks(block, size)) {
    yield Buffer.from(chunk);
  }
}
