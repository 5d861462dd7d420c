// The prefilter of the redaction engine in AssemblyScript, with the SIMD instructions of WebAssembly: 64 bytes a step.
// What it marks is said in src/redaction/detect/prefilter.ts, whose PlainPrefilter it is compared with in the tests.
// `npx tsx scripts/wasm.ts` compiles it into src/redaction/detect/prefilter-wasm.ts.
//
// Memory: three tables of 32 bytes for the first three letters of keywords, a bit for each hash of the first four, then the text, with at
// least 128 zero bytes behind it.

/** Where the bits of hashes start. */
const HASHES: usize = 128;
/** Where the text starts. */
const TEXT: usize = 8192;

/** Writes the marks of `length` bytes to `out`, 64 bits for 64 bytes. */
export function mark(length: i32, out: usize): void {
  let digitsBefore: u64 = 0, letterBefore: u64 = 0, colonsBefore: u64 = 0, dashBefore: u64 = 0, dotBefore: u64 = 0, carryOfLetters: u64 = 0, carryOfDigits: u64 = 0;
  // Masks of 64 bytes, one bit a byte: of the block at hand, and (with a 2) of the one behind it.
  let digits: u64 = 0, letters: u64 = 0, numeric: u64 = 0, ats: u64 = 0, percents: u64 = 0;
  let colons: u64 = 0, slashes: u64 = 0, dashes: u64 = 0, dots: u64 = 0, keywords: u64 = 0;
  for (let position = -64; position < length; position += 64) {
    const at = TEXT + position + 64;
    const a = v128.load(at), b = v128.load(at + 16), c = v128.load(at + 32), d = v128.load(at + 48);
    const as = small(a), bs = small(b), cs = small(c), ds = small(d);
    const digits2 = bits(between(a, 0x30, 10), between(b, 0x30, 10), between(c, 0x30, 10), between(d, 0x30, 10));
    const letters2 = bits(between(as, 0x61, 26), between(bs, 0x61, 26), between(cs, 0x61, 26), between(ds, 0x61, 26));
    const numeric2 = bits(isNumeric(a), isNumeric(b), isNumeric(c), isNumeric(d));
    const ats2 = equal(a, b, c, d, 0x40);
    const percents2 = equal(a, b, c, d, 0x25);
    const colons2 = equal(a, b, c, d, 0x3a);
    const slashes2 = equal(a, b, c, d, 0x2f);
    const dashes2 = equal(a, b, c, d, 0x2d);
    const dots2 = equal(a, b, c, d, 0x2e);
    const keywords2 = bits(startsKeyword(at), startsKeyword(at + 16), startsKeyword(at + 32), startsKeyword(at + 48));

    if (position >= 0) {
      const afterDigit = digits << 1 | digitsBefore >> 63;
      const afterLetter = letters << 1 | letterBefore;
      const afterColon = colons << 1 | colonsBefore >> 63;
      const clock = ahead(colons, colons2, 2) & (ahead(colons, colons2, 5) | afterColon) | afterColon & (colons << 4 | colonsBefore >> 60);
      const date = ahead(dashes, dashes2, 4) & ahead(dashes, dashes2, 7) & ahead(letters, letters2, 10);
      const dotted = ahead(dots, dots2, 1) | ahead(dots, dots2, 2) | ahead(dots, dots2, 3);
      const later = (digits << 2 | digitsBefore >> 62) & (dots << 1 | dotBefore | (dashes << 1 | dashBefore) & ~dotted);
      let marks = ats & ~ahead(ats, ats2, 1) | digits & ~(afterDigit | clock | date | later) & runsOfSeven(numeric, numeric2);
      const capitals = capitalsOf(at - 64);
      let words = keywords & letters & (~afterLetter | capitals);
      // Most blocks have one at most: that one without a branch, which would be foretold wrongly as often as not.
      marks |= wordMark(at - 64, words);
      words &= words - 1;
      while (words != 0) {
        marks |= wordMark(at - 64, words);
        words &= words - 1;
      }

      // Adding the start of a run to the run carries to the first bit behind it.
      const tokens = digits | letters;
      const starts = tokens & ~(afterDigit | afterLetter) & runsOfSeven(tokens, digits2 | letters2);
      const byLetters = letters + (starts & letters);
      const behindLetters = byLetters + carryOfLetters;
      carryOfLetters = u64(byLetters < letters) | u64(behindLetters < byLetters);
      const byDigits = digits + (starts & digits);
      const behindDigits = byDigits + carryOfDigits;
      carryOfDigits = u64(byDigits < digits) | u64(behindDigits < byDigits);
      marks |= behindLetters & ~letters & digits | behindDigits & ~digits & letters;

      if (percents != 0) {
        const hexadecimal = hexadecimalOf(at - 64), hexadecimal2 = hexadecimalOf(at);
        marks |= percents & ahead(hexadecimal, hexadecimal2, 1) & ahead(hexadecimal, hexadecimal2, 2);
      }
      if (colons != 0) {
        const chains2 = colons2 & near(colons2, 0);
        marks |= colons & ~afterColon & (ahead(colons, colons2, 1)
          | ahead(slashes, slashes2, 1) & ahead(slashes, slashes2, 2)
          | near(colons & near(colons, colons2), chains2));
      }
      marks |= dashes & ahead(dashes, dashes2, 3) & ahead(dashes, dashes2, 6);
      const pairs = dots & ahead(dots, dots2, 5);
      if (pairs != 0) {
        const hexadecimal = hexadecimalOf(at - 64), hexadecimal2 = hexadecimalOf(at);
        marks |= pairs & ahead(hexadecimal, hexadecimal2, 1) & ahead(hexadecimal, hexadecimal2, 2)
          & ahead(hexadecimal, hexadecimal2, 3) & ahead(hexadecimal, hexadecimal2, 4);
      }
      store<u64>(out + (position >> 3), marks);
      digitsBefore = digits;
      letterBefore = letters >> 63;
      colonsBefore = colons;
      dashBefore = dashes >> 63;
      dotBefore = dots >> 63;
    }
    digits = digits2; letters = letters2; numeric = numeric2; ats = ats2; percents = percents2;
    colons = colons2; slashes = slashes2; dashes = dashes2; dots = dots2; keywords = keywords2;
  }
}

