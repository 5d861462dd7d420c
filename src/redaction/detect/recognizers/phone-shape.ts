import { callingCodeLength, isNationalLength } from './calling-codes';
import { Gap, PhoneGroups } from './phone-groups';

/** How much a shape proves. */
export enum Proof {
  NONE = 0,
  /** Digits that may be a number if a word says so. */
  WORD = 1,
  /** Digits in groups that may be a number if a word says so, or if nothing else stands there. */
  CONTEXT = 2,
  /** A telephone number, wherever it stands. */
  SHAPE = 3,
}

/** What the first `count` groups prove. */
export function proofOf(groups: PhoneGroups, count: number): Proof {
  const total = groups.totals[count - 1];
  if (total < 6 || total > 17) {
    return Proof.NONE;
  }
  if (groups.plus) {
    return isInternational(groups, count, 0) ? Proof.SHAPE : Proof.NONE;
  }
  if (count === 1) {
    return total < 7 || total > 15 ? Proof.NONE : total === 11 && groups.digits[0] === 0 && groups.digits[1] !== 0 ? Proof.CONTEXT : Proof.WORD;
  }
  if (isDate(groups, count) || isDotted(groups, count) || isAmount(groups, count)) {
    return Proof.NONE;
  }
  const { digits } = groups;
  if (digits[0] === 0 && (digits[1] === 0 && isInternational(groups, count, 2) || groups.sizes[0] === 3 && digits[1] === 1 && digits[2] === 1
    && isInternational(groups, count, 3))) {
    return Proof.SHAPE;
  }
  const american = americanProof(groups, count);
  if (american === Proof.SHAPE || isEnclosed(groups, count) || isRussian(groups, count)) {
    return Proof.SHAPE;
  }
  if (isTrunk(groups, count)) {
    return groups.sizes[0] === 1 && groups.enclosed < 0 && isBlankOnly(groups, count) ? Proof.CONTEXT : Proof.SHAPE;
  }
  return american > Proof.NONE ? american : groupedProof(groups, count);
}

/** A calling code after `+`, or after the first `prefix` digits, and as many digits as its plan has. */
function isInternational({ digits, sizes, gaps, totals, enclosed }: PhoneGroups, count: number, prefix: number): boolean {
  let total = totals[count - 1] - prefix;
  const code = callingCodeLength(digits, prefix, totals[count - 1]);
  // The `(0)` is dialled within the country only.
  if (enclosed > 0 && sizes[enclosed] === 1 && digits[totals[enclosed] - 1] === 0) {
    total--;
  }
  const decimal = count === 2 && gaps[1] === Gap.DOT && sizes[0] !== code + prefix;
  return code > 0 && total >= 7 && !decimal && (prefix === 0 || endsGroup(totals, count, prefix + code))
    && isNationalLength(digits, prefix, prefix + code, total - code);
}

/** Whether a group ends after so many digits. */
function endsGroup(totals: Uint8Array, count: number, digits: number): boolean {
  for (let index = 0; index < count; index++) {
    if (totals[index] >= digits) {
      return totals[index] === digits;
    }
  }
  return false;
}

/** Three, three and four digits: area, exchange, line. */
function americanProof({ digits, sizes, gaps, enclosed }: PhoneGroups, count: number): Proof {
  const first = sizes[0] === 1 && digits[0] === 1 ? 1 : 0;
  if (sizes[first] !== 3) {
    return Proof.NONE;
  }
  const isArea = digits[first] > 1 && digits[first + 3] > 1;
  if (count === first + 2 && sizes[first + 1] === 7) {
    return enclosed === first ? Proof.SHAPE : isArea && gaps[first + 1] === Gap.DASH ? Proof.CONTEXT : Proof.NONE;
  }
  if (count !== first + 3 || sizes[first + 1] !== 3 || sizes[first + 2] !== 4) {
    return Proof.NONE;
  }
  if (enclosed === first) {
    return Proof.SHAPE;
  }
  const one = gaps[first + 1];
  const two = gaps[first + 2];
  // Three numbers in a row, as logs have them, are as likely.
  return !(one === Gap.BLANK && two === Gap.BLANK) && (isArea || one === two && one !== Gap.SLASH) ? Proof.SHAPE : Proof.CONTEXT;
}

/** Eleven digits with the trunk `8` of Russia and its neighbours: `8 (495) 123-45-67`. */
function isRussian({ digits, sizes, gaps, totals, enclosed }: PhoneGroups, count: number): boolean {
  return digits[0] === 8 && sizes[0] === 1 && sizes[1] === 3 && sizes[2] === 3 && totals[count - 1] === 11
    && (enclosed === 1 || gaps[1] === Gap.DASH);
}

/** A national number with its trunk `0`: 9 to 12 digits in groups. */
function isTrunk({ digits, sizes, gaps, totals }: PhoneGroups, count: number): boolean {
  const total = totals[count - 1];
  if (digits[0] !== 0 || digits[1] === 0 || total < 9 || total > 12 || sizes[0] > 5 || sizes[count - 1] < 2 || isSocialSecurity(sizes, count)
    || isPostalCode(sizes, count)) {
    return false;
  }
  const alone = sizes[0] === 1;
  if (alone && (sizes[1] < 2 || sizes[1] > 4 || count < 3 || gaps[1] > Gap.DASH || gaps[1] === Gap.DASH && sizes[2] < 2
    || isYear(digits, sizes[1], 1))) {
    return false;
  }
  let dots = 0;
  for (let index = 1; index < count; index++) {
    if (sizes[index] > 8 || sizes[index] < 2 && !(index === 1 || alone && index === 2) || gaps[index] === Gap.SLASH && index > 1) {
      return false;
    }
    dots += gaps[index] === Gap.DOT ? 1 : 0;
  }
  const joints = gaps[1] === Gap.SLASH ? count - 2 : count - 1;
  return dots === 0 || dots === joints && count >= 3;
}

