const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/** Bytes that literals are made of; what is wrong among them is found when the literal is read. */
const PART = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  PART[byte] = /[A-Za-z0-9+\-.]/.test(String.fromCharCode(byte)) ? 1 : 0;
}

/** Where a number, `true`, `false` or `null` that starts at `from` ends. */
export function endOfLiteral(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && PART[bytes[end]] === 1) {
    end++;
  }
  return end;
}

/** Whether `bytes[from, to)` is one of them. */
export function isLiteral(bytes: Uint8Array, from: number, to: number): boolean {
  switch (bytes[from]) {
    case 0x74: // t
      return isWord(bytes, from, to, TRUE);
    case 0x66: // f
      return isWord(bytes, from, to, FALSE);
    case 0x6e: // n
      return isWord(bytes, from, to, NULL);
    default:
      return isNumber(bytes, from, to);
  }
}

function isWord(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) {
    if (bytes[from + index] !== word[index]) {
      return false;
    }
  }
  return to - from === word.length;
}

/** @see https://www.rfc-editor.org/rfc/rfc8259#section-6 */
function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  let position = from < to && bytes[from] === 0x2d ? from + 1 : from;
  const first = position;
  position = digits(bytes, position, to);
  if (position === first || bytes[first] === 0x30 && position > first + 1) {
    return false;
  }
  if (position < to && bytes[position] === 0x2e) {
    const fraction = position + 1;
    position = digits(bytes, fraction, to);
    if (position === fraction) {
      return false;
    }
  }
  if (position < to && (bytes[position] | 0x20) === 0x65) {
    position++;
    if (position < to && (bytes[position] === 0x2b || bytes[position] === 0x2d)) {
      position++;
    }
    const exponent = position;
    position = digits(bytes, exponent, to);
    if (position === exponent) {
      return false;
    }
  }
  return position === to;
}

function digits(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && bytes[end] >= 0x30 && bytes[end] <= 0x39) {
    end++;
  }
  return end;
}
