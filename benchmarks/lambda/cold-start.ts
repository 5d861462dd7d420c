import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ASSETS, FunctionOptions } from '../../test/object-lambda/run-time/function-process';

const HELLO = 'exports.handler = async () => ({ statusCode: 200 });';
/** Stands for the run time of Lambda, which has loaded these modules itself. */
const LOAD = `
  require('http'); require('https'); require('stream/promises');
  globalThis.awslambda = { streamifyResponse: handler => handler, HttpResponseStream: { from: stream => stream } };
  const before = process.cpuUsage();
  const start = performance.now();
  require(process.argv[1] + '/index.js');
  const load = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ load, cpu: (user + system) / 1000 }));
`;

export interface ColdStart {
  /** Milliseconds, medians: of loading the file, by the clock and of the CPU, and from the start of the process to its end. */
  readonly load: number;
  readonly cpu: number;
  readonly process: number;
}

/** Loads each function so many times, in turns, each in a process of its own; the first is a function that does nothing. */
export function coldStarts(functions: readonly [string, FunctionOptions][], runs: number): ReadonlyMap<string, ColdStart | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'cold-start-'));
  const all: [string, FunctionOptions][] = [['hello world', {}], ...functions];
  for (const [name, { files = {} }] of all) {
    const directory = join(folder, name);
    mkdirSync(directory);
    if (name === 'hello world') {
      writeFileSync(join(directory, 'index.js'), HELLO);
    } else {
      cpSync(join(ASSETS, name), directory, { recursive: true });
    }
    Object.entries(files).forEach(([file, content]) => writeFileSync(join(directory, file), content));
  }
  const samples = new Map(all.map(([name]) => [name, [] as ColdStart[]]));
  for (let run = 0; run < runs; run++) {
    for (const [name, { environment }] of all) {
      const start = performance.now();
      const { status, stdout } = spawnSync(process.execPath, ['-e', LOAD, join(folder, name)], {
        encoding: 'utf8', env: { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', ...environment },
      });
      if (status === 0) {
        const { load, cpu } = JSON.parse(stdout.trim().split('\n').pop()!) as Pick<ColdStart, 'load' | 'cpu'>;
        samples.get(name)!.push({ load, cpu, process: performance.now() - start });
      }
    }
  }
  rmSync(folder, { recursive: true });
  return new Map([...samples].map(([name, taken]) => [name, taken.length === 0 ? undefined : {
    load: median(taken.map(({ load }) => load)), cpu: median(taken.map(({ cpu }) => cpu)), process: median(taken.map(sample => sample.process)),
  }]));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
