import { single } from './code-points';
import { inAnyCase } from './letter-case';
import { Condition, Syntax } from './syntax-tree';

const EDGE: Syntax = { kind: 'condition', condition: Condition.KEYWORD_EDGE };
/** A blank in a phrase: blanks, tabs, no-break spaces. */
const BLANKS: Syntax = { kind: 'repeat', item: { kind: 'set', set: [[0x09, 0x09], [0x20, 0x20], [0xa0, 0xa0]] }, least: 1, most: 4 };

/** A word or phrase as a pattern: with composed and with decomposed accents. */
export function keywordSyntax(word: string, ignoreCase: boolean): Syntax {
  const forms = [...new Set([word.normalize('NFC'), word.normalize('NFD')])];
  return { kind: 'choice', options: forms.map(form => spelled(form, ignoreCase)) };
}

function spelled(word: string, ignoreCase: boolean): Syntax {
  const characters = [...word.trim().replace(/[ \t\u00a0]+/g, ' ')].map((character): Syntax => {
    const set = single(character.codePointAt(0)!);
    return character === ' ' ? BLANKS : { kind: 'set', set: ignoreCase ? inAnyCase(set) : set };
  });
  return { kind: 'sequence', items: [EDGE, ...characters, EDGE] };
}
