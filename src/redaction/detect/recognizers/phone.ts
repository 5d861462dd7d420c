import { CLASS, LETTER, UPPER, isAlphanumeric, isDigit, lower } from '../bytes';
import { AnchoredRecognizer, Found, Needs, Verdict } from '../recognizer';
import { Gap, PhoneGroups } from './phone-groups';
import { Proof, proofOf } from './phone-shape';
import { CONTEXT, EXTENSIONS, KINDS, NAMES, OTHERS, PLACES } from './phone-words';
import { wordEnd, wordStart } from './words';
import { PiiType } from '../../pii-type';

const BLANK = 0x20;
const OPEN = 0x28;
const PLUS = 0x2b;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;

const LONGEST_EXTENSION = 7;
const SHORTEST_WORD = 3;
/** Longer than any of KINDS and EXTENSIONS. */
const LONGEST_KIND = 12;
/** So few digits are a number only right after a name for it. */
const FEW_DIGITS = 6;

const groups = new PhoneGroups();

/** What the first digits may be followed by, if more than they is to be a number: another group, its extension, its kind. */
const MORE = new Uint8Array(256);
Buffer.from('0123456789 -./()[#').forEach(byte => MORE[byte] = 1);
MORE.fill(1, 0x80);
CLASS.forEach((kind, byte) => MORE[byte] |= (kind & LETTER) === 0 ? 0 : 1);

/** What a number needs, by what its shape proves. */
const NEEDS: Record<Proof, Needs> = { [Proof.NONE]: 'word', [Proof.WORD]: 'word', [Proof.CONTEXT]: 'context', [Proof.SHAPE]: 'nothing' };

/**
 * Telephone numbers. Some are told by their shape: with calling code, the North American 3-3-4, national numbers with a trunk `0`, area
 * codes in parentheses, each with an extension; and digits after which `fax`, `mobile` or the like is written. Others need a word.
 *
 * @see https://www.itu.int/rec/T-REC-E.123
 * @see https://www.nanpa.com/numbering
 */
export const PHONE: AnchoredRecognizer = {
  type: PiiType.PHONE,
  anchor: 'number',
  context: CONTEXT,
  mayProve(bytes: Uint8Array, at: number, low: number, high: number): boolean {
    if (at > low && (bytes[at - 1] === PLUS || bytes[at - 1] === OPEN)) {
      return true;
    }
    let end = at + 1;
    while (end < high && isDigit(bytes[end])) {
      end++;
    }
    if (end < high && bytes[end] === BLANK) {
      end++;
      const word = wordEnd(bytes, end, Math.min(high, end + LONGEST_KIND));
      if (word > end) {
        return KINDS.has(bytes, end, word) || EXTENSIONS.has(bytes, end, word);
      }
    }
    return end < high && (bytes[end] === COMMA ? extensionEnd(bytes, end, high) > end : MORE[bytes[end]] === 1);
  },
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    if (!groups.read(bytes, at, low, high)) {
      return Verdict.NO;
    }
    for (let count = groups.count; count > 0; count--) {
      const proof = judge(bytes, count, low, high, found);
      if (proof !== Proof.NONE) {
        found.needs = NEEDS[proof];
        return Verdict.YES;
      }
    }
    return Verdict.NO;
  },
};

/** What the first `count` groups prove where they stand; fills `found`. */
function judge(bytes: Uint8Array, count: number, low: number, high: number, found: Found): Proof {
  const whole = count === groups.count;
  const shape = whole || mayStopBefore(count) ? proofOf(groups, count) : Proof.NONE;
  const end = groups.ends[count - 1];
  if (shape === Proof.NONE || shape < Proof.SHAPE && !whole) {
    return Proof.NONE;
  }
  const extended = extensionEnd(bytes, end, high);
  if (extended === end && whole && goesOn(bytes, end, high)) {
    return Proof.NONE;
  }
  if (groups.follows && shape !== Proof.SHAPE) {
    return Proof.NONE;
  }
  found.start = groups.start;
  found.end = extended;
  if (shape === Proof.SHAPE) {
    return shape;
  }
  const total = groups.totals[count - 1];
  const name = nameBefore(bytes, groups.start, low);
  if (name === Name.OTHER || isPart(bytes, groups.start, low)) {
    return Proof.NONE;
  }
  if (extended > end && total >= 10 || hasKind(bytes, end, high)) {
    return Proof.SHAPE;
  }
  return total > FEW_DIGITS || name === Name.NUMBER ? shape : Proof.NONE;
}

