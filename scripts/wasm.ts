/** Compiles wasm/prefilter.ts into src/redaction/detect/prefilter-wasm.ts. `--check` only says whether that is up to date. */
import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const TARGET = join(ROOT, 'src', 'redaction', 'detect', 'prefilter-wasm.ts');

const binary = compile();
const text = `// Generated from wasm/prefilter.ts by scripts/wasm.ts. Do not edit.

/** The module, ${binary.length} bytes, in base64. */
export const PREFILTER_WASM = [
${binary.toString('base64').match(/.{1,120}/g)!.map(line => `  '${line}',\n`).join('')}].join('');
`;
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== text) {
  console.error(`${TARGET} is not what wasm/prefilter.ts says: run npx tsx scripts/wasm.ts`);
  process.exitCode = 1;
}

function compile(): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'wasm-'));
  try {
    const file = join(directory, 'prefilter.wasm');
    execFileSync('npx', [
      '--no-install', 'asc', 'wasm/prefilter.ts', '--enable', 'simd', '--runtime', 'stub', '-O3', '--noAssert', '--importMemory',
      '--initialMemory', '8', '--outFile', file,
    ], { cwd: ROOT, stdio: 'inherit' });
    return readFileSync(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
