/** Whatever is redacted, and however: documents still parse, to the same shape. */
import { Format } from '../../../src/redaction/format/format';
import { Redactor } from '../../../src/redaction/redactor';
import { DEFAULT_RULES, MaskRule, RuleSet } from '../../../src/redaction/rule-set';
import { fc } from '../../fast-check';

const MASKS: readonly MaskRule[] = [
  { kind: 'typeName' },
  { kind: 'characters', character: '*', keepLast: 0 },
  { kind: 'characters', character: '#', keepLast: 4 },
  { kind: 'hash', length: 16 },
  { kind: 'remove' },
];
const RUNS = { numRuns: 100 };

/** Keys that mean something, and others. */
const key = fc.oneof(
  fc.constantFrom('password', 'name', 'customer', 'address', 'ssn', 'email', 'dob', 'is_pin', 'a', '2'),
  fc.string({ unit: 'binary', maxLength: 4 }).filter(name => !/^\d/.test(name)),
);
const text = fc.oneof(
  fc.constantFrom('', ' ', 'ada@example.com', '203.0.113.77', 'x "y" \\ z', 'é😀', '\n', '<&>', '\u0000'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const rules = fc.record({ fields: fc.constantFrom<string[]>([], ['*'], ['a', 'customer.name']), mask: fc.constantFrom(...MASKS) })
  .map((some): RuleSet => ({ ...DEFAULT_RULES, ...some }));

function redact(format: Format, input: string, ruleSet: RuleSet): string {
  const redactor = new Redactor({ format, rules: ruleSet, hashKey: Buffer.alloc(32, 7) });
  return Buffer.concat([redactor.push(Buffer.from(input)), redactor.end()]).toString();
}

/** What stays of a value of JSON: its keys and the length of its lists. A number or a truth may become another value that holds none. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shapeOf);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, below]) => [name, shapeOf(below)]));
  }
  return typeof value === 'string' ? 'text' : 'literal';
}

/** Literals may become text. */
function fits(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) {
    return before === after || before === 'literal' && after === 'text';
  }
  const [names, others] = [Object.keys(before), Object.keys(after)];
  return Array.isArray(before) === Array.isArray(after) && names.join('\u0001') === others.join('\u0001')
    && names.every(name => fits((before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name]));
}

test('JSON', () => {
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof(
      { maxDepth: 4 }, text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeNat(), fc.boolean(), fc.constant(null),
      fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(fc.property(fc.array(tree, { maxLength: 3 }), rules, (trees, ruleSet) => {
    const input = trees.map(value => JSON.stringify(value)).join('\n');
    const output = redact('ndjson', input, ruleSet).split('\n').filter(line => line !== '');
    const before = input.split('\n').filter(line => line !== '').map(line => shapeOf(JSON.parse(line)));
    const after = output.map(line => shapeOf(JSON.parse(line)));
    expect([before, after, fits(before, after)]).toEqual([before, after, true]);
  }), RUNS);
});

/** The lengths of the rows, read one character at a time. */
function widthsOf(csv: string): number[] {
  const widths: number[] = [];
  let width = 1;
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  for (const character of csv) {
    if (state === 'quoted') {
      state = character === '"' ? 'closed' : 'quoted';
    } else if (character === '"' && state !== 'plain') {
      state = 'quoted';
    } else if (character === ',' || character === '\n') {
      width += character === ',' ? 1 : 0;
      if (character === '\n') {
        widths.push(width);
        width = 1;
      }
      state = 'start';
    } else {
      state = 'plain';
    }
  }
  return widths;
}

test('CSV', () => {
  const cell = text.map(value => /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const header = fc.array(key.map(name => `"${name.replaceAll('"', '""')}"`), { minLength: 3, maxLength: 3 });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
  fc.assert(fc.property(header, table, rules, (names, rows, ruleSet) => {
    const input = [names, ...rows].map(row => `${row.join(',')}\n`).join('').replaceAll('\u0000', '');
    expect(widthsOf(redact('csv', input, ruleSet))).toEqual(widthsOf(input));
  }), RUNS);
});

/** Tags with the names of their attributes. */
function tagsOf(xml: string): string[] {
  return (xml.replace(/<!--.*?-->/gs, '<!---->').replace(/<!\[CDATA\[.*?\]\]>/gs, '').match(/<(?:[^"'>]|"[^"]*"|'[^']*')*>/g) ?? [])
    .map(tag => tag.replace(/"[^"]*"|'[^']*'/g, '""'));
}

test('XML', () => {
  const escaped = text.map(value => value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`));
  const name = fc.constantFrom('password', 'c:ssn', 'customer', 'name', 'address', 'a');
  const { element } = fc.letrec<{ element: string }>(tie => ({
    element: fc.oneof({ maxDepth: 3 },
      fc.tuple(name, escaped, escaped).map(([tag, value, other]) => `<${tag} name="${value}" x='1'>${other}</${tag}>`),
      fc.tuple(name, escaped).map(([tag, value]) => `<${tag}> <![CDATA[${value}]]> <!-- ${value.replaceAll('-', '')} --></${tag}>`),
      fc.tuple(name, fc.array(tie('element'), { maxLength: 3 })).map(([tag, parts]) => `<${tag}>\n ${parts.join('\n ')}\n</${tag}>`)),
  }));
  fc.assert(fc.property(element, rules, (inner, ruleSet) => {
    const input = `<r xmlns="http://www.example.com/ns" xmlns:c="http://www.example.com/c">${inner}</r>`;
    expect(tagsOf(redact('xml', input, ruleSet))).toEqual(tagsOf(input));
  }), RUNS);
});

test('namespaces stay what they are', () => {
  const input = '<r xmlns="http://www.w3.org/2000/svg" xmlns:x="urn:example:a"><x:password>1</x:password></r>';
  expect(redact('xml', input, DEFAULT_RULES)).toBe(input.replace('>1<', '>[PASSWORD]<'));
});
