import { Load } from './loads';
import { ObjectLambda } from '../../test/object-lambda/run-time/object-lambda';

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

/** One GET of an object of so many MiB by a function that is warm. */
export async function throughput(load: Load, mebibytes: number): Promise<Throughput> {
  const { name, asset, options, suffix, contentType, before = '', repeated, after = '' } = load;
  const view = await ObjectLambda.start(asset, options);
  try {
    const copies = Math.max(1, Math.round(mebibytes * 1024 * 1024 / repeated.length));
    const length = Buffer.byteLength(before) + repeated.length * copies + Buffer.byteLength(after);
    const headers = { 'content-type': contentType };
    const warm = repeated.subarray(0, repeated.lastIndexOf('\n', 1024 * 1024) + 1);
    view.s3.put(`warm.${suffix}`, Buffer.concat([Buffer.from(before), warm, Buffer.from(after)]), headers);
    view.s3.put(`object.${suffix}`, { length, chunks: () => objectOf(before, repeated, copies, after) }, headers);
    const { status } = await view.get(`warm.${suffix}`);
    const { cpu: earlier } = view.outcome;
    const start = performance.now();
    view.endpoint.behaviours.push({ onChunk: () => {} });
    const answer = await view.get(`object.${suffix}`);
    if (status !== 200 || answer.status !== 200 || !answer.isWhole) {
      throw new Error(`${name} was not answered: ${view.lines.join('\n')}`);
    }
    const { cpu: later } = view.outcome;
    return {
      gigabytes: length / 1e9,
      cpu: (later.user + later.system - earlier.user - earlier.system) / 1e6,
      seconds: (performance.now() - start) / 1000,
      share: answer.length / length,
    };
  } finally {
    await view.stop();
  }
}

function* objectOf(before: string, repeated: Buffer, copies: number, after: string): Generator<Buffer> {
  yield Buffer.from(before);
  yield* chunksOf(repeated, copies);
  yield Buffer.from(after);
}

export function* chunksOf(corpus: Buffer, copies: number): Generator<Buffer> {
  for (let copy = 0; copy < copies; copy++) {
    for (let position = 0; position < corpus.length; position += 65_536) {
      yield corpus.subarray(position, position + 65_536);
    }
  }
}
