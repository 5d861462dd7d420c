import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { PassThrough, Readable, Writable } from 'stream';
import { run } from '../../src/cli/program';

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SessionOptions {
  readonly stdin?: string | Buffer;
  /** Columns of a terminal; no terminal if left out. */
  readonly terminal?: number;
  readonly env?: Record<string, string>;
}

/** Runs a command line in this process. */
export async function session(words: readonly string[], { stdin, terminal, env = {} }: SessionOptions = {}): Promise<Ended> {
  const stdout = screen(terminal);
  const stderr = screen();
  const input = stdin === undefined ? Object.assign(new PassThrough(), { isTTY: true }) : Readable.from([Buffer.from(stdin)], { objectMode: false });
  const status = await run(words, { stdin: input, stdout: stdout.stream, stderr: stderr.stream, env });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

export function screen(columns?: number) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: columns !== undefined, columns }), text: () => Buffer.concat(chunks).toString() };
}

/** A folder of its own for each test, with these files; a name that ends with `/` is a folder. */
export function folders() {
  const made: string[] = [];
  afterEach(() => made.splice(0).forEach(folder => rmSync(folder, { recursive: true })));
  return (files: Record<string, string | Buffer>): string => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk-secure-s3-cli-')));
    made.push(folder);
    Object.entries(files).forEach(([name, content]) => name.endsWith('/') ? mkdirSync(join(folder, name)) : writeFileSync(join(folder, name), content));
    return folder;
  };
}
