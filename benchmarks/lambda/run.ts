/**
 * The functions behind views: the size of each bundle, its cold start beside that of a function that does nothing, and what a GB takes
 * in CPU, in time and in money, by memory size: redacted, from XML to JSON, and of rows joined with a table on loopback. And what one image takes.
 *
 *   npm run bench:lambda [-- --runs 9 --mib 128 --only log,csv,ndjson,xml,rows,image]
 *
 * CPU seconds are those of this machine, over loopback and without TLS. Lambda gives CPU in proportion to memory: times by memory size are
 * computed from that, and costs from published prices (prices.ts).
 */
import { statSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { coldStarts } from './cold-start';
import { functions } from './functions';
import { imageTimes } from './images';
import { Load, customers, enrichingLoad, redactingLoad, xmlLoad } from './loads';
import { MIB_PER_CPU, PRICES, SECONDS } from './prices';
import { throughput } from './throughput';
import bundle from '../../scripts/bundle';
import { ASSETS } from '../../test/object-lambda/run-time/function-process';
import { corpora } from '../redaction/corpora';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    mib: { type: 'string', default: '128' },
    only: { type: 'string', default: 'log,csv,ndjson,xml,rows,image' },
  },
});

const MEMORY_SIZES = [128, 256, 512, 1024, 1769, 3538];

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

  const asked = values.only!.split(',');
  for (const corpus of corpora().filter(({ name }) => asked.includes(name))) {
    await measure(redactingLoad(corpus));
  }
  if (asked.includes('xml')) {
    await measure(xmlLoad());
  }
  if (asked.includes('rows')) {
    const table = customers();
    try {
      await measure(enrichingLoad(await table.listen()));
      console.log(`The table was asked ${table.asked.length} times.`);
    } finally {
      table.close();
    }
  }
  if (asked.includes('image')) {
    await measureImages();
  }
}

async function measure(load: Load): Promise<void> {
  const { gigabytes, cpu, seconds, share } = await throughput(load, Number(values.mib));
  const cpuPerGb = cpu / gigabytes;
  console.log(`\n${load.asset}, ${load.name}, ${round(gigabytes)} GB: ${round(cpuPerGb)} CPU seconds a GB, ${round(1000 * gigabytes / seconds)} MB/s here`);
  console.table(MEMORY_SIZES.map(memory => {
    const secondsPerGb = atMemory(cpuPerGb, memory);
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

async function measureImages(): Promise<void> {
  console.log(`\nimage-object-lambda: a JPEG of 12 megapixels, 1280 pixels wide, with a watermark; times with ${MIB_PER_CPU} MiB of memory, the default`);
  console.table(Object.fromEntries([...await imageTimes()].map(([format, { stored, sent, cpu, rss }]) => {
    const compute = cpu * MIB_PER_CPU / 1024 * PRICES.gbSecond;
    return [format, {
      'stored, kB': round(stored / 1000),
      'sent, kB': round(sent / 1000),
      'CPU seconds': round(cpu),
      'peak, MiB': round(rss / 1024 / 1024),
      'Lambda, $ for 1,000': round(1000 * compute),
      'all, $ for 1,000': round(1000 * (compute + PRICES.gbReturned * sent / 1e9 + PRICES.invocation + 2 * PRICES.get)),
    }];
  })));
}

/** What transforms is one thread: more than one CPU does not make it faster. */
function atMemory(cpu: number, memory: number): number {
  return cpu / Math.min(1, memory / MIB_PER_CPU);
}

/** To three digits. */
function round(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(3));
}
