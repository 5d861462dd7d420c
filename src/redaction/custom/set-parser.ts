import { PERL_CLASSES, POSIX_CLASSES } from './character-classes';
import { MAX_CODE_POINT, Ranges, complement, single, union, withoutLineBreaks } from './code-points';
import { inAnyCase } from './letter-case';
import { PatternError } from './pattern-error';

const CONTROLS: ReadonlyMap<string, number> = new Map([['a', 0x07], ['f', 0x0c], ['n', 0x0a], ['r', 0x0d], ['t', 0x09], ['v', 0x0b]]);

/** The part of a pattern's grammar that stands for one character: escapes and brackets. */
export abstract class SetParser {
  protected readonly characters: readonly string[];
  protected at = 0;

  constructor(pattern: string, protected ignoreCase: boolean) {
    this.characters = [...pattern];
  }

  /** What follows a backslash. */
  protected escapedSet(start: number): Ranges {
    return this.perlClass() ?? this.cased(single(this.escapedCodePoint(start)));
  }

  private perlClass(): Ranges | undefined {
    const character = this.characters[this.at];
    const set = PERL_CLASSES.get(character?.toLowerCase());
    if (set === undefined) {
      return undefined;
    }
    this.at++;
    return character === character.toLowerCase() ? this.cased(set) : complement(this.cased(set));
  }

  private escapedCodePoint(start: number): number {
    const character = this.characters[this.at++];
    if (character === undefined) {
      throw this.error('the pattern ends with a backslash', 'write \\\\ for the character itself', start);
    }
    if (character === 'x') {
      return this.hexadecimal(start);
    }
    if (/[!-/:-@[-`{-~]/.test(character)) {
      return character.codePointAt(0)!;
    }
    const control = CONTROLS.get(character);
    if (control === undefined) {
      throw this.unknownEscape(character, start);
    }
    return control;
  }

  private unknownEscape(character: string, start: number): PatternError {
    if (/[1-9]/.test(character)) {
      return this.error(`the backreference '\\${character}' cannot be matched in linear time`, 'write the group out a second time', start);
    }
    if (/[pP]/.test(character)) {
      return this.error(`'\\${character}' is not known here`, 'name the characters, such as [A-Za-zÀ-ÿ]', start);
    }
    if (/[Az]/.test(character)) {
      return this.error(`'\\${character}' is not known here`, 'use ^ or $: a match is always within one line', start);
    }
    return this.error(`'\\${character}' is no escape that is known here`, 'leave the backslash out, or write \\x{...} with the code point', start);
  }

  private hexadecimal(start: number): number {
    const digits = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.characters.slice(this.at, this.at + 8).join(''));
    const codePoint = parseInt(digits?.[1] ?? digits?.[2] ?? '', 16);
    if (digits === null || codePoint > MAX_CODE_POINT) {
      throw this.error("'\\x' needs a code point", 'write two digits, such as \\x41, or \\x{20ac}', start);
    }
    this.at += digits[0].length;
    return codePoint;
  }

  protected brackets(start: number): Ranges {
    const negated = this.take('^');
    const first = this.at;
    let set: Ranges = [];
    for (;;) {
      const character = this.characters[this.at];
      if (character === undefined) {
        throw this.error("a '[' is not closed", 'add a ], or write \\[ for the character itself', start);
      }
      if (character === ']' && this.at > first) {
        this.at++;
        break;
      }
      set = union(set, this.posixClass() ?? this.range());
    }
    return negated ? complement(set) : set;
  }

  private posixClass(): Ranges | undefined {
    const start = this.at;
    const text = this.characters.slice(start, start + 20).join('');
    const match = /^\[:(\^?)([a-z]+):\]/.exec(text);
    if (match === null) {
      return undefined;
    }
    const set = POSIX_CLASSES.get(match[2]);
    if (set === undefined) {
      throw this.error(`'${match[0]}' is no class that is known here`, `use one of ${[...POSIX_CLASSES.keys()].join(', ')}`, start);
    }
    this.at += match[0].length;
    return match[1] === '' ? this.cased(set) : complement(this.cased(set));
  }

  private range(): Ranges {
    const start = this.at;
    const low = this.bracketItem(start);
    if (typeof low !== 'number') {
      return low;
    }
    if (this.characters[this.at] !== '-' || [']', undefined].includes(this.characters[this.at + 1])) {
      return this.cased(single(low));
    }
    this.at++;
    const high = this.bracketItem(start);
    if (typeof high !== 'number' || high < low) {
      throw this.error(`'${this.characters.slice(start, this.at).join('')}' is no range`, 'write the lower character first, and \\- for the character itself', start);
    }
    return this.cased([[low, high]]);
  }

  /** A character, or a class such as `\d`. */
  private bracketItem(start: number): number | Ranges {
    const character = this.characters[this.at++];
    return character === '\\' ? this.perlClass() ?? this.escapedCodePoint(start) : character.codePointAt(0)!;
  }

  protected cased(set: Ranges): Ranges {
    return this.ignoreCase ? inAnyCase(set) : set;
  }

  protected visible(set: Ranges, start: number): Ranges {
    const visible = withoutLineBreaks(set);
    if (visible.length === 0) {
      throw set.length === 0
        ? this.error('the brackets hold no character', 'leave characters over that can match', start)
        : this.error('a line break can never match', 'leave line breaks out: a match is always within one line', start);
    }
    return visible;
  }

  protected take(character: string): boolean {
    const isNext = this.characters[this.at] === character;
    this.at += isNext ? 1 : 0;
    return isNext;
  }

  protected error(problem: string, remedy: string, at = this.at): PatternError {
    return new PatternError(`${problem} (character ${at + 1})`, remedy);
  }
}
