const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/** Bytes that literals are made of; what is wrong among them is found when the literal is read. */
const PART = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  PART[byte] = /[A-Za-z0-9+\-.]/.test(String.fromCharCode(byte)) ? 1 : 0;
}

/** Where the characters end that literals are made of. */
export function literalStop(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && PART[bytes[end]] === 1) {
    end++;
  }
  return end;
}

/** Where the number, `true`, `false` or `null` ends that starts at `from`; -1 if none does, or more characters of literals follow. */
export function literalEnd(bytes: Uint8Array, from: number, to: number): number {
  const first = bytes[from];
  const end = first === 0x74 ? wordEnd(bytes, from, TRUE) : first === 0x66 ? wordEnd(bytes, from, FALSE)
    : first === 0x6e ? wordEnd(bytes, from, NULL) : numberEnd(bytes, from, to);
  return end > to || end < to && PART[bytes[end]] === 1 ? -1 : end;
}

function wordEnd(bytes: Uint8Array, from: number, word: Uint8Array): number {
  for (let index = 0; index < word.length; index++) {
    if (bytes[from + index] !== word[index]) {
      return -1;
    }
  }
  return from + word.length;
}

/** @see https://www.rfc-editor.org/rfc/rfc8259#section-6 */
function numberEnd(bytes: Uint8Array, from: number, to: number): number {
  const first = bytes[from] === 0x2d ? from + 1 : from;
  let position = digitsEnd(bytes, first, to);
  if (position === first || bytes[first] === 0x30 && position > first + 1) {
    return -1;
  }
  if (position < to && bytes[position] === 0x2e) {
    const fraction = position + 1;
    position = digitsEnd(bytes, fraction, to);
    if (position === fraction) {
      return -1;
    }
  }
  if (position < to && (bytes[position] | 0x20) === 0x65) {
    position++;
    if (position < to && (bytes[position] === 0x2b || bytes[position] === 0x2d)) {
      position++;
    }
    const exponent = position;
    position = digitsEnd(bytes, exponent, to);
    if (position === exponent) {
      return -1;
    }
  }
  return position;
}

function digitsEnd(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && bytes[end] >= 0x30 && bytes[end] <= 0x39) {
    end++;
  }
  return end;
}