function isBlankOnly({ gaps }: PhoneGroups, count: number): boolean {
  for (let index = 1; index < count; index++) {
    if (gaps[index] !== Gap.BLANK) {
      return false;
    }
  }
  return true;
}

/** An area code in parentheses, and five to eight digits. */
function isEnclosed({ digits, sizes, totals, enclosed }: PhoneGroups, count: number): boolean {
  const total = totals[count - 1];
  const rest = total - sizes[0];
  if (enclosed !== 0 || sizes[0] < 2 || sizes[0] > 5 || rest < (count === 2 ? 6 : 5) || rest > 8 || total < 8 || count > 4) {
    return false;
  }
  for (let index = 1; index < count; index++) {
    if (sizes[index] < 2) {
      return false;
    }
  }
  // The issue and the pages of a journal.
  return !isYear(digits, sizes[0], 0) && !(count === 3 && isYear(digits, sizes[1], sizes[0]));
}

/** Other digits in groups. */
function groupedProof({ sizes, gaps, totals, enclosed }: PhoneGroups, count: number): Proof {
  const total = totals[count - 1];
  if (enclosed > 1 || total > 15) {
    return Proof.NONE;
  }
  let uniform = true;
  for (let index = 0; index < count; index++) {
    if (sizes[index] < 2 && !(index === 0 && count > 2)) {
      return Proof.NONE;
    }
    uniform &&= sizes[index] > 1 && sizes[index] < 5 && (index < 2 || gaps[index] === gaps[1]);
  }
  if (gaps[1] === Gap.DOT && count === 2 || gaps[1] === Gap.SLASH && total < 9 || isSocialSecurity(sizes, count) || isPostalCode(sizes, count)) {
    return Proof.NONE;
  }
  const triples = sizes[0] <= 3 && count < 4 && sizes[1] === 3 && sizes[count - 1] === 3;
  const likely = uniform && sizes[0] < 4 && count > 2 && total > 8 && total < 12 && !triples && gaps[1] !== Gap.SLASH;
  return likely ? Proof.CONTEXT : Proof.WORD;
}

function isSocialSecurity(sizes: Uint8Array, count: number): boolean {
  return count === 3 && sizes[0] === 3 && sizes[1] === 2 && sizes[2] === 4;
}

/** A ZIP code of nine digits. */
function isPostalCode(sizes: Uint8Array, count: number): boolean {
  return count === 2 && sizes[0] === 5 && sizes[1] === 4;
}

/** Day, month and year in any order, also with a time after it; or two years. */
function isDate({ digits, sizes, gaps, totals }: PhoneGroups, count: number): boolean {
  if (isYear(digits, sizes[0], 0)) {
    return count > 2 && gaps[1] === gaps[2] && sizes[1] <= 2 && sizes[2] <= 2 && isDay(digits, sizes[1], 4) && isDay(digits, sizes[2], totals[1])
      || isYear(digits, sizes[1], 4);
  }
  return count > 2 && sizes[0] <= 2 && sizes[1] <= 2 && gaps[1] === gaps[2] && isYear(digits, sizes[2], totals[1])
    && isDay(digits, sizes[0], 0) && isDay(digits, sizes[1], sizes[0]);
}

function isYear(digits: Uint8Array, size: number, from: number): boolean {
  return size === 4 && (digits[from] === 1 && digits[from + 1] === 9 || digits[from] === 2 && digits[from + 1] === 0);
}

function isDay(digits: Uint8Array, size: number, from: number): boolean {
  const value = size === 1 ? digits[from] : size === 2 ? digits[from] * 10 + digits[from + 1] : 0;
  return value >= 1 && value <= 31;
}

/** An IP address, or the like. */
function isDotted({ digits, sizes, gaps }: PhoneGroups, count: number): boolean {
  let dotted = count === 4 && !(sizes[0] === 3 && digits[0] > 2);
  for (let index = 0; index < count && dotted; index++) {
    dotted = sizes[index] <= 3 && (index === 0 || gaps[index] === Gap.DOT);
  }
  return dotted;
}

/** Thousands in groups, as in `12 500 000`. */
function isAmount({ digits, sizes, gaps, totals, enclosed }: PhoneGroups, count: number): boolean {
  if (enclosed >= 0 || sizes[0] > 3 || gaps[1] !== Gap.BLANK && gaps[1] !== Gap.DOT) {
    return false;
  }
  for (let index = 1; index < count; index++) {
    if (sizes[index] !== 3 || gaps[index] !== gaps[1]) {
      return false;
    }
  }
  const end = totals[count - 1];
  return digits[0] !== 0 && digits[end - 1] === 0 && digits[end - 2] === 0 && digits[end - 3] === 0;
}
