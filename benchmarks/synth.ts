/**
 * How long an app with N buckets takes to synthesize, and how large its templates get: SecureBucket, as built, against
 * s3.Bucket with the same properties and statements written by hand. Both run in fresh processes, in turns, and the best of
 * the runs counts: the rest is noise of the machine.
 *
 *   npm run bench:synth [-- --counts 1,10,100 --runs 3]
 */
import { execFileSync } from 'child_process';
import { join } from 'path';
import { parseArgs } from 'util';

const { values } = parseArgs({
  options: { counts: { type: 'string', default: '1,10,100,1000,5000' }, runs: { type: 'string', default: '3' } },
});
const counts = values.counts!.split(',').map(Number);
const runs = Number(values.runs);

interface Sample {
  readonly milliseconds: number;
  readonly templateBytes: number;
}

interface ImportSample {
  readonly base: number;
  readonly added: number;
}

const rows = counts.map(count => {
  const best: { [variant: string]: Sample } = {};
  for (let turn = 0; turn < (count > 1000 ? Math.min(runs, 2) : runs); turn++) {
    for (const variant of ['s3.Bucket', 'SecureBucket']) {
      const sample = run<Sample>('synth-one.js', variant, String(count));
      if (best[variant] === undefined || sample.milliseconds < best[variant].milliseconds) {
        best[variant] = sample;
      }
    }
  }
  const [hand, secure] = [best['s3.Bucket'], best.SecureBucket];
  return {
    'buckets': count,
    's3.Bucket ms/bucket': round(hand.milliseconds / count),
    'SecureBucket ms/bucket': round(secure.milliseconds / count),
    'ratio': round(secure.milliseconds / hand.milliseconds),
    's3.Bucket bytes/bucket': Math.round(hand.templateBytes / count),
    'SecureBucket bytes/bucket': Math.round(secure.templateBytes / count),
  };
});
console.table(rows);

for (const [name, ...args] of [['import', 'import'], ['import and first use of the bucket class', 'use']]) {
  const samples = [...Array(Math.max(runs, 5))].map(() => run<ImportSample>('import-one.js', ...args));
  console.log(`${name}: aws-cdk-lib/aws-s3 ${round(Math.min(...samples.map(({ base }) => base)))} ms, `
    + `cdk-secure-s3 adds ${round(Math.min(...samples.map(({ added }) => added)))} ms (best of ${samples.length})`);
}

function run<Result>(script: string, ...args: string[]): Result {
  const output = execFileSync(process.execPath, [join(__dirname, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output.trim().split('\n').pop()!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