/** Whether digits are a part of a name, as in `stack-123456789`. */
function isPart(bytes: Uint8Array, start: number, low: number): boolean {
  return start - 2 >= low && bytes[start - 1] === DASH && isAlphanumeric(bytes[start - 2]);
}

/** Whether a number may end before a group that follows: what comes is set off in another way than its own groups are. */
function mayStopBefore(count: number): boolean {
  return groups.gaps[count] === Gap.BLANK && (count === 1 || groups.gaps[count - 1] !== Gap.BLANK || groups.plus);
}

function goesOn(bytes: Uint8Array, end: number, high: number): boolean {
  if (end >= high) {
    return false;
  }
  const byte = bytes[end];
  if (byte === DASH) {
    // `-Office` may follow, but not the next two letters of a longer code.
    const word = end + 1 < high && isAlphanumeric(bytes[end + 1]) ? wordEnd(bytes, end + 1, Math.min(high, end + 4)) - end - 1 : SHORTEST_WORD;
    return word < SHORTEST_WORD;
  }
  if (byte === DOT || byte === COLON || byte === COMMA || byte === 0x2f) {
    return end + 1 < high && isDigit(bytes[end + 1]);
  }
  return isAlphanumeric(byte) || byte === 0x5f || byte === 0x25 || byte === 0x40;
}

/** The end of `x12`, `ext. 12`, `#12`; `end` if no extension follows. */
function extensionEnd(bytes: Uint8Array, end: number, high: number): number {
  let position = end;
  while (position < high && position < end + 2 && (bytes[position] === BLANK || bytes[position] === COMMA)) {
    position++;
  }
  if (position >= high) {
    return end;
  }
  const word = wordEnd(bytes, position, Math.min(high, position + 10));
  if (bytes[position] === 0x23) {
    position++;
  } else if (EXTENSIONS.has(bytes, position, word)) {
    position = word;
  } else {
    return end;
  }
  while (position < high && position < word + 3 && (bytes[position] === 0x20 || bytes[position] === DOT || bytes[position] === COLON)) {
    position++;
  }
  const first = position;
  while (position < high && position - first <= LONGEST_EXTENSION && isDigit(bytes[position])) {
    position++;
  }
  const size = position - first;
  return size > 0 && size <= LONGEST_EXTENSION && !(position < high && isAlphanumeric(bytes[position])) ? position : end;
}

/** Whether the kind of number is written after it, as in `555 0100 fax` or `555 0100-Office`. */
function hasKind(bytes: Uint8Array, end: number, high: number): boolean {
  let position = end;
  let set = false;
  while (position < high && position < end + 3) {
    const byte = bytes[position];
    if (byte === 0x28 || byte === 0x2d || byte === 0x5b) {
      set = true;
    } else if (byte !== 0x20) {
      break;
    }
    position++;
  }
  const word = wordEnd(bytes, position, Math.min(high, position + 12));
  // Not `555 mobile users`: nothing more is said.
  const next = word < high ? bytes[word] : 0;
  if (word === position || next === 0x20 && word + 1 < high && (CLASS[bytes[word + 1]] & LETTER) !== 0 && !set) {
    return false;
  }
  return KINDS.has(bytes, position, word) || set && PLACES.has(bytes, position, word);
}

/** What stands before the digits as their name. */
enum Name {
  NONE,
  NUMBER,
  /** `order 5550100`, `offset=5550100`. */
  OTHER,
}

function nameBefore(bytes: Uint8Array, start: number, low: number): Name {
  let position = start;
  let named = false;
  while (position > low && position > start - 4 && isBetween(bytes[position - 1])) {
    named ||= bytes[position - 1] === COLON || bytes[position - 1] === 0x3d;
    position--;
  }
  const word = wordStart(bytes, position, low);
  if (word === position) {
    // A value of its own has its name elsewhere.
    return start === low ? Name.NUMBER : Name.NONE;
  }
  const last = wordOf(bytes, word, position);
  if (named) {
    return NAMES.has(bytes, last, position) ? Name.NUMBER : Name.OTHER;
  }
  return OTHERS.has(bytes, last, position) ? Name.OTHER : Name.NONE;
}

/** Where the last word starts in a name such as `homePhone`. */
function wordOf(bytes: Uint8Array, start: number, end: number): number {
  for (let position = end - 1; position > start; position--) {
    if ((CLASS[bytes[position]] & UPPER) !== 0 && lower(bytes[position - 1]) === bytes[position - 1]) {
      return position;
    }
  }
  return start;
}

function isBetween(byte: number): boolean {
  return byte === 0x20 || byte === COLON || byte === 0x3d || byte === 0x22 || byte === 0x27 || byte === DOT || byte === 0x28 || byte === 0x29;
}
