/**
 * How long an app with N buckets takes to synthesize, and how large its templates get: SecureBucket, as built, against
 * s3.Bucket with the same properties and statements written by hand. Then the same for N access points on one bucket, each with a
 * role that reads and writes, against CfnAccessPoint by hand, with the size of the bucket's policy. Both run in fresh processes,
 * in turns, and the best of the runs counts: the rest is noise of the machine.
 *
 *   npm run bench:synth [-- --counts 1,10,100 --access-points 1,10 --runs 3]
 */
import { execFileSync } from 'child_process';
import { join } from 'path';
import { parseArgs } from 'util';

const { values } = parseArgs({
  options: {
    'counts': { type: 'string', default: '1,10,100,1000,5000' },
    'access-points': { type: 'string', default: '1,10,100,1000,5000' },
    'runs': { type: 'string', default: '3' },
  },
});
const runs = Number(values.runs);

interface Sample {
  readonly milliseconds: number;
  readonly templateBytes: number;
  readonly bucketPolicyBytes?: number;
}

interface ImportSample {
  readonly base: number;
  readonly added: number;
}

console.table(values.counts!.split(',').map(Number).map(count => {
  const [hand, secure] = best('synth-one.js', count, 's3.Bucket', 'SecureBucket');
  return {
    'buckets': count,
    's3.Bucket ms/bucket': round(hand.milliseconds / count),
    'SecureBucket ms/bucket': round(secure.milliseconds / count),
    'ratio': round(secure.milliseconds / hand.milliseconds),
    's3.Bucket bytes/bucket': Math.round(hand.templateBytes / count),
    'SecureBucket bytes/bucket': Math.round(secure.templateBytes / count),
  };
}));

console.table(values['access-points']!.split(',').map(Number).map(count => {
  const [hand, ours] = best('access-points-one.js', count, 's3.CfnAccessPoint', 'AccessPoint');
  return {
    'access points': count,
    'CfnAccessPoint ms each': round(hand.milliseconds / count),
    'AccessPoint ms each': round(ours.milliseconds / count),
    'ratio': round(ours.milliseconds / hand.milliseconds),
    'CfnAccessPoint bytes each': Math.round(hand.templateBytes / count),
    'AccessPoint bytes each': Math.round(ours.templateBytes / count),
    'bucket policy bytes': ours.bucketPolicyBytes,
  };
}));

for (const [name, ...args] of [['import', 'import'], ['import and first use of the bucket class', 'use']]) {
  const samples = [...Array(Math.max(runs, 5))].map(() => run<ImportSample>('import-one.js', ...args));
  console.log(`${name}: aws-cdk-lib/aws-s3 ${round(Math.min(...samples.map(({ base }) => base)))} ms, `
    + `cdk-secure-s3 adds ${round(Math.min(...samples.map(({ added }) => added)))} ms (best of ${samples.length})`);
}

/** The fastest sample of each variant. */
function best(script: string, count: number, ...variants: string[]): Sample[] {
  const fastest: { [variant: string]: Sample } = {};
  for (let turn = 0; turn < (count > 1000 ? Math.min(runs, 2) : runs); turn++) {
    for (const variant of variants) {
      const sample = run<Sample>(script, variant, String(count));
      if (fastest[variant] === undefined || sample.milliseconds < fastest[variant].milliseconds) {
        fastest[variant] = sample;
      }
    }
  }
  return variants.map(variant => fastest[variant]);
}

function run<Result>(script: string, ...args: string[]): Result {
  const output = execFileSync(process.execPath, [join(__dirname, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output.trim().split('\n').pop()!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
