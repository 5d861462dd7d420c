/** Compiles the modules of WebAssembly in wasm/ into TypeScript files beside the code that runs them. `--check` only says whether those are up to date. */
import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';

const ROOT = join(__dirname, '..');
const TARGETS: Readonly<Record<string, string>> = {
  'wasm/prefilter.ts': 'src/redaction/detect/prefilter-wasm.ts',
  'wasm/stops.ts': 'src/redaction/format/stops-wasm.ts',
};

for (const [source, target] of Object.entries(TARGETS)) {
  const file = join(ROOT, target);
  const text = module(source);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${target} is not what ${source} says: run npx tsx scripts/wasm.ts`);
    process.exitCode = 1;
  }
}

function module(source: string): string {
  const binary = compile(source);
  return `// Generated from ${source} by scripts/wasm.ts. Do not edit.

/** The module, ${binary.length} bytes, in base64. */
export const ${basename(source, '.ts').toUpperCase()}_WASM = [
${binary.toString('base64').match(/.{1,120}/g)!.map(line => `  '${line}',\n`).join('')}].join('');
`;
}

function compile(source: string): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'wasm-'));
  try {
    const file = join(directory, 'module.wasm');
    execFileSync('npx', [
      '--no-install', 'asc', source, '--enable', 'simd', '--runtime', 'stub', '-O3', '--noAssert', '--importMemory', '--initialMemory', '8', '--outFile', file,
    ], { cwd: ROOT, stdio: 'inherit' });
    return readFileSync(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