function capitalsOf(at: usize): u64 {
  return bits(between(v128.load(at), 0x41, 26), between(v128.load(at + 16), 0x41, 26),
    between(v128.load(at + 32), 0x41, 26), between(v128.load(at + 48), 0x41, 26));
}

function hexadecimalOf(at: usize): u64 {
  const a = v128.load(at), b = v128.load(at + 16), c = v128.load(at + 32), d = v128.load(at + 48);
  return bits(between(a, 0x30, 10), between(b, 0x30, 10), between(c, 0x30, 10), between(d, 0x30, 10))
    | bits(between(small(a), 0x61, 6), between(small(b), 0x61, 6), between(small(c), 0x61, 6), between(small(d), 0x61, 6));
}

/** Bit i is bit i + by of the two masks in a row. */
// @ts-ignore: decorator
@inline
function ahead(mask: u64, next: u64, by: u64): u64 {
  return mask >> by | next << (64 - by);
}

/** Where a bit is set within the next five. */
// @ts-ignore: decorator
@inline
function near(mask: u64, next: u64): u64 {
  return ahead(mask, next, 1) | ahead(mask, next, 2) | ahead(mask, next, 3) | ahead(mask, next, 4) | ahead(mask, next, 5);
}

/** Where seven bits in a row are set. */
// @ts-ignore: decorator
@inline
function runsOfSeven(mask: u64, next: u64): u64 {
  const two = mask & ahead(mask, next, 1);
  const two2 = next & next >> 1;
  const four = two & ahead(two, two2, 2);
  const four2 = two2 & two2 >> 2;
  return four & ahead(four, four2, 3);
}

// @ts-ignore: decorator
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return u64(i8x16.bitmask(a)) | u64(i8x16.bitmask(b)) << 16 | u64(i8x16.bitmask(c)) << 32 | u64(i8x16.bitmask(d)) << 48;
}

// @ts-ignore: decorator
@inline
function equal(a: v128, b: v128, c: v128, d: v128, byte: i8): u64 {
  const splat = i8x16.splat(byte);
  return bits(i8x16.eq(a, splat), i8x16.eq(b, splat), i8x16.eq(c, splat), i8x16.eq(d, splat));
}

/** Signed comparison is one instruction of most processors, unsigned is three: so what is compared is less by 128. */
// @ts-ignore: decorator
@inline
function between(v: v128, first: i8, count: i8): v128 {
  return i8x16.lt_s(i8x16.sub(v, i8x16.splat(<i8>(first ^ -128))), i8x16.splat(<i8>(count - 128)));
}

// @ts-ignore: decorator
@inline
function small(v: v128): v128 {
  return v128.or(v, i8x16.splat(0x20));
}

/** The high four bits of each byte: a shift of bytes is several instructions, one of words a single one. */
// @ts-ignore: decorator
@inline
function highHalf(v: v128): v128 {
  return v128.and(i16x8.shr_u(v, 4), i8x16.splat(15));
}

/** Digits, blanks and `-./()+:`: by the low half of bytes that start with 2 (bit 0) or 3 (bit 1). */
// @ts-ignore: decorator
@inline
function isNumeric(v: v128): v128 {
  const low = i8x16(3, 2, 2, 2, 2, 2, 2, 2, 3, 3, 2, 1, 0, 1, 1, 1);
  const high = i8x16(0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const hit = v128.and(i8x16.swizzle(low, v128.and(v, i8x16.splat(15))), i8x16.swizzle(high, highHalf(v)));
  return i8x16.ne(hit, i8x16.splat(0));
}

/** The first of `words`, if it is a keyword. */
// @ts-ignore: decorator
@inline
function wordMark(at: usize, words: u64): u64 {
  return words & -words & -isKeyword(at + usize(ctz(words)));
}

/** 1 if the first four letters are those of a keyword, or all three; a capital after a small letter starts another word. */
// @ts-ignore: decorator
@inline
function isKeyword(at: usize): u64 {
  const four = load<u32>(at);
  const third = four >> 16 & 0xff, fourth = four >> 24;
  const isLetter = u32((fourth | 0x20) - 0x61 < 26) & (u32(fourth >= 0x61) | u32(third < 0x61));
  const hash = (four & 31) << 10 | (four >> 8 & 31) << 5 | third & 31;
  const index = (hash ^ (fourth & 31) * 1237 * isLetter) & 0x7fff;
  return u64(load<u8>(HASHES + (index >> 3)) >> u8(index & 7) & 1);
}

/** The groups of keywords (one bit each) that have the letter of each byte at one place, whatever its case. */
// @ts-ignore: decorator
@inline
function groups(at: usize, table: usize): v128 {
  const letter = v128.and(v128.load(at), i8x16.splat(31));
  // Beyond 15 a swizzle gives 0.
  return v128.or(i8x16.swizzle(v128.load(table), letter), i8x16.swizzle(v128.load(table + 16), v128.xor(letter, i8x16.splat(16))));
}

// @ts-ignore: decorator
@inline
function startsKeyword(at: usize): v128 {
  return i8x16.ne(v128.and(v128.and(groups(at, 0), groups(at + 1, 32)), groups(at + 2, 64)), i8x16.splat(0));
}
