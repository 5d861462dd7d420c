/**
 * A large object through the bundled redacting function, in a process with the limits that Lambda sets for 128 MB of memory: the largest
 * resident set is printed, beside that for a small object and that of a process that does nothing. Fails over a limit, 128 MB if none is given.
 *
 *   npx tsx benchmarks/lambda/large.ts [--gib 5 --only log --most 128]
 */
import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { functions } from './functions';
import { chunksOf } from './throughput';
import bundle from '../../scripts/bundle';
import { PEAK } from '../../test/object-lambda/run-time/function-process';
import { ObjectLambda } from '../../test/object-lambda/run-time/object-lambda';
import { corpora } from '../redaction/corpora';

const { values } = parseArgs({
  options: {
    gib: { type: 'string', default: '5' },
    only: { type: 'string', default: 'log' },
    most: { type: 'string', default: '128' },
  },
});

const ASSET = 'redacting-object-lambda';
const MEMORY = 128;
/** The time of a request is up after 60 seconds: here it passes a hundred times as slowly. */
const SLOW_CLOCK = `
  const { setTimeout: timeout } = globalThis;
  const now = performance.now.bind(performance);
  performance.now = () => now() / 100;
  globalThis.setTimeout = (work, delay, ...rest) => timeout(work, delay * 100, ...rest);
`;
/** As the run time of Lambda for Node.js sets them, by the memory of the function. */
const NODE_OPTIONS = [`--max-old-space-size=${Math.floor(MEMORY * 0.9)}`, `--max-semi-space-size=${Math.floor(MEMORY * 0.05)}`];

void main();

async function main(): Promise<void> {
  await bundle();
  const folder = mkdtempSync(join(tmpdir(), 'large-'));
  const clock = join(folder, 'clock.js');
  writeFileSync(clock, SLOW_CLOCK);
  const rows = [];
  for (const { name, file } of corpora().filter(corpus => values.only!.split(',').includes(corpus.name))) {
    const corpus = readFileSync(file);
    const sizes = [corpus.length, Number(values.gib) * 1024 ** 3];
    const [small, large] = [await pass(clock, corpus, sizes[0]), await pass(clock, corpus, sizes[1])];
    rows.push({ 'corpus': name, 'nothing, MB': nothing(), '16 MiB, MB': small.rss, [`${values.gib} GiB, MB`]: large.rss, 'seconds': large.seconds, 'MB/s': large.rate });
  }
  rmSync(folder, { recursive: true });
  console.log(`Largest resident set of ${ASSET}, with ${NODE_OPTIONS.join(' ')}`);
  console.table(rows);
  if (rows.some(row => !(Number(row[`${values.gib} GiB, MB`]) <= Number(values.most)))) {
    console.error(`more than ${values.most} MB`);
    process.exitCode = 1;
  }
}

async function pass(clock: string, corpus: Buffer, length: number): Promise<{ rss: number; seconds: number; rate: number }> {
  const options = functions().find(([name]) => name === ASSET)![1];
  const view = await ObjectLambda.start(ASSET, { ...options, nodeOptions: ['--require', clock, ...NODE_OPTIONS] });
  try {
    const copies = Math.max(1, Math.round(length / corpus.length));
    // The same bytes give the same answer, whatever comes before: the first copy tells what all are.
    view.s3.put('large.log', { length: corpus.length * copies, chunks: () => chunksOf(corpus, copies) });
    view.s3.put('one.log', corpus);
    const one = await view.get('one.log');
    const first = createHash('sha256').update(one.body).digest('hex');
    let position = 0;
    let copyDigest = createHash('sha256');
    let wrong = 0;
    view.endpoint.behaviours.push({
      onChunk: chunk => {
        for (let from = 0; from < chunk.length;) {
          const to = Math.min(chunk.length, from + one.length - position);
          copyDigest.update(chunk.subarray(from, to));
          position += to - from;
          from = to;
          if (position === one.length) {
            wrong += copyDigest.digest('hex') === first ? 0 : 1;
            copyDigest = createHash('sha256');
            position = 0;
          }
        }
      },
    });
    const start = performance.now();
    const answer = await view.get('large.log', { remaining: 900_000 });
    const seconds = (performance.now() - start) / 1000;
    if (answer.status !== 200 || !answer.isWhole || answer.length !== one.length * copies || wrong > 0) {
      throw new Error(`the answer is not what it should be: ${answer.length} bytes of ${one.length * copies}, ${wrong} copies differ, ${JSON.stringify(view.log)}`);
    }
    return { rss: round(view.outcome.rss / 1e6), seconds: round(seconds), rate: round(corpus.length * copies / 1e6 / seconds) };
  } finally {
    await view.stop();
  }
}

/** The resident set of Node.js itself. */
function nothing(): number {
  const { stdout } = spawnSync(process.execPath, [...NODE_OPTIONS, '-e', `${PEAK} console.log(peak())`], { encoding: 'utf8' });
  return round(Number(stdout) / 1e6);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
