import { CustomMatcher } from '../../src/redaction/custom/custom-matcher';
import { LOOK_AHEAD, LOOK_BEHIND } from '../../src/redaction/detect/recognizer';
import { RedactionError } from '../../src/redaction/errors';
import { fc } from '../fast-check';

type Match = [start: number, end: number, label: number];

/** A pattern as the project and as JavaScript write it. JavaScript's classes hold line breaks, which matches never do. */
interface Written {
  readonly mine: string;
  readonly script: string;
}

const same = (text: string): Written => ({ mine: text, script: text });

const characters = fc.constantFrom(
  ...['a', 'b', '-', '_', '7', 'é', '€', '🚀', '[ab]', '[a-c7]', '[^a]', '[é-€]', '\\w', '\\d', '\\D', '\\W', '\\.', '.', '(?:é|🚀)'].map(same),
  { mine: '\\s', script: '[\\t\\f ]' },
  { mine: '\\S', script: '[^\\t\\f \\n\\r]' },
  { mine: '[^\\w]', script: '[^\\w\\n\\r]' },
).map(({ mine, script }) => ({ mine, script: script.replace(/^\[\^a\]$/, '[^a\\n\\r]').replace(/^\\([DW])$/, '(?:(?![\\n\\r])\\$1)') }));

const conditions = fc.constantFrom('\\b', '\\B', '^', '$').map(same);
const repeats = fc.constantFrom('?', '{2}', '{1,3}', '{0,2}', '{2,12}', '{10}');

const { pattern: patterns } = fc.letrec<{ item: Written; sequence: Written; pattern: Written }>(tie => ({
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: characters, weight: 6 },
    { arbitrary: conditions, weight: 1 },
    { arbitrary: fc.tuple(tie('pattern'), repeats).map(([{ mine, script }, repeat]) => ({ mine: `(?:${mine})${repeat}`, script: `(?:${script})${repeat}` })), weight: 3 },
  ),
  sequence: fc.array(tie('item'), { minLength: 1, maxLength: 3 })
    .map(items => ({ mine: items.map(({ mine }) => mine).join(''), script: items.map(({ script }) => script).join('') })),
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 })
    .map(options => ({ mine: options.map(({ mine }) => mine).join('|'), script: options.map(({ script }) => script).join('|') })),
}));

const letters = fc.constantFrom('a', 'a', 'b', 'b', 'c', 'A', '7', '_', '-', ' ', '.', 'é', '€', '🚀', '\n', '\r');
const texts = fc.array(letters, { maxLength: 14 }).map(list => list.join(''));

/** Undefined for patterns that `Redaction.of` refuses: they can match nothing at all, or too much. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RedactionError && error.code === 'INVALID_RULES') {
      return undefined;
    }
    throw error;
  }
}

function matcherOf(list: readonly string[], words: readonly string[] = []): CustomMatcher | undefined {
  const rules = {
    keywords: words.length === 0 ? [] : [{ name: 'W', words, ignoreCase: true }],
    patterns: list.map((pattern, index) => ({ name: `P${index}`, pattern, ignoreCase: false })),
  };
  return unlessRefused(() => new CustomMatcher(rules, name => name === 'W' ? 100 : Number(name.slice(1))));
}

/** The leftmost matches, of those the longest, of those the first pattern: each span is tried for itself. */
function reference(list: readonly Written[], text: string): Match[] {
  const offsets = [0, ...[...text].map((_, index, all) => all.slice(0, index + 1).join('').length)];
  const matches: Match[] = [];
  for (let start = 0; start < offsets.length - 1; start++) {
    tried: for (let end = offsets.length - 1; end > start; end--) {
      for (const [label, { script }] of list.entries()) {
        const exact = new RegExp(`(?:${script})(?=[^]{${offsets.length - 1 - end}}(?![^]))`, 'muy');
        exact.lastIndex = offsets[start];
        if (exact.test(text)) {
          matches.push([Buffer.byteLength(text.slice(0, offsets[start])), Buffer.byteLength(text.slice(0, offsets[end])), label]);
          start = end - 1;
          break tried;
        }
      }
    }
  }
  return matches;
}

