import { MaskRule } from './rule-set';
import { described } from '../private/described';
import { ConfigurationError } from '../private/errors';

/** None of them means anything in text, CSV, JSON, XML or to a spreadsheet, and none looks like data. */
const CHARACTERS = '*#xX_';
const MOST_KEPT = 16;

/** How `Mask.characters` writes. */
export interface MaskCharactersOptions {
  /**
   * How many characters at the end of a value stay, from 0 to 16: `************1111`.
   *
   * A value of fewer than twice as many characters is masked as a whole. In text with escapes, what stays, stays as it is escaped.
   *
   * @default 0 - all of the value is masked
   */
  readonly keepLast?: number;
}

/** How `Mask.hash` writes. */
export interface MaskHashOptions {
  /**
   * The length of the pseudonym, from 8 to 64 hexadecimal digits. With 16 digits, two of a hundred million values share a pseudonym
   * with a probability of about 1 in 3,700.
   *
   * @default 16
   */
  readonly length?: number;
}

/**
 * What is written in place of personal data.
 *
 * All masks write characters that need no escape in any of the formats, so that CSV, JSON, NDJSON and XML still parse, with the same
 * shape. JSON keeps `null` as it is.
 */
export class Mask {
  /**
   * The name of the type in brackets: `[EMAIL]`. The default.
   *
   * In JSON, a number becomes the text `"[EMAIL]"`; so do `true` and `false`.
   */
  public static typeName(): Mask {
    return new Mask({ kind: 'typeName' });
  }

  /**
   * One character for each byte of the value, so that nothing moves: offsets and the length of the object stay as they are.
   *
   * Who reads it learns how long the value was, in UTF-8 and with its escapes. In JSON, a number becomes a text of as many bytes with
   * its quotes (a number of one digit becomes `0`), and `true` and `false` become `null`.
   *
   * @param character `*`, `#`, `x`, `X` or `_`. Others could be taken for data, or have a meaning in one of the formats.
   * @throws if the character is another, or `keepLast` is not a whole number from 0 to 16
   */
  public static characters(character: string, options: MaskCharactersOptions = {}): Mask {
    const { keepLast = 0 } = options;
    if (typeof character !== 'string' || character.length !== 1 || !CHARACTERS.includes(character)) {
      throw new ConfigurationError('Mask.characters', `the character is ${described(character)}, which can be taken for data or breaks a format`,
        `choose one of ${[...CHARACTERS].join(' ')}`);
    }
    if (!Number.isInteger(keepLast) || keepLast < 0 || keepLast > MOST_KEPT) {
      throw new ConfigurationError('Mask.characters', `keepLast is ${described(keepLast)}`, `give a whole number from 0 to ${MOST_KEPT}`);
    }
    return new Mask({ kind: 'characters', character, keepLast });
  }

  /**
   * A pseudonym: `[EMAIL:9f86d081884c7d65]`, by HMAC-SHA256 of the value under a secret key. The same value of the same type has the same
   * pseudonym everywhere, as long as the key is the same, so that records can still be joined and counted.
   *
   * Ways to write a value have one pseudonym: email addresses in any case, numbers and codes with and without separators. The values
   * of `fields`, keywords and patterns, names, passwords and dates are taken as they are written.
   *
   * The key is no part of the rules, and never in a template: whoever runs the rules gives it, at least 16 random bytes; without it, they do
   * not start. Whoever has the key can find out by trial which value a pseudonym stands for, so keep it as secret as the data.
   *
   * In JSON, a number becomes a text; `true` and `false`, which any pseudonym would tell, become `null`.
   *
   * @throws if the length is not a whole number from 8 to 64
   * @see https://www.rfc-editor.org/rfc/rfc2104
   */
  public static hash(options: MaskHashOptions = {}): Mask {
    const { length = 16 } = options;
    if (!Number.isInteger(length) || length < 8 || length > 64) {
      throw new ConfigurationError('Mask.hash', `length is ${described(length)}`, 'give a whole number of hexadecimal digits from 8 to 64');
    }
    return new Mask({ kind: 'hash', length });
  }

  /**
   * Nothing: the value is left out.
   *
   * A field keeps its place, empty. In JSON, what is not a text becomes `null`.
   */
  public static remove(): Mask {
    return new Mask({ kind: 'remove' });
  }

  /** @internal */
  public readonly _rule: MaskRule;

  private constructor(rule: MaskRule) {
    this._rule = rule;
  }
}
