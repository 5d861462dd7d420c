/**
 * The peak resident set of a request for a redacted object, and for a slice near its end, over that of a view that copies its chunks. Fails
 * if it is more than 24 MB, or another number.
 *
 *   npx tsx benchmarks/transform/memory.ts [--mib 200 --runs 3 --most 24]
 */
import { execFileSync } from 'child_process';
import { rmSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { bundle } from '../redaction/bundle';

const { values: { mib, runs, most } } = parseArgs({
  options: {
    mib: { type: 'string', default: '200' },
    runs: { type: 'string', default: '3' },
    most: { type: 'string', default: '24' },
  },
});
const SMALL = '16';
const SUBJECTS = ['copy', 'whole', 'range'];

main();

function main(): void {
  const folder = bundle([join(__dirname, 'memory-pass.ts')]);
  const script = join(folder, 'memory-pass.js');
  const peaks = SUBJECTS.map(subject => [SMALL, mib!].map(size => peak(script, subject, size)));
  rmSync(folder, { recursive: true });
  console.log(`Peak resident set in MB, median of ${runs} processes`);
  console.table(Object.fromEntries(SUBJECTS.map((subject, index) => [subject, { [`${SMALL} MiB`]: peaks[index][0], [`${mib} MiB`]: peaks[index][1] }])));
  const [copy, ...ours] = peaks;
  if (!ours.every(one => one.every((value, index) => value - copy[index] <= Number(most)))) {
    console.error(`more than ${most} MB over a copy`);
    process.exitCode = 1;
  }
}

function peak(script: string, subject: string, size: string): number {
  const peaks = Array.from({ length: Number(runs) }, () => Number(execFileSync(process.execPath, [script, subject, size], { encoding: 'utf8' })));
  return Math.round(peaks.sort((one, other) => one - other)[Math.floor(peaks.length / 2)] / 1e5) / 10;
}
