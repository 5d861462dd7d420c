import { readFileSync } from 'fs';
import { FunctionOptions } from '../../test/object-lambda/run-time/function-process';
import { ObjectLambda } from '../../test/object-lambda/run-time/object-lambda';
import { Corpus } from '../redaction/corpora';

export interface Throughput {
  /** Of the stored object, in 10^9 bytes. */
  readonly gigabytes: number;
  /** CPU seconds of the process of the function: reading, transforming, writing, without TLS. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly seconds: number;
  /** What went out, for each byte that came in. */
  readonly share: number;
}

/** One GET of an object of so many MiB, made of copies of a corpus, by a function that is warm. */
export async function throughput(asset: string, options: FunctionOptions, { file, name }: Corpus, mebibytes: number): Promise<Throughput> {
  const view = await ObjectLambda.start(asset, options);
  try {
    const corpus = readFileSync(file);
    const copies = Math.max(1, Math.round(mebibytes * 1024 * 1024 / corpus.length));
    const suffix = { log: 'log', csv: 'csv', ndjson: 'ndjson' }[name];
    const type = { log: 'text/plain', csv: 'text/csv', ndjson: 'application/x-ndjson' }[name];
    view.s3.put(`warm.${suffix}`, corpus.subarray(0, 1024 * 1024), { 'content-type': type });
    view.s3.put(`object.${suffix}`, { length: corpus.length * copies, chunks: () => chunksOf(corpus, copies) }, { 'content-type': type });
    await view.get(`warm.${suffix}`);
    const { cpu: before } = view.outcome;
    const start = performance.now();
    view.endpoint.behaviours.push({ onChunk: () => {} });
    const answer = await view.get(`object.${suffix}`);
    if (answer.status !== 200 || !answer.isWhole) {
      throw new Error(`${name} was not answered: ${JSON.stringify(view.log)}`);
    }
    const { cpu: after } = view.outcome;
    return {
      gigabytes: corpus.length * copies / 1e9,
      cpu: (after.user + after.system - before.user - before.system) / 1e6,
      seconds: (performance.now() - start) / 1000,
      share: answer.length / (corpus.length * copies),
    };
  } finally {
    await view.stop();
  }
}

export function* chunksOf(corpus: Buffer, copies: number): Generator<Buffer> {
  for (let copy = 0; copy < copies; copy++) {
    for (let position = 0; position < corpus.length; position += 65_536) {
      yield corpus.subarray(position, position + 65_536);
    }
  }
}
