/** What each subject of the benchmark runs in: a process of its own, one warm-up, one timed pass, one line of JSON. */
import { readFileSync } from 'fs';
import { Duplex, Readable, Transform, Writable } from 'stream';
import { pipeline } from 'stream/promises';
import { parseArgs } from 'util';

/** As S3 sends bodies, and as streams read files. */
export const CHUNK = 65_536;
const MIB = 1024 * 1024;

export interface Sample {
  /** Millions of bytes a second. */
  readonly speed: number;
  /** Millions of bytes a second of processor time, of all threads: what other processes do does not change it. */
  readonly speedOfProcessor: number;
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
  const { values } = parseArgs({ options: { file: { type: 'string' }, format: { type: 'string' }, seconds: { type: 'string' } } });
  const corpus = readFileSync(values.file!);
  const part = slice === undefined ? corpus : corpus.subarray(0, slice * MIB);
  const found = await entities?.(chunks(part, part.length), values.format!);
  // Whole corpora only: half a record is no record.
  const run = async (times: number) => {
    const processor = process.cpuUsage();
    const start = process.hrtime.bigint();
    await pass(chunks(part, times * part.length), values.format!, times * part.length);
    const { user, system } = process.cpuUsage(processor);
    return { bytes: times * part.length, seconds: Number(process.hrtime.bigint() - start) / 1e9, processor: (user + system) / 1e6 };
  };
  // The warm-up says how much fits into the time.
  let times = 1;
  let { seconds } = await run(times);
  while (seconds < Number(values.seconds)) {
    times *= 2;
    ({ seconds } = await run(times));
  }
  const { bytes, seconds: taken, processor } = await run(Math.max(1, Math.round(times * Number(values.seconds) / seconds)));
  const sample: Sample = { speed: bytes / taken / 1e6, speedOfProcessor: bytes / processor / 1e6, peak: peakBytes() / 1e6, entities: found, slice };
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

/** Sends the chunks through a stream, and drops what comes out. */
export async function through(source: Iterable<Buffer>, transform: Duplex): Promise<void> {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(Readable.from(source, { objectMode: false }), transform, sink);
}

/** A subject that turns one chunk into another, as a stream. */
export function byChunk(redact: (chunk: Buffer) => Buffer | Promise<Buffer>, placeholder: RegExp): Pick<Subject, 'pass' | 'entities'> {
  const transform = async (chunk: Buffer, done: (error: Error | null, redacted?: Buffer) => void) => {
    const redacted = redact(chunk);
    done(null, redacted instanceof Promise ? await redacted : redacted);
  };
  return {
    pass: source => through(source, new Transform({ transform: (chunk, _encoding, done) => void transform(chunk, done) })),
    async entities(source) {
      let count = 0;
      for (const chunk of source) {
        count += (await redact(chunk)).toString('latin1').match(placeholder)?.length ?? 0;
      }
      return count;
    },
  };
}
