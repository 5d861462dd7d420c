import { chmodSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Readable } from 'stream';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'zlib';
import { folders, screen, session } from './session';
import packageJson from '../../package.json';
import { run } from '../../src/cli/program';
import { PiiType } from '../../src/redaction/pii-type';

const LOG = 'start\nmail from canary@example.com to bird@example.org\nend\n';
const REDACTED = 'start\nmail from [EMAIL] to [EMAIL]\nend\n';
const CLEAN = 'nothing personal\n';
/** Damaged behind a value that is found. */
const DAMAGED = '[{"mail":"canary@example.com"}';

const folderOf = folders();

describe('input and output', () => {
  test('standard input to standard output', async () => {
    expect(await session(['redact', '--format', 'text'], { stdin: LOG })).toEqual({ status: 0, stdout: REDACTED, stderr: '' });
  });

  test('files and standard input one after the other', async () => {
    const folder = folderOf({ 'a.log': LOG, 'b.txt': CLEAN });
    const ended = await session(['redact', join(folder, 'a.log'), '-', join(folder, 'b.txt'), '-f', 'text'], { stdin: 'x@example.com' });
    expect(ended).toEqual({ status: 0, stdout: `${REDACTED}[EMAIL]${CLEAN}`, stderr: '' });
  });

  test.each(['', 'x'])('very short input: %j', async stdin => {
    expect(await session(['redact', '--format', 'text'], { stdin })).toEqual({ status: 0, stdout: stdin, stderr: '' });
  });

  test('a directory takes the names of the inputs, their permissions and their compression', async () => {
    const folder = folderOf({ 'a.log': LOG, 'b.log.gz': gzipSync(LOG), 'c.log.br': brotliCompressSync(LOG), 'd.log': gzipSync(LOG), 'out/': '' });
    const out = join(folder, 'out');
    chmodSync(join(folder, 'a.log'), 0o600);
    const ended = await session(['redact', '--out', out, ...['a.log', 'b.log.gz', 'c.log.br', 'd.log'].map(name => join(folder, name))]);

    expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(out)).toEqual(['a.log', 'b.log.gz', 'c.log.br', 'd.log']);
    expect(readFileSync(join(out, 'a.log'), 'utf8')).toBe(REDACTED);
    expect(statSync(join(out, 'a.log')).mode).toBe(statSync(join(folder, 'a.log')).mode);
    expect(gunzipSync(readFileSync(join(out, 'b.log.gz'))).toString()).toBe(REDACTED);
    expect(brotliDecompressSync(readFileSync(join(out, 'c.log.br'))).toString()).toBe(REDACTED);
    expect(gunzipSync(readFileSync(join(out, 'd.log'))).toString()).toBe(REDACTED);
  });

  test('the name of an output file decides about its compression', async () => {
    const folder = folderOf({ 'a.log': LOG, 'b.log.gz': gzipSync(LOG) });
    await session(['redact', join(folder, 'a.log'), '--out', join(folder, 'packed.gz')]);
    await session(['redact', join(folder, 'b.log.gz'), '--out', join(folder, 'plain.log')]);
    expect(gunzipSync(readFileSync(join(folder, 'packed.gz'))).toString()).toBe(REDACTED);
    expect(readFileSync(join(folder, 'plain.log'), 'utf8')).toBe(REDACTED);
  });

  test('compressed input is plain on standard output', async () => {
    expect(await session(['redact', '--format', 'text'], { stdin: gzipSync(LOG) })).toEqual({ status: 0, stdout: REDACTED, stderr: '' });
  });

  test('an output is replaced with --force only, and where it is a link, the file behind it', async () => {
    const folder = folderOf({ 'a.log': LOG, 'old.log': 'old' });
    symlinkSync('old.log', join(folder, 'link.log'));
    expect(await session(['redact', join(folder, 'a.log'), '--out', join(folder, 'link.log')])).toMatchObject({ status: 2 });
    expect(readFileSync(join(folder, 'old.log'), 'utf8')).toBe('old');
    expect(await session(['redact', join(folder, 'a.log'), '--out', join(folder, 'link.log'), '--force'])).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'old.log'), 'utf8')).toBe(REDACTED);
    expect(readdirSync(folder)).toEqual(['a.log', 'link.log', 'old.log']);
  });

  test('an input is not overwritten under another name either', async () => {
    const folder = folderOf({ 'a.log': LOG });
    linkSync(join(folder, 'a.log'), join(folder, 'other.log'));
    expect(await session(['redact', join(folder, 'a.log'), '--out', join(folder, 'other.log'), '--force'])).toMatchObject({ status: 2 });
    expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe(LOG);
  });
});

