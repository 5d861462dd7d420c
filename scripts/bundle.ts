/**
 * Bundles each `src/<folder>/<name>.lambda.ts` into `assets/<name>/index.js`, with the AWS SDK, so that users need no bundler and a
 * function runs with the code that it was tested with; and the command line into `assets/cli/index.js`, with its argument parser.
 * A step of `compile`, and of every run of the tests.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'fs';
import { basename, dirname, join, resolve } from 'path';
import { build } from 'esbuild';

const ROOT = resolve(__dirname, '..');
const CLI = join('src', 'cli', 'cdk-secure-s3.cli.ts');
const NOTICE = 'THIRD-PARTY-LICENSES.txt';
/** What may be published inside the package. */
const LICENSES = ['Apache-2.0', 'MIT', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC'];
/** Of what a package was compiled from: where it brings the terms along, and where it does not. */
const FURTHER = [
  (directory: string) => join(ROOT, directory, 'codec', 'LICENSE.codec.md'),
  (_: string, name: string) => join(ROOT, 'scripts', 'licenses', `${name.replace('/', '+')}.txt`),
];

export default async function bundle(): Promise<void> {
  const entries = (readdirSync(join(ROOT, 'src'), { recursive: true }) as string[]).filter(file => file.endsWith('.lambda.ts')).sort();
  const lambdas = Object.fromEntries(entries.map(file => [join(basename(file, '.lambda.ts'), 'index'), join('src', file)]));
  const bundles = [await bundled(lambdas), await bundled({ [join('cli', 'index')]: CLI }, '#!/usr/bin/env node')];
  bundles.flatMap(({ outputFiles }) => outputFiles).forEach(({ path, contents }) => write(path, contents));
  chmodSync(join(ROOT, 'assets', 'cli', 'index.js'), 0o755);
  write(join(ROOT, 'assets', NOTICE), Buffer.from(licenses(bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs)))));
}

function bundled(entryPoints: Record<string, string>, banner = '') {
  return build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: 'assets',
    banner: { js: banner },
    bundle: true,
    platform: 'node',
    // The ES modules of the SDK leave out what is not used.
    mainFields: ['module', 'main'],
    // The oldest Node.js that runs the tests; the function's own is newer.
    target: 'node20',
    // Codecs.
    loader: { '.wasm': 'binary' },
    // Jest runs CommonJS only, and so does the function.
    supported: { 'dynamic-import': false },
    minify: true,
    // Stack traces in the logs name functions of the sources.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    write: false,
  });
}

/** The packages inside the bundles. CDK is none of them, nor is anything under a license that the package could not be published with. */
function licenses(inputs: string[]): string {
  const directories = new Set(inputs.map(input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]).filter(directory => directory !== undefined));
  const packagesByText = new Map<string, string[]>();
  for (const directory of [...directories].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, directory, 'package.json'), 'utf8'));
    if (['aws-cdk-lib', 'constructs'].includes(name)) {
      throw new Error(`${name} is bundled: only constructs may import it`);
    }
    if (!LICENSES.includes(license)) {
      throw new Error(`${name} is bundled under ${license}, which is none of ${LICENSES.join(', ')}`);
    }
    const file = readdirSync(join(ROOT, directory)).find(candidate => /^licen[sc]e/i.test(candidate));
    const files = [file === undefined ? [] : join(ROOT, directory, file), ...FURTHER.map(further => further(directory, name))].flat();
    const text = files.filter(existsSync).map(each => readFileSync(each, 'utf8').trim()).join('\n\n');
    packagesByText.set(text, [...packagesByText.get(text) ?? [], `${name} ${version} (${license})`]);
  }
  return [...packagesByText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

/** Leaves a file alone that is as it should be, and never shows half a file to tests that run at the same time. */
function write(file: string, contents: Uint8Array): void {
  if (existsSync(file) && readFileSync(file).equals(contents)) {
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  const part = join(ROOT, 'assets', `${process.pid}.part`);
  writeFileSync(part, contents);
  renameSync(part, file);
}

if (require.main === module) {
  void bundle();
}
