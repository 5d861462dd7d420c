/**
 * The time for 1 MB of hostile inputs against that for 100 kB: linear is ten times. Fails above twelve, or `--most`; `--strict` fails below
 * 50 MB/s as well. The best of several runs counts, in chunks of 64 KiB.
 *
 *   npx tsx benchmarks/redaction/hostile.ts [--strict --runs 15 --only 'colons' --most 12]
 */
import { rmSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { parseArgs } from 'util';
import { bundle } from './bundle';
import { HOSTILE_INPUTS, HostileInput } from './hostile-inputs';

type PassOnce = typeof import('./hostile-pass')['pass'];

const { values } = parseArgs({
  options: { strict: { type: 'boolean', default: false }, runs: { type: 'string', default: '10' }, only: { type: 'string', default: '' }, most: { type: 'string', default: '12' } },
});

const SMALL = 100_000;
const LARGE = 1_000_000;
const MOST_GROWTH = Number(values.most);
const LEAST_SPEED = 50;
/** A small input takes so little that more runs of it cost nothing. */
const SMALL_RUNS = 4;

main();

function main(): void {
  const folder = bundle(['hostile-pass.ts']);
  const { pass } = createRequire(__filename)(join(folder, 'hostile-pass.js')) as { pass: PassOnce };
  const rows = HOSTILE_INPUTS.filter(({ name }) => name.includes(values.only!)).map(input => row(input, pass));
  rmSync(folder, { recursive: true });
  console.table(rows);
  const slow = rows.filter(one => !(one.growth <= MOST_GROWTH) || values.strict && !(one['MB/s'] >= LEAST_SPEED));
  if (slow.length > 0) {
    console.error(`not linear${values.strict ? ', or too slow' : ''}: ${slow.map(({ input }) => input).join('; ')}`);
    process.exitCode = 1;
  }
}

function row({ name, format, make }: HostileInput, pass: PassOnce) {
  const [small, large] = [make(SMALL), make(LARGE)];
  const { bytes, end } = pass(large, format);
  let [bestSmall, bestLarge] = [Infinity, Infinity];
  // In turns, so that a slow moment of the machine meets both.
  for (let run = 0; run < Number(values.runs); run++) {
    bestLarge = Math.min(bestLarge, pass(large, format).seconds);
    for (let again = 0; again < SMALL_RUNS; again++) {
      bestSmall = Math.min(bestSmall, pass(small, format).seconds);
    }
  }
  // The sizes are not exactly one to ten.
  const growth = bestLarge / bestSmall * small.length / large.length * LARGE / SMALL;
  return { 'input': name, format, 'MB/s': Math.round(bytes / bestLarge / 1e6), 'growth': Math.round(growth * 10) / 10, 'ends with': end };
}
