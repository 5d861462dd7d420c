import { execFileSync, spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { useOlderLibraries } from './older-libraries';

const FOLDER = __dirname;

/** Installs the fuzzer, which the project does not depend on, and returns its command line. */
export function install(): string {
  const fuzzer = join(FOLDER, 'node_modules', '@jazzer.js', 'fuzzer');
  if (!existsSync(fuzzer)) {
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  if (/GLIBC(?:XX)?_\S+' not found/.test(problem() ?? '')) {
    useOlderLibraries(join(fuzzer, 'prebuilds', `fuzzer-${process.platform}-${process.arch}.node`));
  }
  const remaining = problem();
  if (remaining !== undefined) {
    throw new Error(`the fuzzer does not load: ${remaining}`);
  }
  return join(FOLDER, 'node_modules', '@jazzer.js', 'core', 'dist', 'cli.js');
}

function problem(): string | undefined {
  const { status, stderr } = spawnSync(process.execPath, ['-e', 'require("@jazzer.js/fuzzer")'], { cwd: FOLDER, encoding: 'utf8' });
  return status === 0 ? undefined : /^Error: .*$/m.exec(stderr)?.[0] ?? stderr;
}
