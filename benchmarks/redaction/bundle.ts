import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build } from 'esbuild';

/** Compiles entry points as the Lambda functions are (see scripts/bundle.ts), into a folder of their own. */
export async function bundle(entryPoints: readonly string[]): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'redaction-benchmark-'));
  await build({
    absWorkingDir: __dirname,
    entryPoints: [...entryPoints],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    keepNames: true,
  });
  return outdir;
}
