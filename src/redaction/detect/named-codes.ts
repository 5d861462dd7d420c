import { isDigit } from './bytes';
import { CompiledLayout } from './code-index';
import { Finders } from './finders';
import { isBroken, isTimestamp } from './machine-made';
import { Field } from '../fields/field';

/** Types beyond these are read together with all others. */
const MOST_TYPES = 2;
/** A UUID is longer. */
const LONGEST = 30;

/** Values that are what the name of their field says, such as a card number in the column `card`: all others need not be tried then. */
export class NamedCodes {
  private to = 0;
  private type = -1;
  private isWhole = false;
  private isOther = false;

  constructor(private readonly finders: Finders) {}

  /**
   * The type of the code that `bytes[from, to)` is as a whole, with a digit first, if the field speaks for that type, and nothing in it is of
   * another type that the field speaks for; else -1. Looking for all types and choosing among what is found would come to the same.
   */
  typeOf(bytes: Uint8Array, from: number, to: number, { contextLow, contextHigh }: Field): number {
    if (to - from > LONGEST || !isDigit(bytes[from]) || isTimestamp(bytes, from, to) || isBroken(bytes, from, to)) {
      return -1;
    }
    this.to = to;
    this.type = -1;
    this.isWhole = false;
    this.isOther = false;
    let low = contextLow;
    let high = contextHigh;
    for (let count = 0; (low | high) !== 0; count++) {
      if (count === MOST_TYPES) {
        return -1;
      }
      const isLow = low !== 0;
      this.finders.codesOf(isLow ? lowest(low) : 32 + lowest(high)).read(bytes, from, to, this.found);
      high &= isLow ? high : high - 1;
      low &= low - 1;
    }
    return this.isWhole && !this.isOther ? this.type : -1;
  }

  private readonly found = ({ number }: CompiledLayout, _start: number, end: number): void => {
    this.isOther ||= this.type >= 0 && this.type !== number;
    this.type = number;
    this.isWhole ||= end === this.to;
  };
}

/** Which bit of a mask is the lowest. */
function lowest(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}
