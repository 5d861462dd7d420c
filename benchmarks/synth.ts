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

const rows = counts.map(count => {
  const best: { [variant: string]: Sample } = {};
  for (let run = 0; run < (count > 1000 ? Math.min(runs, 2) : runs); run++) {
    for (const variant of ['s3.Bucket', 'SecureBucket']) {
      const sample = measure('synth-one.js', variant, String(count));
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

const imports = [...Array(Math.max(runs, 5))].map(() => measure('import-one.js')) as unknown as { base: number; added: number }[];
console.log(`import: aws-cdk-lib/aws-s3 ${round(Math.min(...imports.map(({ base }) => base)))} ms, `
  + `cdk-secure-s3 adds ${round(Math.min(...imports.map(({ added }) => added)))} ms (best of ${imports.length})`);

function measure(script: string, ...args: string[]): Sample {
  const output = execFileSync(process.execPath, [join(__dirname, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output.trim().split('\n').pop()!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
