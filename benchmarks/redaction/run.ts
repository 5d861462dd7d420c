/**
 * The redaction engine against a plain copy, regular expressions and other packages, on three corpora, each as a stream of
 * chunks of 64 KiB. Each sample is taken in a process of its own, the subjects in turns, and the median counts: so noise of the machine
 * meets all of them alike.
 *
 *   npm run bench:redaction [-- --runs 5 --seconds 1 --only ours,re2 --node24 --big --check]
 *
 * A pass takes as many copies of the corpus as fit into `--seconds`. `--node24` runs the engine and the copy on Node.js 24, and nothing
 * else. `--big` measures the memory for 10 GiB as well, see memory.ts. `--check` fails if an aim is missed.
 */
import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { parseArgs } from 'util';
import { bundle } from './bundle';
import { Corpus, corpora, SHARED_CORPORA } from './corpora';
import { FOLDER, install, node24 } from './install';
import { Sample } from './measure';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string' },
    node24: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    big: { type: 'boolean', default: false },
  },
});

/** The files in `subjects/`, and what the table calls them. */
const TITLES: Readonly<Record<string, string>> = {
  'copy': 'loopback copy, GET to PUT',
  'ours': 'this engine',
  'ours-over-http': 'this engine, GET to PUT',
  'regexp': 'one combined RegExp, latin1',
  're2': 're2 (native), the same expression',
  'redactpii-node': '@redactpii/node',
  'redact-pii': 'redact-pii',
  'openredaction': 'openredaction',
};

/** What the engine has to reach, as a share of the copy. */
const SHARES = { log: 0.42, csv: 0.17, ndjson: 0.25 };
const SHARE_OVER_HTTP = 0.25;

main();

function main(): void {
  const noRe2 = install();
  const node = values.node24 ? node24() : process.execPath;
  const wanted = values.only?.split(',') ?? (values.node24 ? ['ours', 'ours-over-http'] : Object.keys(TITLES));
  const subjects = Object.keys(TITLES).filter(name => name === 'copy' || wanted.includes(name));
  const folder = bundle(subjects.map(name => join('subjects', `${name}.ts`)));
  console.log(`Node.js ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}, ${values.runs} runs of ${values.seconds} s, `
    + `${SHARED_CORPORA ? 'shared corpora' : 'corpora of the project\'s own generator'}. Speed in millions of bytes a second.`);

  const medians = new Map<string, Sample>();
  for (const corpus of corpora()) {
    const samples = new Map<string, Sample[]>(subjects.filter(name => name !== 're2' || noRe2 === undefined).map(name => [name, []]));
    for (let turn = 0; turn < Number(values.runs); turn++) {
      samples.forEach((of, name) => of.push(sample(node, join(folder, `${name}.js`), corpus)));
    }
    samples.forEach((of, name) => medians.set(`${name} ${corpus.name}`, median(of)));
    console.log(corpus.name);
    console.table(Object.fromEntries(subjects.map(name => [TITLES[name], row(name, corpus.name)])));
  }
  rmSync(folder, { recursive: true });

  const aims = corpora().flatMap(({ name }) => aimsOn(name));
  console.table(aims);
  if (values.check && aims.some(({ reached }) => reached !== 'yes')) {
    process.exitCode = 1;
  }
  if (values.big) {
    const memory = [join(FOLDER, 'memory.ts'), '--gib', '10', '--runs', '1', '--only', 'log'];
    if (spawnSync(process.execPath, ['--import', 'tsx', ...memory], { stdio: 'inherit' }).status !== 0) {
      process.exitCode = 1;
    }
  }

  function row(subject: string, corpus: string): Record<string, string | number> {
    const one = medians.get(`${subject} ${corpus}`);
    return one === undefined ? { 'MB/s': `none: ${noRe2}` } : {
      'MB/s': round(one.speed),
      'of the copy': share(subject, corpus),
      'MB/s of CPU': round(one.speedOfProcessor),
      'peak MB': Math.round(one.peak),
      'entities': one.entities === undefined ? '' : `${one.entities}${one.slice === undefined ? '' : ` in the first ${one.slice} MiB`}`,
    };
  }

  function aimsOn(corpus: keyof typeof SHARES) {
    const speed = (name: string) => medians.get(`${name} ${corpus}`)?.speed;
    const [ours, re2] = [speed('ours'), speed('re2')];
    return [
      ...ours === undefined ? [] : [aim(corpus, `at least ${SHARES[corpus]} of the copy`, share('ours', corpus), SHARES[corpus])],
      ...ours === undefined || re2 === undefined ? [] : [aim(corpus, 'ahead of re2', round(ours / re2), 1)],
      ...speed('ours-over-http') === undefined ? []
        : [aim(corpus, `GET to PUT at least ${SHARE_OVER_HTTP} of the copy`, share('ours-over-http', corpus), SHARE_OVER_HTTP)],
    ];
  }

  function share(subject: string, corpus: string): number {
    return round(medians.get(`${subject} ${corpus}`)!.speed / medians.get(`copy ${corpus}`)!.speed);
  }
}

function aim(corpus: string, what: string, is: number, least: number) {
  return { corpus, aim: what, is, reached: is >= least ? 'yes' : 'no' };
}

function sample(node: string, script: string, { file, format }: Corpus): Sample {
  // Some packages keep files of their own in the working directory.
  const cwd = mkdtempSync(join(tmpdir(), `${basename(script, '.js')}-`));
  try {
    const output = execFileSync(node, [script, '--file', file, '--format', format, '--seconds', values.seconds!], {
      cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, BENCHMARK_FOLDER: FOLDER },
    });
    return JSON.parse(output.trim().split('\n').pop()!);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** The sample in the middle by speed, with the middle of the peaks. */
function median(samples: readonly Sample[]): Sample {
  const middle = <Value>(sorted: readonly Value[]) => sorted[Math.floor(sorted.length / 2)];
  return { ...middle([...samples].sort((a, b) => a.speed - b.speed)), peak: middle(samples.map(({ peak }) => peak).sort((a, b) => a - b)) };
}

function round(value: number): number {
  return value >= 10 ? Math.round(value) : Math.round(value * 1000) / 1000;
}
