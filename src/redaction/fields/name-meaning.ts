import { BARE_NAMES, MOST_WORDS, Meaning, PERSONS, PHRASES, QUESTIONS, VALUES, WHOLE_NAMES } from './field-names';
import { PiiType } from '../pii-type';

/** Shorter phrases are no ends of longer words: `pin` is not in `gpiopin`, but `password` is in `dbpassword`. */
const SHORTEST_END = 7;

const PERSON_NAME: Meaning = { type: PiiType.NAME, whole: 'all' };

/**
 * What a name says of its values: the longest phrase that it ends with, less words such as `number` after it. `password_reset_required`
 * ends with none; neither does a name that starts as a question, such as `has_password`.
 *
 * @param words  of the name
 * @param above  the words of the level above, empty if there is none
 * @param person whether that level stands for a person
 */
export function meaningOf(words: readonly string[], above: readonly string[], person: boolean): Meaning {
  if (words.length === 0 || QUESTIONS.has(words[0]) && words.length > 1) {
    return undefined;
  }
  if (person && BARE_NAMES.has(words.join(''))) {
    return PERSON_NAME;
  }
  const whole = WHOLE_NAMES.get(words.join(''));
  if (whole !== undefined) {
    return whole;
  }
  for (let end = words.length; end > 0; end--) {
    const key = longestPhrase(words, end, 1);
    if (key !== undefined) {
      return PHRASES.get(key);
    }
    if (!VALUES.has(words[end - 1])) {
      break;
    }
  }
  // `{"passport": {"number": ...}}` reads as `passport number`.
  const key = above.length > 0 ? longestPhrase([...above, ...words], above.length + words.length, words.length + 1) : undefined;
  return key === undefined ? undefined : PHRASES.get(key);
}

/** Whether a name stands for a person: `customer`, `primaryContact`, `users`. */
export function isPerson(words: readonly string[]): boolean {
  return words.length > 0 && singulars(words[words.length - 1]).some(word => PERSONS.has(word));
}

/** The longest phrase of at least `least` words that `words[0, end)` ends with. */
function longestPhrase(words: readonly string[], end: number, least: number): string | undefined {
  for (let count = Math.min(end, MOST_WORDS); count >= least; count--) {
    const key = singulars(words.slice(end - count, end).join('')).find(word => PHRASES.has(word));
    if (key !== undefined) {
      return key;
    }
  }
  return least > 1 ? undefined : endOfWord(words[end - 1]);
}

/** The longest phrase that a word run together ends with: `customerfirstname`. */
function endOfWord(word: string): string | undefined {
  for (let start = 1; start <= word.length - SHORTEST_END; start++) {
    const key = singulars(word.slice(start)).find(end => end.length >= SHORTEST_END && PHRASES.has(end));
    if (key !== undefined) {
      return key;
    }
  }
  return undefined;
}

function singulars(word: string): string[] {
  return word.endsWith('es') ? [word, word.slice(0, -1), word.slice(0, -2)] : word.endsWith('s') ? [word, word.slice(0, -1)] : [word];
}
