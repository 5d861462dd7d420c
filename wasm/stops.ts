// Marks the bytes that a format reader stops at, in AssemblyScript, with the SIMD instructions of WebAssembly: 64 bytes a step.
// src/redaction/format/stops.ts says what it does without them; the tests compare the two.
//
// Memory: the text from TEXT on, with at least 64 bytes behind it.

/** Where the text starts. */
const TEXT: usize = 1024;

/** Writes to `out`, 64 bits for 64 bytes, which of `length` bytes are one of four, or less than `below`. */
export function mark(length: i32, out: usize, one: i32, two: i32, three: i32, four: i32, below: i32): void {
  const a = i8x16.splat(<i8>one), b = i8x16.splat(<i8>two), c = i8x16.splat(<i8>three), d = i8x16.splat(<i8>four);
  const least = i8x16.splat(<i8>below);
  for (let position = 0; position < length; position += 64) {
    const at = TEXT + position;
    store<u64>(out, stops(at, a, b, c, d, least) | stops(at + 16, a, b, c, d, least) << 16
      | stops(at + 32, a, b, c, d, least) << 32 | stops(at + 48, a, b, c, d, least) << 48);
    out += 8;
  }
}

// @ts-ignore: decorator
@inline
function stops(at: usize, a: v128, b: v128, c: v128, d: v128, least: v128): u64 {
  const text = v128.load(at);
  const equal = v128.or(v128.or(i8x16.eq(text, a), i8x16.eq(text, b)), v128.or(i8x16.eq(text, c), i8x16.eq(text, d)));
  return <u64>i8x16.bitmask(v128.or(equal, i8x16.lt_u(text, least)));
}
