import { spawn } from 'child_process';
import { once } from 'events';
import { readdirSync } from 'fs';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { folders } from './session';

/** What `bin` of package.json points to; made before the tests. */
const CLI = join(__dirname, '..', '..', 'assets', 'cli', 'index.js');
const folderOf = folders();

function started(...words: string[]) {
  const child = spawn(process.execPath, [CLI, 'redact', '--format', 'text', ...words], { stdio: 'pipe' });
  // Writing to it ends with an error once it is gone.
  child.stdin.on('error', () => undefined);
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return { child, ended: once(child, 'close'), stderr: () => Buffer.concat(stderr).toString() };
}

test('ends quietly when the reader of standard output goes away, as head does', async () => {
  const { child, ended, stderr } = started();
  child.stdin.write('mail from canary@example.com\n'.repeat(100_000));
  const [first]: Buffer[] = await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.write('mail from canary@example.com\n'.repeat(100_000));
  expect(await ended).toEqual([141, null]);
  expect(first.toString()).toMatch(/^mail from \[EMAIL\]\n/);
  expect(stderr()).toBe('');
});

test('an interrupt leaves no file behind, and ends the process as interrupts do', async () => {
  const folder = folderOf({});
  const { child, ended, stderr } = started('--out', join(folder, 'out.log'));
  child.stdin.write('mail from canary@example.com\n'.repeat(10_000));
  while (readdirSync(folder).length === 0) {
    await setTimeout(5);
  }
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.out\.log\.[0-9a-f]+\.part$/)]);
  child.kill('SIGINT');
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(readdirSync(folder)).toEqual([]);
  expect(stderr()).toBe('');
});
