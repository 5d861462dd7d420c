import { readFileSync } from 'fs';
import { join } from 'path';
import { CustomMatcher } from '../../src/redaction/custom/custom-matcher';
import { customRules } from '../../src/redaction/custom/custom-rules';
import { inAnyCase } from '../../src/redaction/custom/letter-case';
import { checkStates } from '../../src/redaction/custom/machines';
import { TooLarge } from '../../src/redaction/custom/program';
import { RuleGroup } from '../../src/redaction/custom/rule-group';
import { KeywordRule, PatternRule } from '../../src/redaction/rule-set';

interface Case {
  readonly name: string;
  readonly keywords?: readonly (Partial<KeywordRule> & Pick<KeywordRule, 'words'>)[];
  readonly patterns?: readonly (Partial<PatternRule> & Pick<PatternRule, 'pattern'>)[];
  readonly text: string;
  /** The values; with the name of the rule before them if it counts. */
  readonly found: readonly string[];
}

function cases<T>(file: string): T[] {
  return JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as T[];
}

function search(text: string | Buffer, keywords: Case['keywords'] = [], patterns: Case['patterns'] = []): { value: string; name: string }[] {
  const rules = {
    keywords: keywords.map(rule => ({ name: 'WORD', ignoreCase: true, ...rule })),
    patterns: patterns.map(rule => ({ name: 'PATTERN', ignoreCase: false, ...rule })),
  };
  const names = [...rules.keywords, ...rules.patterns].map(({ name }) => name);
  const bytes = Buffer.from(text);
  const found: { value: string; name: string }[] = [];
  const end = new CustomMatcher(rules, name => names.indexOf(name))
    .find(bytes, 0, 0, bytes.length, bytes.length, true, (start, stop, label) => found.push({ value: bytes.toString('utf8', start, stop), name: names[label] }));
  expect(end).toBe(bytes.length);
  return found;
}

test.each(cases<Case>('custom-matcher.cases.json'))('$name', ({ keywords, patterns, text, found }) => {
  const withNames = found.some(value => /^[A-Z]+:/.test(value));
  expect(search(text, keywords, patterns).map(({ name, value }) => withNames ? `${name}:${value}` : value)).toEqual(found);
});

describe('refused patterns', () => {
  test.each(cases<{ pattern: string; because: string }>('custom-refused.cases.json'))('$pattern', ({ pattern, because }) => {
    expect(() => checkStates({ name: 'MINE', pattern, ignoreCase: false })).toThrow(new RegExp(`the pattern MINE.*${because}`, 's'));
  });

  test('a pattern of more than 1,000 characters', () => {
    expect(() => checkStates({ name: 'MINE', pattern: 'a|'.repeat(500) + 'a', ignoreCase: false })).toThrow('has 1001 characters: give at most 1000');
    expect(() => checkStates({ name: 'MINE', pattern: '('.repeat(1000), ignoreCase: false })).toThrow('is not closed (character 1000)');
  });

  test('too many rules', () => {
    const word = { name: 'A', words: Array.from({ length: 501 }, (_, index) => `word${index}`), ignoreCase: true };
    const pattern = { name: 'A', pattern: 'a', ignoreCase: true };
    expect(() => customRules({ keywords: [word, word], patterns: [] })).toThrow('there are 1002 keywords and 0 patterns: give at most 1000 keywords');
    expect(() => customRules({ keywords: [], patterns: Array(101).fill(pattern) })).toThrow('there are 0 keywords and 101 patterns');
    expect(customRules({ keywords: [{ ...word, words: Array(1000).fill('word') }], patterns: Array(100).fill(pattern) })).toHaveLength(1100);
  });

  test.each([
    ['', 'holds the keyword ""'], [' \t', 'holds the keyword " \\t"'], ['a\nb', 'holds the keyword "a\\nb"'], ['ж'.repeat(251), 'holds a keyword of 251 characters: keep keywords within 500 bytes'],
  ])('the keyword %j', (word, because) => {
    expect(() => customRules({ keywords: [{ name: 'A', words: [word], ignoreCase: false }], patterns: [] })).toThrow(because);
  });

  test('at run time, they are wrong rules', () => {
    expect(() => new CustomMatcher({ keywords: [], patterns: [{ name: 'A', pattern: 'a+', ignoreCase: false }] }, () => 0))
      .toThrow(expect.objectContaining({ name: 'RedactionError', code: 'INVALID_RULES' }));
  });

  test('at run time, states that only some input needs are wrong rules, too', () => {
    const pattern = '[ab]{0,60}a[ab]{20}c';
    const text = randomLetters(30_000, 2).map((byte, index) => index % 100 === 0 ? 0x63 : byte);
    expect(() => checkStates({ name: 'A', pattern, ignoreCase: false })).toThrow('too many states');
    expect(() => search(Buffer.from(text), [], [{ pattern }])).toThrow(expect.objectContaining({ code: 'INVALID_RULES' }));
  });
});

test.each(['a{1,500}', '.{1,125}', '(?:[^,]{1,12},){1,8}x', '[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,100}\\.[A-Za-z]{2,24}', '[A-Z0-9]{16}[0-9]', '\\w{1,250}-\\w{1,200}'])(
  'is accepted: %s', pattern => {
    expect(() => checkStates({ name: 'A', pattern, ignoreCase: true })).not.toThrow();
  });

