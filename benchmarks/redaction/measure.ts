/** What each subject of the benchmark runs in: a process of its own, one warm-up, one timed pass, one line of JSON. */
import { readFileSync } from 'fs';
import { parseArgs } from 'util';

/** As S3 sends bodies, and as streams read files. */
export const CHUNK = 65_536;
const MIB = 1024 * 1024;

export interface Sample {
  /** Millions of bytes a second. */
  readonly speed: number;
  /** Peak resident set of the process, in millions of bytes. */
  readonly peak: number;
  /** What was found in one pass over the corpus, or over the slice of it. */
  readonly entities?: number;
  /** Set if only so many MiB of the corpus were used. */
  readonly slice?: number;
}

export interface Subject {
  /** For subjects that would take minutes: how many MiB they get. */
  readonly slice?: number;
  /** Takes all of the chunks; the time that it needs is measured. */
  pass(chunks: Iterable<Buffer>, format: string, size: number): Promise<unknown>;
  /** How many entities it finds in the chunks. */
  entities?(chunks: Iterable<Buffer>, format: string): Promise<number>;
}

export async function measure({ pass, entities, slice }: Subject): Promise<void> {
  const { values } = parseArgs({ options: { file: { type: 'string' }, format: { type: 'string' }, size: { type: 'string' } } });
  const corpus = readFileSync(values.file!);
  const part = slice === undefined ? corpus : corpus.subarray(0, slice * MIB);
  // Whole corpora: half a record is no record.
  const size = slice === undefined ? Math.ceil(Number(values.size) * MIB / corpus.length) * corpus.length : part.length;
  const found = await entities?.(chunks(part, part.length), values.format!);
  await pass(chunks(part, part.length), values.format!, part.length);
  const start = process.hrtime.bigint();
  await pass(chunks(part, size), values.format!, size);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const sample: Sample = { speed: size / seconds / 1e6, peak: peakBytes() / 1e6, entities: found, slice };
  console.log(JSON.stringify(sample));
}

/** `size` bytes of the corpus, over and over. */
export function* chunks(corpus: Buffer, size: number): Iterable<Buffer> {
  for (let done = 0; done < size;) {
    const from = done % corpus.length;
    const chunk = corpus.subarray(from, Math.min(from + CHUNK, from + size - done, corpus.length));
    done += chunk.length;
    yield chunk;
  }
}

/** The process's own peak: on Linux, `maxRSS` is never below what the parent had when it started the process. */
export function peakBytes(): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

/** A subject that turns one chunk into another. */
export function byChunk(redact: (chunk: Buffer) => Buffer | Promise<Buffer>, placeholder: RegExp): Pick<Subject, 'pass' | 'entities'> {
  return {
    async pass(source) {
      for (const chunk of source) {
        await redact(chunk);
      }
    },
    async entities(source) {
      let count = 0;
      for (const chunk of source) {
        count += (await redact(chunk)).toString('latin1').match(placeholder)?.length ?? 0;
      }
      return count;
    },
  };
}
