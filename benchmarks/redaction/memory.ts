/**
 * The peak resident set of a redaction over that of a stream that copies its chunks, for a small and a large object that are made on
 * the fly. Fails if it is more than 8 MB, or another number, for either.
 *
 *   npx tsx benchmarks/redaction/memory.ts [--gib 2 --runs 3 --only log,csv,ndjson --most 8]
 */
import { execFileSync } from 'child_process';
import { rmSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { bundle } from './bundle';
import { Corpus, corpora } from './corpora';

const { values } = parseArgs({
  options: {
    gib: { type: 'string', default: '2' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: 'log,csv,ndjson' },
    most: { type: 'string', default: '8' },
  },
});

const SMALL = 16;
const LARGE = Number(values.gib) * 1024;
/** In MB, more than a copy. */
const MOST = Number(values.most);

main();

function main(): void {
  const folder = bundle(['subjects/memory-copy.ts', 'subjects/memory-ours.ts']);
  const rows = corpora().filter(({ name }) => values.only!.split(',').includes(name)).map(corpus => {
    const [copySmall, copyLarge] = [SMALL, LARGE].map(size => peak(join(folder, 'memory-copy.js'), corpus, size));
    const [small, large] = [SMALL, LARGE].map(size => peak(join(folder, 'memory-ours.js'), corpus, size));
    return {
      'corpus': corpus.name,
      [`copy, ${SMALL} MiB`]: copySmall,
      [`redaction, ${SMALL} MiB`]: small,
      [`copy, ${values.gib} GiB`]: copyLarge,
      [`redaction, ${values.gib} GiB`]: large,
      'more than the copy': round(Math.max(small - copySmall, large - copyLarge)),
    };
  });
  rmSync(folder, { recursive: true });
  console.log(`Peak resident set in MB, median of ${values.runs} processes`);
  console.table(rows);
  if (rows.some(row => !(row['more than the copy'] <= MOST))) {
    console.error(`more than ${MOST} MB over a copy`);
    process.exitCode = 1;
  }
}

function peak(script: string, { file, format }: Corpus, mib: number): number {
  const args = [script, '--file', file, '--format', format, '--mib', String(mib)];
  const peaks = Array.from({ length: Number(values.runs) }, () => Number(execFileSync(process.execPath, args, { encoding: 'utf8' })));
  return round(peaks.sort((a, b) => a - b)[Math.floor(peaks.length / 2)] / 1e6);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
