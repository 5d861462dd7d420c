import { Redactor } from '../../../src/redaction/redactor';
import { DEFAULT_RULES } from '../../../src/redaction/rule-set';
import { fc } from '../../fast-check';

const KEYS = ['id', 'email', 'user', 'pan', 'items', 'ssn', 'note', 'k\\u0065y', 'jane@example.com', '4111111111111111', ''];
const VALUES = [
  '"ok"', '""', '"jane@example.com"', '"x\\u0040y.com"', '"4111 1111 1111 1111"', '"say \\"hi\\""', '"a%40b.com"', '"078-05-1120"',
  '4111111111111111', '-1.5e3', 'true', 'null',
];

const key = fc.constantFrom(...KEYS);
const value = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...VALUES) }, fc.constantFrom('{}', '[]'));
const { record } = fc.letrec(tie => ({
  record: fc.array(fc.tuple(key, tie('below')), { maxLength: 5 }).map(members => `{${members.map(([name, below]) => `"${name}":${below}`).join(',')}}`),
  below: fc.oneof({ depthSize: 'small', withCrossShrink: true }, value, tie('record'), fc.array(tie('below'), { maxLength: 3 }).map(list => `[${list.join(',')}]`)),
}));

function redacted(input: string, fields: readonly string[], size = Infinity): string {
  const redactor = new Redactor({ format: 'ndjson', rules: { ...DEFAULT_RULES, fields } });
  const bytes = Buffer.from(input);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    parts.push(redactor.push(bytes.subarray(at, at + size)));
  }
  return Buffer.concat([...parts, redactor.end()]).toString();
}

/** Each value is given others of its shape: what was learned of the first records is what the later ones are read by. */
function varied(shape: string, turn: number): string {
  const literals = VALUES.filter(text => !text.startsWith('"'));
  const texts = VALUES.filter(text => text.startsWith('"'));
  let count = turn;
  return shape.replace(/(?<=[:[,])(?:("(?:[^"\\]|\\.)*")(?!:)|[-\d.e]+|true|null)/g, (_, text?: string) => {
    const from = text === undefined && turn % 3 > 0 ? literals : texts;
    return from[count++ % from.length];
  });
}

test('what a record says does not depend on the records before it', () => {
  const fields = fc.constantFrom([], ['ssn', '/items/*/pan'], ['/items/1', '/0/id', 'user.note']);
  fc.assert(fc.property(fc.array(record, { minLength: 1, maxLength: 3 }), fields, fc.constantFrom(7, 60, Infinity), (shapes, selectors, size) => {
    const records = Array.from({ length: 12 }, (_, turn) => `${varied(shapes[turn * turn % shapes.length], turn)}\n`);
    expect(redacted(records.join(''), selectors, size)).toBe(records.map(one => redacted(one, selectors)).join(''));
  }), { numRuns: 60 });
});

test.each<[string, string[], string[], string[]]>([
  ['a value at times is an object', [], ['{"user":"ok","pan":1}', '{"user":{"note":"ok"}}', '{"user":[["a@b.cc"]]}', '{"user":{}}'], ['a@b.cc']],
  ['items are told apart by their index', ['/items/1'], ['{"items":["ok","no","ok"]}'], ['no']],
  ['the same text stands in other objects', ['user.note'], ['{"user":{"id":1,"note":"xx"},"note":"ok"}', '{"id":1,"note":"ok"}'], ['xx']],
  ['a value has an escape', [], ['{"note":"ok"}', '{"note":"x\\u0040y.cc"}'], ['x\\u0040y.cc']],
])('%s', (_, fields, records, found) => {
  const input = Array.from({ length: 40 }, (__, turn) => records[(turn ^ turn >> 2) % records.length]).join('\n');
  const expected = found.reduce((text, one) => text.replaceAll(one, one.includes('.') ? '[EMAIL]' : '[FIELD]'), input);
  expect(redacted(input, fields)).toBe(expected);
});
