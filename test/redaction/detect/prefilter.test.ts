import { CLASS, LETTER, UPPER } from '../../../src/redaction/detect/bytes';
import { PlainPrefilter, Prefilter, keywordHashes } from '../../../src/redaction/detect/prefilter';
import { SimdPrefilter, makePrefilter } from '../../../src/redaction/detect/simd-prefilter';
import { fc } from '../../fast-check';

const KEYWORDS = ['password', 'pin', 'user', 'swift', 'cvv', 'born', 'www'];
const plain = new PlainPrefilter(keywordHashes(KEYWORDS));
const simd = new SimdPrefilter(KEYWORDS);

/** The offsets that are marked, less letters after which no keyword is: those may be marked, or not. */
function anchors(prefilter: Prefilter, text: string | Uint8Array, from = 0, to = Buffer.from(text).length): number[] {
  const bytes = Buffer.from(text);
  const marks = new Uint32Array((to - from >> 5) + 2).fill(0xffffffff);
  prefilter.mark(bytes, from, to, marks);
  return Array.from({ length: to - from }, (_, index) => index)
    .filter(index => (marks[index >> 5] >>> (index & 31) & 1) !== 0)
    .map(index => index + from)
    .filter(offset => !isLooseLetter(bytes, offset, from, to));
}

/** A letter at the start of a word that starts no keyword, and no token with digits before it. */
function isLooseLetter(bytes: Uint8Array, offset: number, from: number, to: number): boolean {
  const kind = CLASS[bytes[offset]];
  const before = offset > from ? CLASS[bytes[offset - 1]] : 0;
  return (kind & LETTER) !== 0 && ((before & LETTER) === 0 || (kind & UPPER) !== 0) && before !== CLASS[0x30]
    && !KEYWORDS.some(word => offset + word.length <= to && Buffer.from(bytes.subarray(offset, offset + word.length)).toString('latin1').toLowerCase() === word);
}

describe.each([['plain', plain], ['SIMD', simd]])('the %s prefilter', (_name, prefilter) => {
  test.each<[string, string, number[]]>([
    ['an @', 'a@b', [1]],
    ['the last of several @', 'a@@b', [2]],
    ['a number of seven', 'n 1234567', [2]],
    ['a number of six', 'n 123456', []],
    ['a number with separators', 'n 12-34 56', [2]],
    ['groups far from seven bytes of the end', '1 2 3 4 5 6', [0, 2, 4]],
    ['digits that go on after a dot', '1.2.3.4.5.6.7', [0]],
    ['digits that go on after a dash', '1-2-3-4-5-6-7', [0]],
    ['an address after digits and a dash', '12-192.0.2.1', [0, 3]],
    ['letters before digits', 'AB1234567 x', [2]],
    ['digits before letters', '12345678Z ', [0, 8]],
    ['a short token', 'AB1234', []],
    ['a token of seven', '(ABC12.', []],
    ['a token of seven with both', '(ABCDE12)', [6]],
    ['percent-encoding', 'a%40b %4 %zz', [1]],
    ['a scheme', 'x http://y', [6]],
    ['two colons', 'fe80::1', [4]],
    ['many colons', 'a:::::::b', [1]],
    ['three colons near each other', 'aa:bb:cc:dd', [2]],
    ['a time', 'at 10:20:30.123 ', []],
    ['a timestamp', 'at 2026-01-31T10:20:30.123Z', []],
    ['a date', 'at 2026-01-31 in', [3]],
    ['what is no time', 'at 10:2:30:4', [3, 5]],
    ['dashes', 'aa-bb-cc-dd', [2]],
    ['dots', 'aabb.ccdd.eeff', [4]],
    ['dots between other letters', 'some.word.here', []],
    ['a keyword', 'my Password: x', [3]],
    ['a keyword in a name', 'userPIN', [0, 4]],
    ['no keyword within a word', 'opinion', []],
    ['characters beyond ASCII', 'ß12345678é', [2]],
  ])('%s: %s', (_case, text, expected) => {
    expect(anchors(prefilter, text)).toEqual(expected);
    // Wherever it stands in the blocks that the SIMD instructions work on.
    for (const shift of [1, 31, 57, 60, 62, 63, 64, 127]) {
      const shifted = `${';'.repeat(shift)}${text};`;
      expect(anchors(prefilter, shifted, 0, shift + Buffer.byteLength(text))).toEqual(expected.map(offset => offset + shift));
    }
  });

  // Few bytes are read in another way than many.
  test.each([0, 40])('looks at no byte outside of the range, with %i more bytes in it', more => {
    const blanks = ';'.repeat(more);
    expect(anchors(prefilter, `@${blanks}1234567@`, 1, more + 7)).toEqual([]);
    expect(anchors(prefilter, `A1234567${blanks}`, 1, more + 8)).toEqual([1]);
    expect(anchors(prefilter, `${blanks}password`, 0, more + 2)).toEqual([]);
  });

  test('goes over megabytes, then over few bytes', () => {
    expect(anchors(prefilter, `${'x'.repeat(1_000_000)} 1234567`)).toEqual([1_000_001]);
    expect(anchors(prefilter, 'x')).toEqual([]);
    expect(anchors(prefilter, '')).toEqual([]);
  });
});

test.each([plain, simd])('other words are rarely marked', prefilter => {
  const text = 'The passenger passed the pinnacle; users swam. PINS, passports, born again, used. '.repeat(40);
  const marks = new Uint32Array(text.length / 32 + 2);
  prefilter.mark(Buffer.from(text), 0, text.length, marks);
  const marked = [...text].map((_, index) => (marks[index >> 5] >>> (index & 31) & 1) !== 0 ? text.slice(index, index + 4).toLowerCase() : '');
  expect([...new Set(marked)].sort()).toEqual(['', 'born', 'pass', 'user']);
});

test('both mark the same', () => {
  const pieces = fc.constantFrom('@', '%', '%4F', ':', '::', '/', '-', '.', ' ', '1', '23', '4567', 'a', 'B', 'pin', 'PASS', 'é', '\n', '"', ',', '+', '(', ')');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 220 }), fc.nat(70), (parts, from) => {
    const text = parts.join('');
    const to = Buffer.byteLength(text);
    const start = Math.min(from, to);
    expect(anchors(simd, text, start, to)).toEqual(anchors(plain, text, start, to));
  }), { numRuns: 1500, seed: 1 });
});

test('both mark the same in any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
    expect(anchors(simd, bytes)).toEqual(anchors(plain, bytes));
  }), { numRuns: 500, seed: 2 });
});

test('this machine takes the fast one', () => {
  expect(makePrefilter(KEYWORDS)).toBeInstanceOf(SimdPrefilter);
});