describe('failures', () => {
  test('one file that fails leaves nothing, and the others are redacted', async () => {
    const folder = folderOf({ 'a.log': LOG, 'b.json': DAMAGED, 'c.log.gz': gzipSync(LOG).subarray(0, 30), 'd.html': LOG, 'e.log': LOG, 'out/': '' });
    const out = join(folder, 'out');
    const names = ['a.log', 'b.json', 'c.log.gz', 'd.html', 'missing.log', 'e.log'];
    const ended = await session(['redact', '--report-file', join(folder, 'report.json'), '--out', out, ...names.map(name => join(folder, name)), folder]);

    expect(ended).toMatchObject({ status: 3, stdout: '' });
    expect(readdirSync(out)).toEqual(['a.log', 'e.log']);
    const lines = ended.stderr.trimEnd().split('\n');
    expect(lines.map(line => line.split(': ').slice(0, 2))).toEqual(
      ['b.json', 'c.log.gz', 'd.html', 'missing.log', ''].map(name => ['cdk-secure-s3', join(folder, name).replace(/\/$/, '')]));
    expect(lines[2]).toContain('give --format');
    expect(lines[3]).toMatch(/: no such file or directory$/);
    expect(lines[4]).toMatch(/: is a directory: give the files in it$/);
    expect(ended.stderr).not.toMatch(/canary|bird/);

    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    expect(report.files.map((file: { error?: { code: string } }) => file.error?.code))
      .toEqual([undefined, 'MALFORMED', 'BAD_ENCODING', 'UNKNOWN_FORMAT', 'ENOENT', undefined, 'FAILED']);
    expect(report.total.counts).toEqual({ EMAIL: 4 });
  });

  test('standard input of an unknown format', async () => {
    const ended = await session(['redact'], { stdin: `<html>${LOG}</html>` });
    expect(ended).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('give --format') });
  });

  test('an output that cannot be written is named', async () => {
    const folder = folderOf({ 'a.log': LOG });
    const ended = await session(['redact', join(folder, 'a.log'), '--out', join(folder, 'none', 'out.log')]);
    expect(ended).toMatchObject({ status: 3, stderr: expect.stringContaining(`a.log: cannot write ${join(folder, 'none', 'out.log')}: no such file or directory`) });
  });

  test('a file that appears in the meantime is not replaced', async () => {
    const folder = folderOf({});
    const out = join(folder, 'out.log');
    const stderr = screen();
    const stdin = Readable.from(async function* () {
      yield Buffer.from(LOG);
      writeFileSync(out, 'precious');
      yield Buffer.from(LOG);
    }(), { objectMode: false });
    expect(await run(['redact', '--format', 'text', '--out', out], { stdin, stdout: screen().stream, stderr: stderr.stream, env: {} })).toBe(3);
    expect(stderr.text()).toContain('exists by now');
    expect(readdirSync(folder)).toEqual(['out.log']);
    expect(readFileSync(out, 'utf8')).toBe('precious');
  });
});

describe('--check', () => {
  test.each([
    [['clean.log'], 0, ''],
    [['clean.log', 'a.log'], 1, /^[^\n]*a\.log: 2 values would be redacted: EMAIL 2\n$/],
    [['a.log', 'missing.log'], 3, /missing\.log: no such file/],
  ])('%j: status %d', async (names, status, stderr) => {
    const folder = folderOf({ 'a.log': LOG, 'clean.log': CLEAN });
    const ended = await session(['redact', '--check', ...names.map(name => join(folder, name))]);
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toMatch(stderr);
    expect(ended.stderr).not.toMatch(/canary|bird/);
    expect(readdirSync(folder)).toEqual(['a.log', 'clean.log']);
  });
});

describe('reports', () => {
  test('as text, on standard error', async () => {
    const folder = folderOf({ 'a.log': `${LOG}203.0.113.7\n`, 'b.log': CLEAN });
    const { stdout, stderr } = await session(['redact', '--report', join(folder, 'a.log'), join(folder, 'b.log')]);
    expect(stderr.replaceAll(`${folder}/`, '')).toBe([
      `a.log: 3 values, ${LOG.length + 12} bytes in, ${REDACTED.length + 13} bytes out`, '  EMAIL       2', '  IP_ADDRESS  1',
      'b.log: 0 values, 17 bytes in, 17 bytes out',
      `total: 3 values, ${LOG.length + 29} bytes in, ${REDACTED.length + 30} bytes out`, '  EMAIL       2', '  IP_ADDRESS  1', '',
    ].join('\n'));
    expect(stdout).toBe(`${REDACTED}[IP_ADDRESS]\n${CLEAN}`);
  });

  test('as JSON, by option or by the name of the file', async () => {
    const folder = folderOf({ 'a.log': LOG });
    const { stderr } = await session(['redact', '--report', '--report-format', 'json', join(folder, 'a.log'), '--report-file', join(folder, 'r.json')]);
    const expected = { bytesIn: LOG.length, bytesOut: REDACTED.length, counts: { EMAIL: 2 } };
    expect(JSON.parse(stderr)).toEqual({ files: [{ file: join(folder, 'a.log'), ...expected }], total: expected });
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe(stderr);
  });
});