test('patterns match what JavaScript says, leftmost and longest', () => {
  let matching = 0;
  fc.assert(fc.property(fc.array(patterns, { minLength: 1, maxLength: 3 }), fc.array(texts, { minLength: 1, maxLength: 4 }), (list, each) => {
    const matcher = matcherOf(list.map(({ mine }) => mine));
    fc.pre(matcher !== undefined);
    for (const text of each) {
      const found: Match[] = [];
      const bytes = Buffer.from(text);
      matcher.find(bytes, 0, 0, bytes.length, bytes.length, true, (...match) => found.push(match));
      const expected = reference(list, text);
      matching += expected.length;
      expect(found.join(' ')).toBe(expected.join(' '));
    }
  }), { numRuns: 100 });
  expect(matching).toBeGreaterThan(50);
});

/** Searches as a stream does: the bytes come in parts, and what was decided before is gone but for a few. */
function inParts(matcher: CustomMatcher, bytes: Buffer, cuts: readonly number[]): Match[] {
  const found: Match[] = [];
  let from = 0;
  for (const high of [...cuts, bytes.length]) {
    const last = high === bytes.length;
    // As the scanner of types: no value spans a newline.
    const limit = last ? high : Math.max(from, high - LOOK_AHEAD, bytes.lastIndexOf('\n', high - 1) + 1);
    const low = Math.max(0, from - LOOK_BEHIND);
    const window = Buffer.concat([Buffer.alloc(low, '#'), bytes.subarray(low, high), Buffer.alloc(600, '#')]);
    if (limit > from) {
      from = matcher.find(window, low, from, limit, high, last, (...match) => found.push(match));
      if (from < limit) {
        throw new Error(`the search stopped at ${from}, before ${limit}`);
      }
    }
  }
  return found;
}

test('what is found does not depend on how the text is cut', () => {
  const long = fc.array(fc.oneof(
    fc.array(letters, { minLength: 1, maxLength: 30 }).map(list => list.join('')),
    fc.tuple(fc.constantFrom('a', 'ab', 'é', '7-', 'x y ', 'Apollo '), fc.integer({ min: 1, max: 300 })).map(([text, count]) => text.repeat(count)),
    fc.constantFrom('Project Apollo', 'a'.repeat(450), 'apolloé', '"'.padEnd(400, 'b') + '"'),
  ), { minLength: 3, maxLength: 14 }).map(parts => Buffer.from(parts.join('')));
  const lists = fc.oneof(fc.array(patterns.map(({ mine }) => mine), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(['a{1,450}', '"b{1,490}"'], ['a{2,3}', '\\b[a7-]{1,400}$'], ['(?:ab){1,249}', '^.{1,120}']));
  let matching = 0;
  fc.assert(fc.property(lists, long, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (list, bytes, fractions) => {
    const matcher = matcherOf(list, ['Apollo', 'project apollo']);
    fc.pre(matcher !== undefined);
    // UTF-8 is cut between characters only.
    const cuts = fractions.map(fraction => {
      let cut = Math.floor(fraction * bytes.length);
      while ((bytes[cut] & 0xc0) === 0x80) {
        cut--;
      }
      return cut;
    }).filter(cut => cut > 0 && cut < bytes.length).sort((one, other) => one - other);
    const found = unlessRefused(() => [inParts(matcher, bytes, cuts), inParts(matcher, bytes, [])]);
    fc.pre(found !== undefined);
    const [parts, whole] = found;
    matching += whole.length;
    expect(parts.join(' ')).toBe(whole.join(' '));
  }), { numRuns: 100 });
  expect(matching).toBeGreaterThan(200);
});

test('every cut of a text of blocks', () => {
  const matcher = matcherOf(['a{1,450}b', '\\bx{3}\\b'], ['Apollo'])!;
  const bytes = Buffer.from(('a'.repeat(400) + 'b Apollo xxx ' + 'y'.repeat(490)).repeat(40));
  const whole = inParts(matcher, bytes, []);
  expect(whole).toHaveLength(120);
  const differing = Array.from({ length: 500 }, (_, index) => 16_000 + 3 * index).filter(cut => inParts(matcher, bytes, [cut]).join(' ') !== whole.join(' '));
  expect(differing).toEqual([]);
});

test('a search that would need bytes which are not there ends with an error', () => {
  const matcher = matcherOf(['\\d{5}'])!;
  expect(() => matcher.find(Buffer.from('x 123'), 0, 0, 5, 5, false, () => undefined)).toThrow('behind the bytes at hand');
});
