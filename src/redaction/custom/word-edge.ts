const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that put no blanks between words. */
const WITHOUT_BLANKS = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

/** Whether `at` is not within a word: not both characters beside it are letters or digits, of scripts that put blanks between words. */
export function isWordEdge(bytes: Uint8Array, at: number, low: number, high: number): boolean {
  if (at === low || at === high || bytes[at - 1] < 0x80 && bytes[at] < 0x80) {
    return at === low || at === high || !(isAsciiWord(bytes[at - 1]) && isAsciiWord(bytes[at]));
  }
  const left = characterBefore(bytes, at, low);
  const right = characterAt(bytes, at, high);
  return !(WORD_CHARACTER.test(left) && WORD_CHARACTER.test(right)) || WITHOUT_BLANKS.test(left) || WITHOUT_BLANKS.test(right);
}

function isAsciiWord(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5a || byte >= 0x61 && byte <= 0x7a;
}

function characterBefore(bytes: Uint8Array, at: number, low: number): string {
  let start = at - 1;
  while (start > low && at - start < 4 && isContinuation(bytes[start])) {
    start--;
  }
  return decoded(bytes, start, at);
}

function characterAt(bytes: Uint8Array, at: number, high: number): string {
  let end = at + 1;
  while (end < high && end - at < 4 && isContinuation(bytes[end])) {
    end++;
  }
  return decoded(bytes, at, end);
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function decoded(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
