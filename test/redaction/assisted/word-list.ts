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

/** Where the words stand in a text, in Unicode code points. */
export function found(text: string, score = 0.9): Entity[] {
  return [...WORDS].flatMap(([word, type]) => indexesOf(text, word).map(index => {
    const start = [...text.slice(0, index)].length;
    return { type, start, end: start + [...word].length, score };
  }));
}

function indexesOf(text: string, word: string): number[] {
  const indexes: number[] = [];
  for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + 1)) {
    indexes.push(index);
  }
  return indexes;
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
