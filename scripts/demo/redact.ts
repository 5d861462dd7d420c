/** Redacts a sample of each format with the built command line, and shows what was there, what is left and what was found. */
import { spawnSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import { gzipSync } from 'zlib';

const ROOT = join(__dirname, '..', '..');
const SAMPLES = join(ROOT, 'examples', 'redaction');
const CLI = join(ROOT, 'assets', 'cli', 'index.js');
const FIELDS = ['--fields', 'name,dateOfBirth'];

// The samples hold made-up values only, so they may be shown.
for (const sample of readdirSync(SAMPLES).sort()) {
  const file = relative(process.cwd(), join(SAMPLES, sample));
  show(`cat ${file}`, readFileSync(file, 'utf8'));
  show(`cdk-secure-s3 redact --report ${FIELDS.join(' ')} ${file}`, redact(['--report', ...FIELDS, file]));
}

const log = readFileSync(join(SAMPLES, 'app.log'));
const masks = ['--mask', 'remove', '--mask', 'EMAIL=characters:x', '--mask', 'CREDIT_DEBIT_NUMBER=characters:*,4'];
show('gzip --stdout app.log | cdk-secure-s3 redact --format text '
  + '--mask remove --mask EMAIL=characters:x --mask \'CREDIT_DEBIT_NUMBER=characters:*,4\'', redact(['--format', 'text', ...masks], gzipSync(log)));
show('cdk-secure-s3 redact --diff app.log', redact(['--diff', join(SAMPLES, 'app.log')]));
show('cdk-secure-s3 redact --check app.log; echo $?', redact(['--check', join(SAMPLES, 'app.log')], undefined, 1) + '1\n');

function redact(words: string[], input?: Buffer, expected = 0): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'redact', ...words], { input, encoding: 'utf8', env: { ...process.env, COLUMNS: '150' } });
  if (status !== expected) {
    throw new Error(`the command line ended with ${status}: ${stderr}`);
  }
  return stdout + stderr;
}

function show(command: string, text: string): void {
  console.log(`$ ${command}\n${text.replace(/^/gm, '    ').trimEnd()}\n`);
}
