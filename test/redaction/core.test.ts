import cases from './core.cases.json';
import { makeScanner } from '../../src/redaction/detect/detect';
import { LOOK_AHEAD, LOOK_BEHIND, MAX_TOKEN, Verdict } from '../../src/redaction/detect/recognizer';
import { ANCHORED_RECOGNIZERS, CODE_RECOGNIZERS } from '../../src/redaction/detect/recognizers/catalogue';
import { keccak256 } from '../../src/redaction/detect/recognizers/keccak';
import { NATIONAL } from '../../src/redaction/detect/recognizers/national';
import { URL } from '../../src/redaction/detect/recognizers/url';
import { Spans } from '../../src/redaction/detect/spans';
import { WHOLE_TEXT } from '../../src/redaction/fields/field';
import { PII_TYPES } from '../../src/redaction/labels';
import { PiiType } from '../../src/redaction/pii-type';

const scanner = makeScanner(PII_TYPES);

/** The text with « and » around what is found of a type. */
function mark(text: string, type: string): string {
  const bytes = Buffer.from(text);
  const spans = new Spans();
  scanner.prepare(bytes, 0, bytes.length);
  scanner.scan(bytes, 0, 0, bytes.length, true, WHOLE_TEXT, spans);
  let marked = '';
  let position = 0;
  for (let index = 0; index < spans.count; index++) {
    if (PII_TYPES[spans.labels[index]] === type) {
      const [start, end] = [spans.starts[index], spans.ends[index]];
      marked += `${bytes.toString('utf8', position, start)}«${bytes.toString('utf8', start, end)}»`;
      position = end;
    }
  }
  return marked + bytes.toString('utf8', position);
}

// In the table « and » stand around each value that has to be found; each text is all there is, as in a file of its own.
describe.each(cases)('$name', ({ type, found, not }) => {
  test.each(found)('%s', marked => {
    expect(marked).toMatch(/«.+»/);
    expect(mark(marked.replace(/[«»]/g, ''), type)).toBe(marked);
  });

  test.each(not)('not in: %s', text => {
    expect(mark(text, type)).toBe(text);
  });
});

test('the table has all types that are found by what they look like', () => {
  const national = new Set(NATIONAL.map(({ type }) => type));
  const byFieldOnly = [PiiType.NAME, PiiType.ADDRESS];
  expect(cases.map(({ type }) => type).sort()).toEqual(PII_TYPES.filter(type => !national.has(type) && !byFieldOnly.includes(type)).sort());
});

describe('searches', () => {
  /** Texts of the table in between other bytes, and what searches could run away on. */
  const texts = [
    ...cases.flatMap(({ found }) => found.slice(0, 4).map(text => `x ${text.replace(/[«»]/g, '')} y`)),
    ...['a@', 'a.a@a.a-', '1.', '1.1.1.1.', '((', '+1 (', '::', '1:', 'a:', ':1:', '00-', '12 34 ', '0 1', 'http://', 'www.a', 'password ', 'password is my ', 'pin no ', 'pwd="', 'dob at ',
      'exp ', '"a"@', '“', 'é@é.', '用@用.', 'bc1', '0x0', '1A', 'aB3', '\\"', ')]', 'swift ', 'key ',
      `password for ${'x'.repeat(31)}${' '.repeat(15)}${'y'.repeat(31)} "z`].map(part => part.repeat(320 / part.length)),
  ];
  // These say MORE, and read on.
  const open: readonly PiiType[] = [PiiType.URL, PiiType.PASSWORD];

  test.each(ANCHORED_RECOGNIZERS.map(recognizer => ({ name: `${recognizer.type} at ${recognizer.anchor}`, recognizer })))('$name read no further than they may', ({ recognizer }) => {
    let at = 0;
    let bounds = [0, 0];
    let farthest = 0;
    for (const text of texts) {
      const content = Buffer.concat([Buffer.alloc(200, text.slice(0, 1)), Buffer.from(text), Buffer.alloc(700, text.slice(-1))]);
      const bytes = new Proxy(content, {
        get: (target, property) => {
          const index = Number(property);
          if (index < bounds[0] || index >= bounds[1]) {
            farthest = Math.max(farthest, Math.abs(index - at));
          }
          return Reflect.get(target, property);
        },
      });
      for (at = 200; at < content.length - 700; at += 1 + content.length % 7) {
        bounds = [at - LOOK_BEHIND, open.includes(recognizer.type) ? content.length : at + LOOK_AHEAD];
        recognizer.search(bytes, at, 0, content.length, true, { start: 0, end: 0 });
      }
    }
    expect(farthest).toBe(0);
  });

  test.each(ANCHORED_RECOGNIZERS.map(recognizer => ({ name: `${recognizer.type} at ${recognizer.anchor}`, recognizer })))('$name find the same wherever the bytes at hand end', ({ recognizer }) => {
    const differences: string[] = [];
    for (const text of texts) {
      const bytes = Buffer.concat([Buffer.from(text), Buffer.from('\n'), Buffer.alloc(LOOK_AHEAD, 'z 9')]);
      for (let at = 0; at < text.length; at += 1 + text.length % 5) {
        const all = { start: -1, end: -1 };
        const atHand = { start: -1, end: -1 };
        const verdict = recognizer.search(bytes, at, 0, bytes.length, true, all);
        const early = recognizer.search(bytes.subarray(0, at + LOOK_AHEAD), at, 0, at + LOOK_AHEAD, false, atHand);
        const waits = early === Verdict.MORE && open.includes(recognizer.type);
        if (!waits && (early !== verdict || atHand.start !== all.start || atHand.end !== all.end)) {
          differences.push(`${text} at ${at}`);
        }
      }
    }
    expect(differences).toEqual([]);
  });
});

test('a URL that does not end is refused', () => {
  const bytes = Buffer.from(`http://example.com/${'a'.repeat(MAX_TOKEN)}`);

  expect(URL.search(bytes, 4, 0, bytes.length - 60, false, { start: 0, end: 0 })).toBe(Verdict.MORE);
  expect(() => URL.search(bytes, 4, 0, bytes.length, true, { start: 0, end: 0 })).toThrow(expect.objectContaining({ code: 'OVERSIZED' }));
});

test('the hash of nothing is that of the specification', () => {
  const digest = Buffer.alloc(32);
  keccak256(digest, 0, 0, digest);

  expect(digest.toString('hex')).toBe('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470');
});

test('context is written as it is compared: in lower case with single blanks', () => {
  const words = [...CODE_RECOGNIZERS, ...ANCHORED_RECOGNIZERS].flatMap(({ context }) => context ?? []);

  expect(words.filter(word => word !== word.toLowerCase() || !/^\S+( \S+)*$/.test(word))).toEqual([]);
});
