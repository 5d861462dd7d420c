import { ChildProcess, spawn } from 'child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { createInterface } from 'readline';
import { CREDENTIALS, REGION } from './signatures';

export const ASSETS = resolve(__dirname, '..', '..', '..', 'assets');

/** The largest resident set so far, in bytes. What `getrusage` tells is that of the process that started this one, if that was larger. */
export const PEAK = `
  const peak = () => Number(/VmHWM:\\s+(\\d+) kB/.exec(require('fs').readFileSync('/proc/self/status', 'utf8'))?.[1] ?? process.memoryUsage().rss / 1024) * 1024;
`;

/** Starts the line that is an outcome. */
const OUTCOME = 'outcome of an invocation: ';

/**
 * Does what the run time of Lambda does: loads the file, calls its handler, tells what came of it. It tells so among the lines of the log, so
 * that all lines of an invocation are there before its outcome is.
 */
const RUN_TIME = `
  ${PEAK}
  const start = process.hrtime.bigint();
  const { handler } = require(process.argv[1] + '/index.js');
  process.send({ initialised: Number(process.hrtime.bigint() - start) / 1e6 });
  process.on('message', ({ id, event, remaining }) => {
    const end = Date.now() + remaining;
    handler(event, { getRemainingTimeInMillis: () => end - Date.now() }).then(
      result => ({ result }), error => ({ failure: error.message, stack: error.stack }),
    ).then(outcome => process.stdout.write('${OUTCOME}' + JSON.stringify({ id, ...outcome, rss: peak(), cpu: process.cpuUsage() }) + '\\n'));
  });
`;

export interface FunctionOptions {
  /** What stands beside `index.js`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of Node.js. */
  readonly nodeOptions?: readonly string[];
}

export interface Outcome {
  readonly result?: unknown;
  /** The message of what it threw. */
  readonly failure?: string;
  /** The largest resident set of the process so far, in bytes. */
  readonly rss: number;
  /** Of the process so far, in microseconds. */
  readonly cpu: NodeJS.CpuUsage;
}

/** A bundled function in a process of its own, with the environment that Lambda gives it. `FUNCTION_NODE` is another Node.js to run it with. */
export class FunctionProcess {
  static async start(asset: string, options: FunctionOptions = {}): Promise<FunctionProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'function-'));
    cpSync(join(ASSETS, asset), directory, { recursive: true });
    Object.entries(options.files ?? {}).forEach(([name, content]) => writeFileSync(join(directory, name), content));
    const child = spawn(process.env.FUNCTION_NODE ?? process.execPath, [...options.nodeOptions ?? [], '-e', RUN_TIME, directory], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
        AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
        AWS_LAMBDA_FUNCTION_NAME: 'view',
        ...options.environment,
      },
    });
    const started = new FunctionProcess(child, directory);
    await started.initialised;
    return started;
  }

  /** How long the file took to load, in milliseconds. */
  initialisation = 0;
  readonly lines: string[] = [];
  private readonly initialised: Promise<void>;
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private invocations = 0;

  private constructor(private readonly child: ChildProcess, private readonly directory: string) {
    createInterface(child.stdout!).on('line', line => this.read(line));
    this.initialised = new Promise((ready, reject) => {
      child.once('exit', code => reject(new Error(`the function ended with ${code}`)));
      child.once('message', (message: { initialised: number }) => {
        this.initialisation = message.initialised;
        ready();
      });
    });
    this.initialised.catch(() => {});
  }

  /** @param remaining milliseconds that the function has */
  async invoke(event: unknown, remaining = 60_000): Promise<Outcome> {
    const id = ++this.invocations;
    return new Promise(answered => {
      this.waiting.set(id, answered);
      this.child.send({ id, event, remaining });
    });
  }

  /** The log line of a request. */
  lineOf(requestId: string): string {
    const found = this.lines.find(line => line.includes(requestId));
    if (found === undefined) {
      throw new Error(`no line of the log tells of ${requestId}`);
    }
    return found;
  }

  private read(line: string): void {
    if (!line.startsWith(OUTCOME)) {
      this.lines.push(line);
      return;
    }
    const outcome = JSON.parse(line.slice(OUTCOME.length)) as { id: number } & Outcome;
    this.waiting.get(outcome.id)?.(outcome);
    this.waiting.delete(outcome.id);
  }

  async stop(): Promise<void> {
    const exited = new Promise(resolved => this.child.once('exit', resolved));
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.directory, { recursive: true });
  }
}
