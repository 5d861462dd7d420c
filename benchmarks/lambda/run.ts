/**
 * The functions behind Object Lambda: the size of each bundle, its cold start beside that of a function that does nothing, and what a GB
 * through the redacting function takes in CPU, in time and in money, by memory size.
 *
 *   npm run bench:lambda [-- --runs 9 --mib 128 --only log,csv,ndjson]
 *
 * CPU seconds are those of this machine, over loopback and without TLS. Lambda gives CPU in proportion to memory: times by memory size are
 * computed from that, and costs from published prices (prices.ts).
 */
import { statSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { coldStarts } from './cold-start';
import { functions } from './functions';
import { MIB_PER_CPU, PRICES, SECONDS } from './prices';
import { throughput } from './throughput';
import bundle from '../../scripts/bundle';
import { ASSETS } from '../../test/object-lambda/run-time/function-process';
import { corpora } from '../redaction/corpora';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    mib: { type: 'string', default: '128' },
    only: { type: 'string', default: 'log,csv,ndjson' },
  },
});

const MEMORY_SIZES = [128, 256, 512, 1024, 1769, 3538];
const ASSET = 'redacting-object-lambda';

void main();

async function main(): Promise<void> {
  await bundle();
  const all = functions();
  const starts = coldStarts(all, Number(values.runs));
  console.log(`Node.js ${process.version}. Cold starts: medians of ${values.runs} processes, in milliseconds, in turns`);
  console.table(Object.fromEntries([...starts].map(([name, start]) => [name, {
    'bundle, kB': name === 'hello world' ? 0 : round(statSync(join(ASSETS, name, 'index.js')).size / 1000),
    'load': round(start?.load),
    'load, of CPU': round(start?.cpu),
    'whole process': round(start?.process),
    'more than hello world': round(start && start.process - starts.get('hello world')!.process),
  }])));

  const options = all.find(([name]) => name === ASSET)![1];
  for (const corpus of corpora().filter(({ name }) => values.only!.split(',').includes(name))) {
    const { gigabytes, cpu, seconds, share } = await throughput(ASSET, options, corpus, Number(values.mib));
    const cpuPerGb = cpu / gigabytes;
    console.log(`\n${ASSET}, ${corpus.name}, ${round(gigabytes)} GB: ${round(cpuPerGb)} CPU seconds a GB, ${round(1000 * gigabytes / seconds)} MB/s here`);
    console.table(MEMORY_SIZES.map(memory => {
      // What transforms is one thread: more than one CPU does not make it faster.
      const secondsPerGb = cpuPerGb / Math.min(1, memory / MIB_PER_CPU);
      const compute = secondsPerGb * memory / 1024 * PRICES.gbSecond;
      const requests = 10 * (PRICES.invocation + 2 * PRICES.get);
      return {
        'memory, MiB': memory,
        'MB/s': round(1000 / secondsPerGb),
        'GB in 58 s': round(SECONDS / secondsPerGb),
        'Lambda, $/GB': round(compute),
        'Object Lambda, $/GB': round(PRICES.gbReturned * share),
        'requests, $/GB of 100 MB objects': round(requests),
        'all, $/GB': round(compute + PRICES.gbReturned * share + requests),
      };
    }));
  }
}

/** To three digits. */
function round(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(3));
}
