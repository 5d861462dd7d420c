import { PiiType } from '../pii-type';

/**
 * What a candidate needs beside its shape and its checksum.
 * - `nothing`: a random number of this shape passes less than once in a hundred times.
 * - `context`: a word of `context` before it on its line, or the name of its field; or the whole text is this one value.
 * - `word`: such a word or field name, even if the text is nothing else: there is no checksum.
 */
export type Needs = 'nothing' | 'context' | 'word';

/** One way to write a code. */
export interface Layout {
  /**
   * `9` is a digit, `A` a letter, `X` either, a blank one optional separator out of `separators`; anything else is itself.
   * `999 999 9999` is also the ten digits in a row.
   */
  readonly template: string;
  /** Defaults to blank, `-`, `.` and `+` (a blank in the data of forms); the same one has to be used throughout. */
  readonly separators?: string;
  /** What the code needs if no separator is used. */
  readonly solid: Needs;
  /** What it needs if every separator is used; `solid` if left out. Codes with some of them are no candidates. */
  readonly grouped?: Needs;
}

/** Codes of a fixed shape: the national numbers, cards, account numbers. One recognizer a type and shape family. */
export interface CodeRecognizer {
  readonly type: PiiType;
  readonly layouts: readonly Layout[];
  /**
   * Whether the code can be real. `code` holds `length` bytes: its characters in upper case without the separators (ASCII).
   * Layouts of digits only get the digits as ASCII, too.
   */
  readonly valid?: (code: Uint8Array, length: number) => boolean;
  /** Words and phrases, in lower case ASCII, blanks between words: `social security`, `ssn`. Found in `SSN:`, `socialSecurity`, `social_security`. */
  readonly context: readonly string[];
}

/** Where a search begins: what the prefilter stops at. */
export type Anchor =
  /** An `@`. */
  | 'at'
  /** A `:` beside a hexadecimal digit or another `:`. */
  | 'colon'
  /** A `://`, or the `www.` of an address without scheme. */
  | 'scheme'
  /** The first digit of a run of digits that has seven or more bytes of digits, blanks and `-./()+:` from it on. */
  | 'number'
  /** The same, if a dot follows one to three digits. */
  | 'dotted'
  /** The same, behind a `/`. */
  | 'branch'
  /** The first letter of a token of eight or more letters and digits that has both. */
  | 'token'
  /** The first letter of one of the recognizer's `keywords`, at the start of a word. */
  | 'keyword';

export enum Verdict {
  NO = 0,
  YES = 1,
  /** The end of the bytes at hand came first: ask again when there are more. Never once `last` is set. */
  MORE = 2,
}

/** Filled by a search that says YES. */
export interface Found {
  start: number;
  end: number;
  /** What this value needs, if not what the recognizer says for all. */
  needs?: Needs;
}

/**
 * A search of its own around an anchor. It has to be a pure function of the bytes around `at`: what was searched before, and how
 * the input was cut, may not matter.
 */
export interface AnchoredRecognizer {
  readonly type: PiiType;
  readonly anchor: Anchor;
  /** With the anchor `keyword`: lower-case ASCII words, three letters or more. `pass_word`-like separators are the search's business. */
  readonly keywords?: readonly string[];
  /** With the anchor `token`: what its values start with; whatever if left out. */
  readonly firsts?: string;
  /** Words that the search needs before it, as in `CodeRecognizer`; none if left out. */
  readonly context?: readonly string[];
  readonly needs?: Needs;
  /**
   * Whether there may be a value that needs nothing: a glance, before the search, where nothing speaks for values that need something. As the search, it
   * sees the bytes from `low` to `high`.
   */
  mayProve?(bytes: Uint8Array, at: number, low: number, high: number): boolean;
  /**
   * @param bytes UTF-8
   * @param at    the anchor
   * @param low   bytes before it may not be read: the value starts there (or, in long text, at least LOOK_BEHIND bytes are at hand)
   * @param high  the end of the bytes at hand; at least LOOK_AHEAD after `at` unless `last`
   * @param last  the value ends at `high`
   * @param found filled if YES; `start` may be before or after `at`
   */
  search(bytes: Uint8Array, at: number, low: number, high: number, last: boolean, found: Found): Verdict;
}

/** What any search may read after its anchor without asking for MORE. No entity but those that ask for MORE may be longer. */
export const LOOK_AHEAD = 512;
/** What any search may read before its anchor: context words are looked for this far. */
export const LOOK_BEHIND = 128;
/** A token that is still open after so many bytes is an error: nothing of it went out. */
export const MAX_TOKEN = 65_536;