test('a keyword of 500 bytes is found', () => {
  const word = 'ж'.repeat(250);
  expect(search(`x ${word} ${word}ж`, [{ words: [word] }])).toHaveLength(1);
});

test('letters have the cases that simple case folding gives them', () => {
  const wrong: string[] = [];
  let cased = 0;
  for (let codePoint = 0; codePoint <= 0x1ffff; codePoint++) {
    const forms = inAnyCase([[codePoint, codePoint]]).flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, index) => low + index));
    if (forms.length > 1) {
      cased++;
      const pattern = new RegExp(`^\\u{${codePoint.toString(16)}}$`, 'iu');
      wrong.push(...forms.map(each => String.fromCodePoint(each)).filter(each => !pattern.test(each)));
    }
  }
  expect(wrong).toEqual([]);
  expect(cased).toBeGreaterThan(2_700);
  // ASCII has its own cases only; ß has ẞ, å has the sign for Ångström.
  expect(inAnyCase([[0x69, 0x6b], [0x73, 0x73], [0xdf, 0xdf]])).toEqual(
    [[0x49, 0x4b], [0x53, 0x53], [0x69, 0x6b], [0x73, 0x73], [0xdf, 0xdf], [0x1e9e, 0x1e9e]]);
  expect(inAnyCase([[0xe5, 0xe5]])).toEqual([[0xc5, 0xc5], [0xe5, 0xe5], [0x212b, 0x212b]]);
});

describe('rules whose states do not fit into one table', () => {
  // Which of the last letters were in which half of the alphabet: almost as many states as texts.
  const [first, second, third] = ['acegikmo', 'abefijmn', 'abcdijkl'];
  const text = randomLetters(24_000, 16);
  const values = (pattern: RegExp) => text.toString().match(pattern);

  function expectTooLarge(patterns: readonly PatternRule[]): void {
    const group = new RuleGroup(customRules({ keywords: [], patterns }), 0, false);
    expect(() => group.mark(text, 0, 0, text.length, text.length, new Uint8Array(text.length))).toThrow(TooLarge);
  }

  test('are spread over several', () => {
    const patterns = [`[a-p]{8}[${first}]`, `[a-q]{8}[${second}]`, `[a-r]{8}[${third}]`]
      .map((pattern, index) => ({ name: `P${index}`, pattern, ignoreCase: false }));
    expectTooLarge(patterns);
    const found = search(text, [], patterns);
    expect(found.map(({ value }) => value)).toEqual(values(/[a-p]{8}[a-gi-o]/g));
    // The first of the rules that match.
    expect(found.every(({ name, value }) => name === `P${[first, second, third].findIndex(half => half.includes(value[8]))}`)).toBe(true);
  });

  test('and one alone is tried at every byte', () => {
    const pattern = `[a-p]{8}[${first}][a-p]{8}[${second}]`;
    expectTooLarge([{ name: 'A', pattern, ignoreCase: false }]);
    expect(search(text, [], [{ pattern }]).map(({ value }) => value)).toEqual(values(new RegExp(pattern, 'g')));
  });
});

describe('hostile text is read in time', () => {
  // Quadratic time, or worse, is hours.
  const SIZE = 500_000;
  const MILLISECONDS = 5_000;

  test.each([
    ['(?:a{1,20}){1,20}b', 'a'], ['(?:a|aa){1,200}b', 'a'], ['(?:a?){100}a{100}b', 'a'], ['\\d{1,32}x', '1'], ['a(?:a{100}c)?', 'a'], ['[ab]{20}a', 'ab'], ['\\w{1,100}@\\w{1,100}\\.c', 'a@'],
    ['(?:x{1,10}y{1,10}){1,20}z', 'xy'], ['.{1,120}"', 'é'],
  ])('%s on %j', (pattern, letters) => {
    const bytes = Buffer.from(letters.repeat(SIZE / Buffer.byteLength(letters)));
    const start = performance.now();
    search(bytes, [], [{ pattern }]);
    expect(performance.now() - start).toBeLessThan(MILLISECONDS);
  });

  test('keywords', () => {
    const start = performance.now();
    search(Buffer.alloc(SIZE, 'a a é'), [{ words: ['a '.repeat(50) + 'b', 'a'.repeat(400), 'é'.repeat(160)] }]);
    expect(performance.now() - start).toBeLessThan(MILLISECONDS);
  });
});

test('without rules it is not active', () => {
  const matcher = new CustomMatcher({ keywords: [], patterns: [] }, () => 0);
  expect(matcher.active).toBe(false);
  expect(matcher.find(Buffer.from('abc'), 0, 0, 3, 3, true, () => { throw new Error(); })).toBe(3);
});

/** Letters from `a` on, always the same. */
function randomLetters(length: number, kinds: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12345;
  for (let index = 0; index < length; index++) {
    state = Math.imul(state, 1_103_515_245) + 12_345 >>> 0;
    bytes[index] = 0x61 + (state >>> 16) % kinds;
  }
  return bytes;
}
