import { CLASS, LETTER } from './bytes';
import { ContextWords, GAP } from './context';

/** A value may start before its first digit, at `+(`. */
const MORE = 8;

const ALL = -1;
const NOWHERE = -1;

/** 1 for bytes that words are made of; also for some that are none. */
const OF_WORDS = CLASS.map((kind, byte) => byte >= 0x80 || (kind & LETTER) !== 0 ? 1 : 0);

/** Context words before values, with a quick answer where no word is near: among numbers, which is where most candidates are. */
export class NearbyWords {
  /** No word is in these bytes, as was seen before. */
  private from = 0;
  private to = 0;
  /** What was asked for last, for all types, and the answer. */
  private asked = NOWHERE;
  private isSpokenFor = false;

  constructor(readonly context: ContextWords) {}

  /** Forgets what was seen: the bytes are others now. */
  reset(): void {
    this.to = this.from;
    this.asked = NOWHERE;
  }

  /** Whether there is a context word of any type before what starts at `at`. */
  speakFor(bytes: Uint8Array, at: number, low: number): boolean {
    if (at !== this.asked) {
      this.asked = at;
      this.isSpokenFor = this.areNear(bytes, at, low) && this.context.nearest(bytes, at, low, ALL, ALL);
    }
    return this.isSpokenFor;
  }

  /** As that of ContextWords. */
  nearest(bytes: Uint8Array, at: number, low: number, wantedLow: number, wantedHigh: number): boolean {
    return (at !== this.asked || this.isSpokenFor) && this.areNear(bytes, at, low) && this.context.nearest(bytes, at, low, wantedLow, wantedHigh);
  }

  /** Whether a word is so near that it may be context of what starts at `at`. */
  areNear(bytes: Uint8Array, at: number, low: number): boolean {
    const bottom = Math.max(low, at - GAP - MORE);
    let position = before(bytes, at, Math.max(bottom, this.to <= at ? this.to : bottom));
    if (position === this.to && position > bottom) {
      position = before(bytes, Math.min(position, this.from), bottom);
    }
    this.from = position;
    this.to = at;
    return position > bottom;
  }
}

/** The end of the last byte of a word before `at`; `bottom` if there is none. */
function before(bytes: Uint8Array, at: number, bottom: number): number {
  let position = at;
  while (position > bottom && OF_WORDS[bytes[position - 1]] === 0) {
    position--;
  }
  return position;
}
