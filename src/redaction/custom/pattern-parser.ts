import { MAX_CODE_POINT, Ranges, single, withoutLineBreaks } from './code-points';
import { PatternError } from './pattern-error';
import { SetParser } from './set-parser';
import { Condition, Syntax } from './syntax-tree';

const ANY: Ranges = [[0, MAX_CODE_POINT]];
const EDGES: ReadonlyMap<string, Condition> = new Map([['b', Condition.WORD_EDGE], ['B', Condition.NO_WORD_EDGE]]);

/**
 * Reads a pattern: RE2 syntax without what has no meaning here (captures, laziness) or no upper bound.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function parsePattern(pattern: string, ignoreCase: boolean): Syntax {
  return new PatternParser(pattern, ignoreCase).parse();
}

class PatternParser extends SetParser {
  parse(): Syntax {
    const syntax = this.choice();
    if (this.at < this.characters.length) {
      throw this.error("a ')' closes no group", 'write \\) for the character itself');
    }
    return syntax;
  }

  private choice(): Syntax {
    const outer = this.ignoreCase;
    const options = [this.sequence()];
    while (this.take('|')) {
      options.push(this.sequence());
    }
    this.ignoreCase = outer;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  private sequence(): Syntax {
    const items: Syntax[] = [];
    while (this.at < this.characters.length && this.characters[this.at] !== '|' && this.characters[this.at] !== ')') {
      const item = this.item();
      if (item !== undefined) {
        items.push(this.repeated(item));
      }
    }
    return items.length === 1 ? items[0] : { kind: 'sequence', items };
  }

  /** One item without its repeat; nothing for flags such as `(?i)`. */
  private item(): Syntax | undefined {
    const start = this.at;
    const character = this.characters[this.at++];
    switch (character) {
      case '(':
        return this.group(start);
      case '[':
        return { kind: 'set', set: this.visible(this.brackets(start), start) };
      case '.':
        return { kind: 'set', set: withoutLineBreaks(ANY) };
      case '^':
        return { kind: 'condition', condition: Condition.LINE_START };
      case '$':
        return { kind: 'condition', condition: Condition.LINE_END };
      case '*': case '+': case '?': case '{':
        throw this.error(`'${character}' repeats nothing`, `write \\${character} for the character itself`, start);
      case '\\':
        return this.escaped(start);
      default:
        return { kind: 'set', set: this.visible(this.cased(single(character.codePointAt(0)!)), start) };
    }
  }

  private group(start: number): Syntax | undefined {
    const head = /^\?(?:P?<[A-Za-z_]\w*>|(-?i):|(-?i)\)|:)/.exec(this.characters.slice(this.at, this.at + 100).join(''));
    if (head === null && this.characters[this.at] === '?') {
      throw this.unknownGroup(start);
    }
    this.at += head?.[0].length ?? 0;
    if (head?.[2] !== undefined) {
      this.ignoreCase = head[2] === 'i';
      return undefined;
    }
    const outer = this.ignoreCase;
    this.ignoreCase = head?.[1] === undefined ? outer : head[1] === 'i';
    const syntax = this.choice();
    this.ignoreCase = outer;
    if (!this.take(')')) {
      throw this.error("a '(' is not closed", 'add a ), or write \\( for the character itself', start);
    }
    return syntax;
  }

  private unknownGroup(start: number): PatternError {
    const text = this.characters.slice(this.at, this.at + 3).join('');
    if (/^\?<?[=!]/.test(text)) {
      return this.error('a lookaround cannot be matched in linear time', 'write what stands beside the value into the pattern, or use \\b, ^ or $', start);
    }
    return this.error(`'(${text}' is no group that is known here`, 'use (...), (?:...) or (?i:...)', start);
  }

  private repeated(item: Syntax): Syntax {
    const start = this.at;
    const repeat = this.repeat();
    if (repeat === undefined) {
      return item;
    }
    const after = this.at;
    if (this.take('?')) {
      throw this.error("a '?' behind a repeat asks for the shortest match, and the longest is always taken",
        'leave it out, and name the characters that may be repeated, such as [^"]{1,32}', after);
    }
    if (this.take('*') || this.take('+') || this.repeat() !== undefined) {
      throw this.error('a repeat is repeated', 'put the inner one into a group, such as (?:a{1,3}){2}', start);
    }
    return { kind: 'repeat', item, ...repeat };
  }

  private repeat(): { least: number; most: number } | undefined {
    const start = this.at;
    const character = this.characters[this.at];
    if (character === '?') {
      this.at++;
      return { least: 0, most: 1 };
    }
    if (character === '*' || character === '+') {
      throw this.unbounded(character, character === '*' ? 0 : 1, start);
    }
    if (character !== '{') {
      return undefined;
    }
    const text = this.characters.slice(start, start + 20).join('');
    const counts = /^\{(\d{1,5})(,(\d{1,5})?)?\}/.exec(text);
    if (counts === null) {
      throw this.error("a '{' starts no repeat", 'write a repeat such as {1,32}, or \\{ for the character itself', start);
    }
    const least = Number(counts[1]);
    if (counts[2] !== undefined && counts[3] === undefined) {
      throw this.unbounded(counts[0], least, start);
    }
    const most = Number(counts[3] ?? counts[1]);
    if (most < least || most === 0) {
      throw this.error(`the repeat ${counts[0]} is empty`, 'write the smaller number first, and at least {0,1}', start);
    }
    this.at += counts[0].length;
    return { least, most };
  }

  private unbounded(repeat: string, least: number, start: number): PatternError {
    return this.error(`the repeat '${repeat}' has no upper bound`, `write how many there can be, such as {${least},${Math.max(32, 2 * least)}}`, start);
  }

  private escaped(start: number): Syntax {
    const condition = EDGES.get(this.characters[this.at]);
    if (condition !== undefined) {
      this.at++;
      return { kind: 'condition', condition };
    }
    return { kind: 'set', set: this.visible(this.escapedSet(start), start) };
  }
}
