import { execFileSync } from 'child_process';
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ESBUILD = resolve(__dirname, '../../node_modules/.bin/esbuild');

/** Compiles entry points as the Lambda functions are (see scripts/bundle.ts), into a folder of their own. */
export function bundle(entryPoints: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'redaction-benchmark-'));
  execFileSync(ESBUILD, [
    ...entryPoints, `--outdir=${folder}`, '--bundle', '--platform=node', '--target=node20', '--minify', '--keep-names', '--log-level=warning',
  ], { cwd: __dirname, stdio: ['ignore', 'inherit', 'inherit'] });
  return folder;
}
