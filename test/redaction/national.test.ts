import cases from './national.cases.json';
import { detectText } from '../../src/redaction/detect/detect';
import { Layout, Needs } from '../../src/redaction/detect/recognizer';
import { NATIONAL } from '../../src/redaction/detect/recognizers/national';

/** The values of a type that are found in a text, which is looked through for all types. */
function detected(text: string, type: string): string[] {
  return detectText(text).filter(span => span.type === type).map(({ start, end }) => Buffer.from(text).toString('utf8', start, end));
}

/** A text of the table: what has to be found stands between « and ». */
function read(marked: string): { text: string; values: string[] } {
  return { text: marked.replace(/«(.*?)»/g, '$1'), values: [...marked.matchAll(/«(.*?)»/g)].map(([, value]) => value.trim()) };
}

function valuesThatNeed(needs: Partial<Record<Needs, string[]>>, ...which: Needs[]): string[] {
  return which.flatMap(need => needs[need] ?? []);
}

describe.each(cases)('$name', ({ type, word, needs, found, not }) => {
  test('is found beside its word, and in a field of that name', () => {
    for (const value of valuesThatNeed(needs, 'nothing', 'context', 'word')) {
      expect(detected(`${word}: ${value}.`, type)).toEqual([value]);
      expect(detected(`ok ${word.toLowerCase().replace(/[ -]/g, '_')}=${value.toLowerCase()} x`, type))
        .toEqual([value.toLowerCase()]);
    }
  });

  test('is found as all of a text only if more than a word speaks for it', () => {
    for (const value of valuesThatNeed(needs, 'nothing', 'context')) {
      expect({ value, found: detected(`${value}\n`, type) }).toEqual({ value, found: [value] });
    }
    for (const value of valuesThatNeed(needs, 'word')) {
      expect({ value, found: detected(value, type) }).toEqual({ value, found: [] });
    }
  });

  test('is found among other words only if it speaks for itself', () => {
    for (const value of valuesThatNeed(needs, 'nothing')) {
      expect({ value, found: detected(`lot ${value} was sold`, type) }).toEqual({ value, found: [value] });
    }
    for (const value of valuesThatNeed(needs, 'context', 'word')) {
      expect({ value, found: detected(`lot ${value} was sold`, type) }).toEqual({ value, found: [] });
    }
  });

  test.each(found)('%s', marked => {
    const { text, values } = read(marked);

    expect(values).not.toHaveLength(0);
    expect(detected(text, type)).toEqual(values);
  });

  test.each(not)('not in: %s', text => {
    expect(detected(text, type)).toEqual([]);
  });
});

/** A layout as a pattern, with or without its separators. */
function pattern({ template, separators = ' -.' }: Layout, grouped: boolean): RegExp {
  const separator = `[${separators.replace('-', '\\-')}]`;
  let first = true;
  const source = [...template].map(place => {
    switch (place) {
      case '9': return '\\d';
      case 'A': return '[A-Z]';
      case 'X': return '[A-Z\\d]';
      case ' ': {
        const again = first ? `(${separator})` : '\\1';
        first = false;
        return grouped ? again : '';
      }
      default: return place.replace(/\W/, '\\$&');
    }
  });
  return new RegExp(`^${source.join('')}$`);
}

test.each(NATIONAL.flatMap(({ type, layouts }) => layouts.map(layout => ({ type, layout, template: layout.template }))))(
  'the table has $type written as $template', ({ type, layout }) => {
    const needs: Partial<Record<Needs, string[]>> = cases.find(row => row.type === type)!.needs;

    expect(needs[layout.solid]?.filter(value => pattern(layout, false).test(value))).not.toEqual([]);
    if (layout.template.includes(' ')) {
      expect(needs[layout.grouped ?? layout.solid]?.filter(value => pattern(layout, true).test(value))).not.toEqual([]);
    }
  });
