import { ALPHANUMERIC, CLASS, DIGIT } from './bytes';

/** Longer tokens are not told apart: a bit for each byte fits into a number. */
const LONGEST = 31;

/** What tokens of letters and digits codes start with, as masks: one look tells most others, however many codes there are. */
export class TokenForms {
  /** For each length, pairs of masks: where digits have to be, and where letters. */
  private readonly forms: number[][] = Array.from({ length: LONGEST }, () => []);

  /** Adds a form: its length, and a bit for each place where a digit has to be, or a letter. */
  add(length: number, digits: number, letters: number): void {
    const forms = this.forms[length];
    if (length < LONGEST && !forms.some((mask, index) => index % 2 === 0 && mask === digits && forms[index + 1] === letters)) {
      forms.push(digits, letters);
    }
  }

  /** Whether the token that starts at `start` may be what a code starts with. */
  mayBe(bytes: Uint8Array, start: number, high: number): boolean {
    const limit = Math.min(high, start + LONGEST);
    let digits = 0;
    let end = start;
    for (; end < limit; end++) {
      const kind = CLASS[bytes[end]];
      if ((kind & ALPHANUMERIC) === 0) {
        break;
      }
      digits |= (kind & DIGIT) << end - start;
    }
    if (end - start === LONGEST) {
      return true;
    }
    const forms = this.forms[end - start];
    for (let index = 0; index < forms.length; index += 2) {
      if ((forms[index] & ~digits) === 0 && (forms[index + 1] & digits) === 0) {
        return true;
      }
    }
    return false;
  }
}
