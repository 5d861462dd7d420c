import NAMES from './field-names.cases.json';
import { ANCHORED_RECOGNIZERS, CODE_RECOGNIZERS } from '../../../src/redaction/detect/recognizers/catalogue';
import { KnownEndings } from '../../../src/redaction/fields/known-endings';
import { fc } from '../../fast-check';
import { resolverOf } from '../format/recording-judge';

const WORDS = [
  'first', 'name', 'user', 'ssn', 'id', 'x', 'straße', 'prénom', 'pass', 'word', 'Q', 'AB', '7', 'é', '氏', 'ı', 'zip', 'of', 'birth', 'date', 'key', 'my',
  'foo', 'bar', 'quux', 'tree', 'blue', 'z',
];
const SELECTORS = ['my key', 'ssn', 'ab7', 'q.x.7', '氏x', 'é'];

const CONTEXTS = [...CODE_RECOGNIZERS, ...ANCHORED_RECOGNIZERS].flatMap(({ context = [] }) => context);

/** Names of known and unknown words in every spelling. */
const spelling = fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom('', '_', '-', ' ', '.', ':'), fc.constantFrom('as is', 'capital', 'upper'));
const name = fc.array(spelling, { minLength: 1, maxLength: 5 })
  .map(parts => parts.map(([word, separator, letters]) =>
    (letters === 'upper' ? word.toUpperCase() : letters === 'capital' ? word[0].toUpperCase() + word.slice(1) : word) + separator).join(''));

function mayKnow(endings: Pick<KnownEndings, 'mayKnow'>, text: string): boolean {
  // Bytes around the name are none of it.
  const bytes = Buffer.from(`name${text}name`);
  return endings.mayKnow(bytes, 4, bytes.length - 4);
}

test('a name that is dismissed means nothing', () => {
  const fields = resolverOf({ fields: SELECTORS });
  let dismissed = 0;
  fc.assert(fc.property(name, text => {
    if (!mayKnow(fields, text)) {
      dismissed++;
      const { field, selected } = fields.child(fields.root, text);
      expect({ text, label: field.label, selected }).toEqual({ text, label: -1, selected: false });
    }
  }), { numRuns: 2000 });
  expect(dismissed).toBeGreaterThan(100);
});

test('no name that means something is dismissed', () => {
  const fields = resolverOf();
  for (const text of Object.values(NAMES.whole).flat().flatMap(known => [known, known.toUpperCase(), `x_${known}`, known.normalize('NFD')])) {
    expect([text, mayKnow(fields, text)]).toEqual([text, true]);
  }
});

test('no context word is dismissed, in any spelling', () => {
  const fields = resolverOf();
  expect(CONTEXTS.length).toBeGreaterThan(100);
  for (const phrase of CONTEXTS) {
    const camel = phrase.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
    for (const text of [phrase, phrase.toUpperCase(), phrase.replaceAll(' ', '_'), phrase.replaceAll(' ', ''), camel, `x_${phrase}_1`]) {
      expect([text, mayKnow(fields, text)]).toEqual([text, true]);
    }
  }
});

test('context is for words, not for digits: names that differ in digits only mean the same', () => {
  expect(CONTEXTS.filter(phrase => /\d/.test(phrase))).toEqual([]);
});

test.each([
  ['pin', true], ['PIN', true], ['myPin', true], ['myPIN', true], ['PINCode', true], ['XMLPin', true], ['p_i_n', true], ['pins', true],
  ['spin', false], ['pinned', false], ['pi', false], ['', false], ['42', false],
])('with pin known, %s may mean something: %s', (text, expected) => {
  expect(mayKnow(new KnownEndings(['pin']), text)).toBe(expected);
});
