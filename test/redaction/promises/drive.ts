import { Readable } from 'stream';
import { Redactor, RedactorOptions } from '../../../src/redaction/redactor';
import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';

/** Redacts an input that comes in parts: `cuts` are the offsets where one ends and the next begins. */
export function redact(input: Uint8Array, options: RedactorOptions, cuts: readonly number[] = []): Buffer {
  const redactor = new Redactor(options);
  const parts = [0, ...cuts].map((start, index) => redactor.push(input.subarray(start, cuts[index] ?? input.length)));
  return Buffer.concat([...parts, redactor.end()]);
}

/** The offsets of cuts into parts of one size. */
export function everyBytes(size: number, length: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil(length / size) - 1) }, (_, index) => (index + 1) * size);
}

/** How a stream ended, and what had come out of it by then. */
export interface Outcome {
  readonly output: Buffer;
  readonly error?: Error;
  readonly report: RedactionStream['report'];
}

/** Sends parts through a stream; with `failure`, the source then ends with that error. */
export async function stream(parts: readonly Uint8Array[], options: RedactionOptions, failure?: Error): Promise<Outcome> {
  const redaction = new RedactionStream(options);
  const output: Buffer[] = [];
  redaction.on('data', chunk => output.push(chunk));
  const error = await new Promise<Error | undefined>(resolve => {
    redaction.once('error', resolve);
    redaction.once('end', () => resolve(undefined));
    const source = Readable.from(chunksOf(parts, failure), { objectMode: false });
    source.once('error', cause => redaction.destroy(cause));
    source.pipe(redaction);
  });
  return { output: Buffer.concat(output), error, report: redaction.report };
}

function* chunksOf(parts: readonly Uint8Array[], failure?: Error): Iterable<Uint8Array> {
  yield* parts;
  if (failure !== undefined) {
    throw failure;
  }
}

/** All that XML, JSON and percent-encoding may hide in an output, so that a search for a value finds it however it is written. */
export function unescaped(output: Buffer): string {
  return output.toString('utf8')
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/&#x([0-9a-fA-F]+);/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\\//g, '/');
}
