import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import stringWidth from 'string-width';
import { fc } from '../fast-check';
import { screen, session } from './session';
import { Diff } from '../../src/cli/diff';
import { DiffLayout } from '../../src/cli/diff-layout';

const ESCAPE = '\u001b[';

/** Writes parts as they are, and `[before, after]` as values. */
type Part = string | readonly [before: string, after: string];

async function diffOf(parts: readonly Part[], { columns = 60, cuts = [] as number[] } = {}): Promise<string> {
  const diff = new Diff('title', new DiffLayout(columns, false));
  const out = screen();
  let start = 0;
  for (const part of parts) {
    const [before, after] = typeof part === 'string' ? [part, part] : part;
    if (typeof part !== 'string') {
      diff.expect(start, start + Buffer.byteLength(before), Buffer.byteLength(after));
    }
    start += Buffer.byteLength(before);
  }
  const output = Buffer.from(parts.map(part => typeof part === 'string' ? part : part[1]).join(''));
  const edges = [0, ...cuts.map(cut => Math.min(cut, output.length)).sort((a, b) => a - b), output.length];
  const chunks = edges.slice(1).map((edge, index) => output.subarray(edges[index], edge)).filter(({ length }) => length > 0);
  await pipeline([Readable.from(chunks, { objectMode: false }), diff, out.stream]);
  return out.text();
}

describe('changed lines side by side', () => {
  test('with two lines of context, and a mark where lines are left out', async () => {
    const lines = Array.from({ length: 12 }, (_value, index) => `line ${index + 1}\n`);
    const text = await diffOf([...lines.slice(0, 3), 'to ', ['ab@c.de', '[EMAIL]'], '.\n', ...lines.slice(4, 10), ['xyz', ''], ' removed\n', lines[11], lines[11]]);
    expect(text).toBe([
      'title',
      '     2 line 2                    │ line 2',
      '     3 line 3                    │ line 3',
      '     4 to •••••••.               │ to [EMAIL].',
      '     5 line 5                    │ line 5',
      '     6 line 6                    │ line 6',
      '     ⋯',
      '     9 line 9                    │ line 9',
      '    10 line 10                   │ line 10',
      '    11 ••• removed               │  removed',
      '    12 line 12                   │ line 12',
      '    13 line 12                   │ line 12',
      '',
    ].join('\n'));
  });

  test('nothing, not even a title, if nothing changes', async () => {
    expect(await diffOf(['line 1\n', 'line 2'])).toBe('');
  });

  test('a value over several lines is one line of the output', async () => {
    expect(await diffOf(['a,"', ['x\ny', '[F]'], '"\nb\n'])).toBe('title\n     1 a,"•••"                   │ a,"[F]"\n     2 b                         │ b\n');
  });

  test('both sides of a long line break at the same places', async () => {
    expect(await diffOf(['0123456789', ['secret', '[SSN]'], 'abcdefghijklmnop', ['secret', '[LONG_NAME]'], 'end'], { columns: 50 })).toBe([
      'title',
      '     1 0123456789••••••abcd │ 0123456789[SSN]abcd',
      '       efghijklmnop         │ efghijklmnop',
      '       ••••••end            │ [LONG_NAME]end',
      '',
    ].join('\n'));
  });

  test('what is longer than a side is left out in the middle', async () => {
    const text = await diffOf(['start', 'x'.repeat(1_000_000), 'near', ['secret', '[SSN]'], 'near', 'y'.repeat(1_000_000), 'end\n']);
    expect(text.length).toBeLessThan(1_000);
    for (const word of ['start', ' … ', 'near', '[SSN]', 'end']) {
      expect(text).toContain(word);
    }
  });

  test('characters that would change the terminal are shown as question marks', async () => {
    const text = await diffOf([`a${ESCAPE}2Jb\r\u202e\u009bc`, ['secret', '[SSN]'], '\n']);
    expect(text).toContain('a?[2Jb???c••••••');
    expect(text).not.toMatch(/[\u001b\r\u202e\u009b]/);
  });

  test('wide characters take two columns', async () => {
    const rows = (await diffOf(['日本語テキスト日本語テキスト', ['ab', '[SSN]'], '日本語\n'], { columns: 50 })).trimEnd().split('\n').slice(1);
    rows.forEach(row => expect(stringWidth(row)).toBeLessThanOrEqual(50));
    expect(new Set(rows.map(row => stringWidth(row.split('│')[0])))).toEqual(new Set([28]));
  });
});

test('the diff does not depend on how the output is cut', async () => {
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '日', '😀'), maxLength: 20 }),
    fc.tuple(fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom('', '[EMAIL]', '***')),
  );
  await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(200)), async (parts, cuts) => {
    expect(await diffOf(parts, { cuts })).toBe(await diffOf(parts));
  }));
});

describe('--diff', () => {
  const LOG = 'start\nmail from canary@example.com to bird@example.org\nend\n';

  test('shows no value on either side', async () => {
    const { status, stdout, stderr } = await session(['redact', '--diff', '--format', 'text'], { stdin: LOG, env: { COLUMNS: '120' } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/mail from •{18} to •{16} +│ mail from \[EMAIL\] to \[EMAIL\]\n/);
    expect(stdout).not.toMatch(/canary|bird|example/);
    expect(stdout).not.toContain(ESCAPE);
  });

  test('of escaped values and whole fields', async () => {
    const stdin = '{"mail":"canary\\u0040example.com",\n"nick":"bird\\nof paradise","age":41,"pan":4111111111111111}\n';
    const { stdout } = await session(['redact', '--diff', '--format', 'json', '--fields', 'nick,age'], { stdin });
    expect(stdout).not.toMatch(/canary|bird|paradise|41/);
    expect(stdout).toContain('"mail":"•');
  });

  test('takes part in --check', async () => {
    expect(await session(['redact', '--diff', '--check', '--format', 'text'], { stdin: LOG })).toMatchObject({ status: 1, stdout: expect.stringContaining('[EMAIL]') });
    expect(await session(['redact', '--diff', '--check', '--format', 'text'], { stdin: 'clean' })).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.each([
    [80, {}, true],
    [80, { NO_COLOR: '1' }, false],
    [80, { TERM: 'dumb' }, false],
    [undefined, {}, false],
  ])('on a terminal of %s columns with %j: colours %s', async (terminal, env, hasColors) => {
    const { stdout } = await session(['redact', '--diff', '--format', 'text'], { stdin: LOG, terminal, env });
    expect(stdout.includes(ESCAPE)).toBe(hasColors);
    stdout.split('\n').forEach(line => expect(stringWidth(line)).toBeLessThanOrEqual(terminal ?? 120));
  });
});
