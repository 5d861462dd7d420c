import { execFileSync, spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

export const FOLDER = __dirname;
const MARK = join(FOLDER, 'node_modules', '.installed');

/**
 * Installs what the engine is measured against, once, and without the scripts of the packages. Only re2 needs its script: it fetches
 * a binary or, failing that, compiles one.
 * @returns why there is no re2, if there is none
 */
export function install(): string | undefined {
  const lock = createHash('sha256').update(readFileSync(join(FOLDER, 'package-lock.json'))).update(process.version).digest('hex');
  if (!existsSync(MARK) || readFileSync(MARK, 'utf8') !== lock) {
    npm('ci', '--ignore-scripts');
    npm('rebuild', 're2');
    writeFileSync(MARK, lock);
  }
  const { status, stderr } = spawnSync(process.execPath, ['-e', 'new (require("re2"))("a")'], { cwd: FOLDER, encoding: 'utf8' });
  return status === 0 ? undefined : /^.*Error.*$/m.exec(stderr)?.[0] ?? 'it does not load';
}

/** The binary of Node.js 24, an optional package of the benchmark: there is one for Linux. */
export function node24(): string {
  const modules = join(FOLDER, 'node_modules');
  const name = readdirSync(modules).find(candidate => candidate === `node-linux-${process.arch}`);
  if (name === undefined) {
    throw new Error(`npm has no Node.js 24 for ${process.platform} on ${process.arch}: run the benchmark with it instead`);
  }
  return join(modules, name, 'bin', 'node');
}

function npm(...args: string[]): void {
  // The headers beside the running Node.js, if they are there, save node-gyp a download.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
  try {
    execFileSync('npm', args, { cwd: FOLDER, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...headers }, encoding: 'utf8' });
  } catch (error) {
    if (args[0] === 'ci') {
      throw error;
    }
    console.error(`npm ${args.join(' ')} failed: its rows are left out of the table`);
  }
}
