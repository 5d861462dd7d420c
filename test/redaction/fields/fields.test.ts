import NAMES from './field-names.cases.json';
import SELECTORS from './selectors.cases.json';
import { FieldResolver, Place } from '../../../src/redaction/fields/field-resolver';
import { NameCache } from '../../../src/redaction/fields/name-cache';
import { FIELD_NUMBER, PII_TYPES } from '../../../src/redaction/labels';
import { PiiType } from '../../../src/redaction/pii-type';
import { resolverOf } from '../format/recording-judge';

/** The place of a path, as readers find it. */
function placeOf(fields: FieldResolver, path: readonly string[]): Place {
  const cache = new NameCache(fields, (above, name) => fields.child(above, name));
  const find = (above: Place, name: string) => {
    const bytes = Buffer.from(`"${name}"`);
    return cache.find(above, bytes, 1, bytes.length - 1);
  };
  // The second time, names come from the cache.
  const [once, twice] = [1, 2].map(() => path.reduce(find, fields.root));
  expect(twice.field).toEqual(once.field);
  return once;
}

function labelOf({ field: { label } }: Place): string | null {
  return label < 0 ? null : label === FIELD_NUMBER ? 'FIELD' : PII_TYPES[label];
}

describe('names', () => {
  const fields = resolverOf();

  test.each(Object.entries(NAMES.whole).flatMap(([type, names]) => names.map(name => [name, type])))('%s is %s', (name, type) => {
    expect(placeOf(fields, [name]).field).toMatchObject({ label: PII_TYPES.indexOf(type as PiiType), numbers: true, booleans: false });
  });

  test.each(Object.entries(NAMES.texts).flatMap(([type, names]) => names.map(name => [name, type])))('texts of %s are %s', (name, type) => {
    expect(placeOf(fields, [name]).field).toMatchObject({ label: PII_TYPES.indexOf(type as PiiType), numbers: false, booleans: false });
  });

  test('what only texts are redacted for holds for values below, and no other names', () => {
    expect([['email', 'value'], ['email', 'primary'], ['email', 'subject'], ['notify', 'email', 'body']].map(path => labelOf(placeOf(fields, path))))
      .toEqual(['EMAIL', 'EMAIL', null, null]);
  });

  test.each(NAMES.not)('%j alone redacts nothing', name => {
    expect(labelOf(placeOf(fields, [name]))).toBeNull();
  });

  test.each(NAMES.below)('$path is $type', ({ path, type }) => {
    expect(labelOf(placeOf(fields, path))).toBe(type);
  });

  test('types that are not looked for redact nothing', () => {
    const few = resolverOf({ types: [PiiType.PASSWORD] });
    expect(['first_name', 'password', 'pin'].map(name => labelOf(placeOf(few, [name])))).toEqual([null, 'PASSWORD', null]);
  });

  test('a name is context of its types, and of the value below it', () => {
    const bitOf = (path: string[]) => placeOf(fields, path).field.contextLow >>> PII_TYPES.indexOf(PiiType.SSN) & 1;
    expect([['ssn'], ['customer_ssn'], ['ssn', 'value'], ['ssn', 'note'], ['other']].map(bitOf)).toEqual([1, 1, 1, 0, 0]);
  });

  test('items of a list are what the list is', () => {
    const list = placeOf(fields, ['first_names']);
    expect(labelOf(fields.item(list, 7))).toBe('NAME');
  });
});

describe('selectors', () => {
  test.each(SELECTORS.selected)('$fields and $path: $label', ({ fields, path, label }) => {
    const place = placeOf(resolverOf({ fields }), path);
    expect(place.selected ? labelOf(place) : null).toBe(label);
  });

  test.each(SELECTORS.refused)('$selector $because', ({ selector, because }) => {
    expect(() => resolverOf({ fields: ['ssn', selector] })).toThrow(expect.objectContaining({
      name: 'RedactionError', code: 'INVALID_RULES', message: expect.stringContaining(`'${selector}' ${because}`),
    }));
  });

  test('more levels than anyone needs', () => {
    expect(() => resolverOf({ fields: [Array(33).fill('a').join('.')] })).toThrow(/more than 32 levels/);
  });

  test('a type that is not looked for is a field', () => {
    expect(labelOf(placeOf(resolverOf({ fields: ['birthday'], types: [PiiType.EMAIL] }), ['birthday']))).toBe('FIELD');
  });

  test('lists are no levels of paths with dots, and levels of those with slashes', () => {
    const label = (selector: string, ...path: (string | number)[]) => {
      const fields = resolverOf({ fields: [selector] });
      const below = (place: Place, level: string | number) => typeof level === 'number' ? fields.item(place, level) : fields.child(place, level);
      return labelOf(path.reduce(below, fields.root));
    };
    expect([
      label('a.b', 'a', 3, 'b'), label('a.b', 2, 'a', 3, 4, 'b'), label('a.*.b', 'a', 3, 'b'),
      label('a.3.b', 'a', 3, 'b'), label('a.*', 'a', 3),
      label('/a/*/b', 'a', 3, 'b'), label('/a/3/b', 'a', 3, 'b'), label('/a/3', 'a', 3), label('/*/a', 0, 'a'),
    ]).toEqual(Array(9).fill('FIELD'));
    expect([
      label('a.b', 'a', 3, 'c', 'b'), label('a.4.b', 'a', 3, 'c', 'b'), label('/a/b', 'a', 3, 'b'),
      label('/a/4/b', 'a', 3, 'b'), label('/a/4', 'a', 3), label('/a/*/b', 'a', 3, 4, 'b'),
    ]).toEqual(Array(6).fill(null));
  });

  test('columns', () => {
    const fields = resolverOf({ fields: ['customer.email', 'my col'] });
    const names = ['customer.email', 'Customer/Email', 'MY_COL', 'customer', 'email'];
    expect(names.map(name => fields.column(name).booleans)).toEqual([true, true, true, false, false]);
  });
});

test('a million different names make no million places', () => {
  const fields = resolverOf({ fields: ['a.*.c'] });
  const cache = new NameCache(fields, (above, name) => fields.child(above, name));
  const numbers = new Set<number>();
  for (let index = 0; index < 20_000; index++) {
    for (const name of [`x${index.toString(36)}`, `user_${index}_id`]) {
      const bytes = Buffer.from(name);
      numbers.add(cache.find(fields.root, bytes, 0, bytes.length).number);
    }
  }
  expect(numbers.size).toBeLessThan(1000);
});
