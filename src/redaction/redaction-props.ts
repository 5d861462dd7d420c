import { Mask } from './mask';
import { PiiType } from './pii-type';

/** Words and phrases of your own. */
export interface CustomKeywords {
  /**
   * What is written and counted in their place, such as `PROJECT`: upper-case letters, digits and `_`, and no name of a `PiiType`. Rules
   * may share a name.
   */
  readonly name: string;

  /**
   * The words and phrases, each up to 500 bytes in UTF-8 with decomposed accents; at most 1,000 in all keyword rules together.
   *
   * They are found as words of their own: `Apollo` is found in `Apollo-11` and `project_apollo`, and not in `Apollonia` or `Apollo11`.
   * Chinese, Japanese, Thai, Lao, Khmer and Burmese, which put no blanks between words, are found anywhere. A blank stands for one to four
   * blanks, tabs or no-break spaces. Accents are found composed and decomposed.
   */
  readonly words: string[];

  /**
   * Whether upper and lower case are the same, for letters of all scripts.
   *
   * @default true
   */
  readonly ignoreCase?: boolean;
}

/** A pattern of your own. */
export interface CustomPattern {
  /**
   * What is written and counted in place of what it matches, such as `EMPLOYEE_ID`: upper-case letters, digits and `_`, and no name of a
   * `PiiType`. Rules may share a name.
   */
  readonly name: string;

  /**
   * The pattern, up to 1,000 characters in RE2 syntax, such as `\bEMP-\d{6}\b`; at most 100 patterns in all.
   *
   * - A match is within one line, and up to 500 bytes long: `*`, `+` and `{2,}` have no upper bound and are refused; write `\d{1,12}`.
   *   `.` and `[^,]` count as four bytes a character.
   * - The longest of the leftmost matches is taken, whatever the order of alternatives; `??` and the like are refused.
   * - `^` and `$` are the start and the end of a line, of a CSV field, of a JSON text or of the text of an XML element.
   * - `\d`, `\w`, `\s` and `\b` know ASCII only, and `\p{...}` is not known: name the letters, as in `[A-Za-zÀ-ÿ]`.
   * - Backreferences and lookarounds cannot be matched in linear time and are refused.
   *
   * @see https://github.com/google/re2/wiki/Syntax
   */
  readonly pattern: string;

  /**
   * Whether upper and lower case are the same. `(?i)` in the pattern says it for a part.
   *
   * @default false
   */
  readonly ignoreCase?: boolean;
}

/** What is redacted, and what is written in its place. */
export interface RedactionProps {
  /**
   * The types that are looked for.
   *
   * @default - all of `PiiType`
   */
  readonly types?: PiiType[];

  /**
   * Names and paths of fields whose whole values are redacted, whatever they hold: columns of CSV, keys of JSON, elements and attributes
   * of XML. `ssn` is a field of that name at any depth, `customer.email` and `/payments/0/pan` are paths from the root, and `*` is any one
   * level, as in `payments.*.pan`. Upper and lower case, `_`, `-` and blanks make no difference.
   *
   * Fields whose names say which of `types` they hold, such as `email` or `date_of_birth`, need not be named.
   *
   * @default - none but those whose names speak for themselves
   */
  readonly fields?: string[];

  /**
   * Words and phrases of your own.
   *
   * @default - none
   */
  readonly keywords?: CustomKeywords[];

  /**
   * Patterns of your own.
   *
   * @default - none
   */
  readonly patterns?: CustomPattern[];

  /**
   * What is written in place of all that `masks` does not name.
   *
   * @default Mask.typeName()
   */
  readonly mask?: Mask;

  /**
   * What is written in place of some: by the name of a type, such as `EMAIL`, by the name of a keyword or pattern rule, or by `FIELD` for
   * the values of `fields` whose names speak for no type.
   *
   * @default - `mask` for all
   */
  readonly masks?: { [name: string]: Mask };
}
