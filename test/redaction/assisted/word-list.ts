import { Detector, Entity } from '../../../src/redaction/assisted/detector';

/** What the detectors of the tests know. */
export const WORDS: ReadonlyMap<string, string> = new Map([
  ['Ana López', 'NAME'],
  ['Zoë', 'NAME'],
  ['Wei 𠮷田', 'NAME'],
  ['1 Example Street', 'ADDRESS'],
  ['2 Example Road\nSpringfield', 'ADDRESS'],
  ['19 May', 'DATE_TIME'],
]);

const ANY = new RegExp([...WORDS.keys()].join('|'), 'g');

/** Where the words stand in a text, in Unicode code points. */
export function found(text: string, score = 0.9): Entity[] {
  let start = 0;
  let before = 0;
  return [...text.matchAll(ANY)].map(({ 0: word, index }) => {
    start += [...text.slice(before, index)].length;
    before = index;
    return { type: WORDS.get(word)!, start, end: start + [...word].length, score };
  });
}

/** Finds the words of the list, and keeps what it was asked. */
export function wordList(score?: number): { readonly detector: Detector; readonly texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    detector: async text => {
      texts.push(text);
      return found(text, score);
    },
  };
}