describe('rules', () => {
  const LINE = 'canary@example.com 203.0.113.7 Apollo AB-123456\n';

  test.each([
    [[], '[EMAIL] [IP_ADDRESS] Apollo AB-123456\n'],
    [['--types', 'email'], '[EMAIL] 203.0.113.7 Apollo AB-123456\n'],
    [['-t', 'EMAIL', '-t', 'ip-address,URL'], '[EMAIL] [IP_ADDRESS] Apollo AB-123456\n'],
    [['--except-types', 'IP_ADDRESS'], '[EMAIL] 203.0.113.7 Apollo AB-123456\n'],
    [['--keywords', 'project=apollo,gemini', '--types', 'EMAIL'], '[EMAIL] 203.0.113.7 [PROJECT] AB-123456\n'],
    [['--pattern', 'TICKET=[A-Z]{2}-[0-9]{6}', '--types', ''], 'canary@example.com 203.0.113.7 Apollo [TICKET]\n'],
    [['--mask', 'remove', '--mask', 'EMAIL=type-name'], '[EMAIL]  Apollo AB-123456\n'],
    [['--mask', 'ip-address=characters:#,1', '--types', 'IP_ADDRESS'], 'canary@example.com ##########7 Apollo AB-123456\n'],
  ])('%j', async (words, stdout) => {
    expect(await session(['redact', '--format', 'text', ...words], { stdin: LINE })).toEqual({ status: 0, stdout, stderr: '' });
  });

  test('fields', async () => {
    const { stdout } = await session(['redact', '--format', 'json', '--fields', 'hobby,/orders/*/note'], { stdin: '{"hobby":"birds","orders":[{"note":"hi","id":7}]}' });
    expect(JSON.parse(stdout)).toEqual({ hobby: '[FIELD]', orders: [{ note: '[FIELD]', id: 7 }] });
  });

  test('pseudonyms are the same for the same value and key, and others with another key', async () => {
    const folder = folderOf({ key: Buffer.alloc(32, 1), other: Buffer.alloc(32, 2) });
    const hashed = async (key: string) => (await session(
      ['redact', '--format', 'text', '--mask', 'hash', '--hash-key-file', join(folder, key)], { stdin: 'a@example.com a@example.com b@example.com' })).stdout.split(' ');
    const [first, again, second] = await hashed('key');
    expect(again).toBe(first);
    expect(new Set([first, second, (await hashed('other'))[0]]).size).toBe(3);
    expect(first).not.toContain('example');
  });

  test('a rule set of a file, and options on top', async () => {
    const rules = {
      types: ['EMAIL', 'IP_ADDRESS'],
      keywords: [{ name: 'PROJECT', words: ['apollo'] }],
      patterns: [{ name: 'TICKET', pattern: '[A-Z]{2}-[0-9]{6}' }],
      masks: { EMAIL: { kind: 'characters', character: 'x', keepLast: 4 }, TICKET: { kind: 'remove' } },
    };
    const folder = folderOf({ 'rules.json': JSON.stringify(rules) });
    const redacted = async (...words: string[]) => (await session(['redact', '--format', 'text', '--rules', join(folder, 'rules.json'), ...words], { stdin: LINE })).stdout;
    expect(await redacted()).toBe('xxxxxxxxxxxxxx.com [IP_ADDRESS] [PROJECT] \n');
    expect(await redacted('--except-types', 'IP_ADDRESS', '--mask', 'PROJECT=remove')).toBe('xxxxxxxxxxxxxx.com 203.0.113.7  \n');
  });
});

describe('the samples of the demo', () => {
  const SAMPLES = join(__dirname, '..', '..', 'examples', 'redaction');
  const PERSONAL = /doe|muster|@|555|4111|3782|GB82|DE89|536-?22|943 476|AB 12|203\.|2001:|AKIA|1980/i;
  const OTHER = /\b(INFO|GET|orders?|amount|payment|pan|cvv|notes?|prefers|shoes|durationMs|shipped|currency|USD|patients?|contact)\b/g;

  test.each(readdirSync(SAMPLES))('%s: what is personal goes, what is not stays', async sample => {
    const before = readFileSync(join(SAMPLES, sample), 'utf8');
    const { status, stdout, stderr } = await session(['redact', '--fields', 'name', join(SAMPLES, sample)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(before).toMatch(PERSONAL);
    expect(stdout).not.toMatch(PERSONAL);
    expect(stdout.match(OTHER)).toEqual(before.match(OTHER));
  });
});

test('--version and --list-types', async () => {
  expect(await session(['--version'])).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  expect(await session(['redact', '--list-types'])).toEqual({ status: 0, stdout: Object.values(PiiType).map(type => `${type}\n`).join(''), stderr: '' });
});

test('--help names every exit status', async () => {
  const { status, stdout } = await session(['redact', '--help']);
  expect(status).toBe(0);
  expect([...stdout.matchAll(/^ {2}(\d+) {2,}/gm)].map(([, number]) => Number(number))).toEqual([0, 1, 2, 3, 130, 141]);
});
