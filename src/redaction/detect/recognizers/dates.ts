import { CLASS, LETTER, isAlphanumeric, isDigit, lower } from '../bytes';

const ZERO = 0x30;
const EARLIEST = 1880;
const LATEST = 2039;

/** How the names of months start in languages of Europe: January to December, letter for letter. */
const MONTH_NAMES = [
  'jan', 'ene', 'gen', 'sty', 'feb', 'fev', 'fé', 'lut', 'mar', 'mä', 'mrt', 'mrz', 'apr', 'avr', 'abr', 'kwi', 'may', 'mai', 'mei', 'mag', 'maj',
  'jun', 'jui', 'giu', 'cze', 'jul', 'lug', 'lip', 'aug', 'aou', 'ago', 'sie', 'sep', 'set', 'wrz', 'oct', 'okt', 'ott', 'out', 'paz', 'nov', 'lis',
  'dec', 'dez', 'dic', 'dé', 'des', 'gru',
];

/** By the last five bits of three bytes each, which tell letters apart. */
const MONTHS = new Uint8Array(1 << 15);
MONTH_NAMES.map(name => Buffer.from(name)).filter(name => name.length === 3).forEach(name => MONTHS[prefixOf(name, 0)] = 1);

function prefixOf(bytes: Uint8Array, start: number): number {
  return (bytes[start] & 31) << 10 | (bytes[start + 1] & 31) << 5 | bytes[start + 2] & 31;
}

/** Whether the name of a month starts at `start`. */
export function startsMonth(bytes: Uint8Array, start: number, high: number): boolean {
  return start + 3 <= high && MONTHS[prefixOf(bytes, start)] === 1
    && isLetter(bytes[start]) && isLetter(bytes[start + 1]) && isLetter(bytes[start + 2]);
}

function isLetter(byte: number): boolean {
  return byte >= 0x80 || (CLASS[byte] & LETTER) !== 0;
}

// The number read last.
let value = 0;

/** Reads one to `most` digits. Returns the end; -1 if there is no digit, or one too many. */
function number(bytes: Uint8Array, start: number, high: number, most: number): number {
  let position = start;
  value = 0;
  while (position < high && isDigit(bytes[position])) {
    if (position - start === most) {
      return -1;
    }
    value = value * 10 + bytes[position++] - ZERO;
  }
  return position > start ? position : -1;
}

/** The end of the date with day, month and year that starts at `start`, in numbers or with a name; -1 if there is none. */
export function dateEnd(bytes: Uint8Array, start: number, high: number): number {
  const end = isDigit(bytes[start]) ? numberFirst(bytes, start, high) : monthFirst(bytes, start, high);
  return end > 0 && !(end < high && isDigit(bytes[end])) ? end : -1;
}

function numberFirst(bytes: Uint8Array, start: number, high: number): number {
  const first = number(bytes, start, high, 8);
  if (first < 0) {
    return -1;
  }
  const size = first - start;
  const one = value;
  if (size > 4) {
    return size === 8 && !(first < high && isAlphanumeric(bytes[first])) && (isYear(Math.floor(one / 10000)) || isYear(one % 10000)) ? first : -1;
  }
  if (size === 3 || size < 3 && (one < 1 || one > 31) || size === 4 && !isYear(one)) {
    return -1;
  }
  const second = gapEnd(bytes, first, high);
  if (second < 0) {
    return -1;
  }
  let next = number(bytes, second, high, 2);
  if (next < 0) {
    if (!startsMonth(bytes, second, high)) {
      return -1;
    }
    next = monthEnd(bytes, second, high);
  } else if (value < 1 || value > 31) {
    return -1;
  }
  const third = gapEnd(bytes, next, high);
  const end = third < 0 ? -1 : number(bytes, third, high, 4);
  if (end < 0) {
    return -1;
  }
  return size === 4 ? value >= 1 && value <= 31 ? end : -1 : end - third === 2 || end - third === 4 && isYear(value) ? end : -1;
}

/** `March 12, 1985`. */
function monthFirst(bytes: Uint8Array, start: number, high: number): number {
  if (!startsMonth(bytes, start, high)) {
    return -1;
  }
  const day = gapEnd(bytes, monthEnd(bytes, start, high), high);
  const afterDay = day < 0 ? -1 : number(bytes, day, high, 2);
  if (afterDay < 0 || value < 1 || value > 31) {
    return -1;
  }
  const year = gapEnd(bytes, afterDay, high);
  const end = year < 0 ? -1 : number(bytes, year, high, 4);
  return end - year === 4 && isYear(value) ? end : -1;
}

function monthEnd(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  while (position < high && position < start + 12 && isLetter(bytes[position])) {
    position++;
  }
  return position;
}

/** What stands between the parts of a date: one of `-/. `, a comma or dot and a blank; also after `th` and the like, and with `of` or `de`. */
function gapEnd(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  if (position + 1 < high && isOrdinal(bytes, position)) {
    position += 2;
  }
  if (position < high && isSeparator(bytes[position])) {
    position++;
  } else {
    return -1;
  }
  if (position < high && bytes[position] === 0x20) {
    position++;
  }
  if (position + 2 < high && bytes[position + 2] === 0x20) {
    const particle = lower(bytes[position]) << 8 | lower(bytes[position + 1]);
    // `of`, `de`.
    position += particle === 0x6f66 || particle === 0x6465 ? 3 : 0;
  }
  return position < high ? position : -1;
}

function isOrdinal(bytes: Uint8Array, position: number): boolean {
  const suffix = lower(bytes[position]) << 8 | lower(bytes[position + 1]);
  return suffix === 0x7374 || suffix === 0x6e64 || suffix === 0x7264 || suffix === 0x7468 || suffix === 0xc2ba;
}

function isSeparator(byte: number): boolean {
  return byte === 0x2d || byte === 0x2f || byte === 0x2e || byte === 0x20 || byte === 0x2c;
}

function isYear(year: number): boolean {
  return year >= EARLIEST && year <= LATEST;
}
