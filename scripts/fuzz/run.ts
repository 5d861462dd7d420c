/**
 * Coverage-guided fuzzing of the redaction engine: inputs that the fuzzer makes up, in pieces that it chooses. Any error but a
 * RedactionError, an output that depends on the cuts, JSON that no longer parses or a plain email that is left is a find, and is
 * recorded in test/redaction/promises/fuzz-finds.cases.json, which a test replays.
 *
 *   npm run fuzz:redaction [-- --seconds 60 --formats text,csv,json,ndjson,xml]
 *
 * The seconds are for each format. What reached new code is kept in `tmp/fuzz`, and is where the next run starts.
 */
import { execFileSync, spawnSync } from 'child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { parseArgs } from 'util';
import { install } from './install';
import { AWKWARD_INPUTS, LONG_VALUES, PADDING } from '../../test/redaction/promises/awkward';
import { fault, FuzzCase, fuzzCase, FuzzFormat } from '../../test/redaction/promises/fuzz-check';
import { SAMPLES } from '../../test/redaction/promises/samples';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, formats: { type: 'string', default: 'text,csv,json,ndjson,xml' } },
});

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'tmp', 'fuzz');
const FINDS = join(ROOT, 'test/redaction/promises/fuzz-finds.cases.json');
const MOST_BYTES = 4096;

/** Pieces of syntax that random bytes would take long to hit. */
const SYNTAX = [
  '{"', '":', '\\u0040', '\\ud83d\\ude00', '\\"', 'null', 'true', '-1.5e+10', '","', '""', '\r\n', '&#64;', '&#x40;', '&amp;', '<![CDATA[', ']]>',
  '<!--', '-->', '<?xml', '<!DOCTYPE', '</', '/>', '%40', 'https://', 'www.', 'password=', 'ssn: ', '"ssn":', '\xef\xbb\xbf',
];

main();

function main(): void {
  const cli = install();
  const target = join(FOLDER, 'target.js');
  execFileSync(join(ROOT, 'node_modules', '.bin', 'esbuild'), [
    join(__dirname, 'target.ts'), `--outfile=${target}`, '--bundle', '--platform=node', '--target=node20', '--log-level=warning',
  ]);
  const dictionary = join(FOLDER, 'dictionary.txt');
  writeFileSync(dictionary, [...SYNTAX, ...SAMPLES.flatMap(({ context, value }) => [context, value])].map(quoted).join('\n'));

  const found = values.formats!.split(',').flatMap(format => fuzz(cli, target, dictionary, format as FuzzFormat));
  if (found.length > 0) {
    record(found);
    console.error(`${found.length} found, see ${FINDS}`);
    process.exitCode = 1;
  }
}

type Find = FuzzCase & { readonly was: string };

function fuzz(cli: string, target: string, dictionary: string, format: FuzzFormat): Find[] {
  const [corpus, artifacts] = ['corpus', 'artifacts'].map(kind => join(FOLDER, `${kind}-${format}`));
  [corpus, artifacts].forEach(folder => mkdirSync(folder, { recursive: true }));
  AWKWARD_INPUTS.filter(input => input.format === format).forEach(({ input }, index) =>
    writeFileSync(join(corpus, `awkward-${index}`), Buffer.concat([Buffer.from([index % 4, 0, 17, 5]), input])));
  LONG_VALUES.filter(value => value.format === format).forEach(({ input, from }, index) =>
    writeFileSync(join(corpus, `long-${index}`), Buffer.concat([Buffer.from([4 + index, 2, 17, 0]), input.subarray(from, input.lastIndexOf(PADDING.slice(0, 640)))])));
  const before = new Set(readdirSync(artifacts));

  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [
    cli, target, '--sync', '--disableBugDetectors', '.*', corpus, '--', `-max_total_time=${values.seconds}`, `-max_len=${MOST_BYTES}`, '-len_control=0',
    `-dict=${dictionary}`, `-artifact_prefix=${artifacts}/`, '-timeout=20', '-rss_limit_mb=4096',
  ], { env: { ...process.env, FUZZ_FORMAT: format }, encoding: 'utf8', maxBuffer: 2 ** 30 });
  const summary = [...`${stdout}${stderr}`.matchAll(/^#\d+\s.*$|^Done .*$/gm)].slice(-2).map(([line]) => line);
  console.log(`${format}: ${summary.join('; ')}`);

  const finds = readdirSync(artifacts).filter(name => !before.has(name)).map(name => {
    const one = fuzzCase(format, readFileSync(join(artifacts, name)));
    return { was: name.startsWith('timeout') ? 'it took more than 20 s' : wrong(one), ...one };
  });
  if (status !== 0 && finds.length === 0) {
    throw new Error(`the fuzzer ended with ${signal ?? status} and no find:\n${stderr.slice(-2000)}`);
  }
  return finds;
}

function wrong(one: FuzzCase): string {
  try {
    return fault(one) ?? 'it could not be repeated';
  } catch (error) {
    return String(error);
  }
}

function record(found: readonly Find[]): void {
  const known: Find[] = JSON.parse(readFileSync(FINDS, 'utf8'));
  const unknown = found.filter(({ base64, format }) => !known.some(one => one.base64 === base64 && one.format === format));
  writeFileSync(FINDS, `[\n${[...known, ...unknown].map(one => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`);
}

/** As libFuzzer reads dictionaries. */
function quoted(text: string): string {
  return `"${[...Buffer.from(text, 'latin1')].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
}
