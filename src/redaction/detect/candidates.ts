import { isBlank } from './bytes';
import { NearbyWords } from './nearby-words';
import { Needs } from './recognizer';
import { Field } from '../fields/field';
import { typeNumber } from '../labels';
import { PiiType } from '../pii-type';

const PHONE = typeNumber(PiiType.PHONE);
const MOST = 64;

/** What was found around one anchor. One object, filled again and again. */
export class Candidates {
  count = 0;
  readonly starts = new Int32Array(MOST);
  readonly ends = new Int32Array(MOST);
  /** The numbers of their types. */
  readonly numbers = new Uint8Array(MOST);
  readonly needs: Needs[] = new Array(MOST).fill('nothing');

  clear(): void {
    this.count = 0;
  }

  /** Whether what is added later can only be chosen if it is longer: there is one that proves itself, or the field speaks for the first. */
  isSettled({ contextLow, contextHigh }: Field): boolean {
    return this.count === 1 && this.needs[0] === 'nothing' || this.count > 0 && isAmong(this.numbers[0], contextLow, contextHigh);
  }

  add(start: number, end: number, number: number, needs: Needs): void {
    if (this.count < MOST) {
      const index = this.count++;
      this.starts[index] = start;
      this.ends[index] = end;
      this.numbers[index] = number;
      this.needs[index] = needs;
    }
  }

  /** Of the candidates of one type that start alike, the longest: `AB 12 34 56 C` rather than `AB 12 34 56`. */
  private longest(chosen: number): number {
    let longest = chosen;
    for (let index = 0; index < this.count && chosen >= 0; index++) {
      if (this.numbers[index] === this.numbers[chosen] && this.starts[index] === this.starts[chosen] && this.ends[index] > this.ends[longest]) {
        longest = index;
      }
    }
    return longest;
  }

  /**
   * The candidate with a field or the nearest word that speaks for it, else the first that needs neither; -1 if none counts.
   * @param alone whether `bytes[from, to)` is a whole text
   */
  choose(words: NearbyWords, bytes: Uint8Array, low: number, from: number, to: number, alone: boolean, field: Field): number {
    return this.count === 1 && this.needs[0] === 'nothing' ? 0 : this.longest(this.first(words, bytes, low, from, to, alone, field));
  }

  private first(
    words: NearbyWords, bytes: Uint8Array, low: number, from: number, to: number, alone: boolean, { contextLow, contextHigh }: Field,
  ): number {
    const { count, numbers, needs, starts, ends } = this;
    let wantedLow = 0;
    let wantedHigh = 0;
    let start = starts[0];
    for (let index = 0; index < count; index++) {
      const number = numbers[index];
      wantedLow |= number < 32 ? 1 << number : 0;
      wantedHigh |= number < 32 ? 0 : 1 << number - 32;
      start = Math.min(start, starts[index]);
    }
    let spokenLow = wantedLow & contextLow;
    let spokenHigh = wantedHigh & contextHigh;
    if ((spokenLow | spokenHigh) === 0 && words.nearest(bytes, start, low, wantedLow, wantedHigh)) {
      spokenLow = words.context.low;
      spokenHigh = words.context.high;
    }
    if ((spokenLow | spokenHigh) !== 0) {
      for (let index = 0; index < count; index++) {
        if (isAmong(numbers[index], spokenLow, spokenHigh)) {
          return index;
        }
      }
    }
    for (let index = 0; index < count; index++) {
      if (needs[index] === 'nothing' && !(alone && numbers[index] === PHONE)) {
        return index;
      }
    }
    for (let index = 0; index < count; index++) {
      if (alone && needs[index] === 'context' && isBlank(bytes, from, starts[index]) && isBlank(bytes, ends[index], to)) {
        return index;
      }
    }
    for (let index = 0; index < count; index++) {
      if (needs[index] === 'nothing') {
        return index;
      }
    }
    return -1;
  }
}

/** Whether a type is among those whose bits are set. */
function isAmong(number: number, low: number, high: number): boolean {
  return ((number < 32 ? low >>> number : high >>> number - 32) & 1) !== 0;
}
