/** Each type, escaped each way that each format allows, is found. */
import { brotliCompressSync, gzipSync } from 'zlib';
import { decimal, halfUnicode, hexadecimal, percent, unicode } from './awkward';
import { redact, stream, unescaped } from './drive';
import { FIELD_SAMPLES, Sample, SAMPLES } from './samples';
import { PiiType } from '../../../src/redaction/pii-type';
import { DEFAULT_RULES } from '../../../src/redaction/rule-set';
import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';

type Format = RedactionOptions['format'];

/** One way to write words and the value that they announce. */
interface Way {
  readonly name: string;
  readonly format: Format;
  write(sample: Sample): string;
}

const phrase = ({ context, value }: Sample) => `${context} ${value}`;
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const xml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

const WAYS: readonly Way[] = [
  { name: 'as it is', format: 'text', write: phrase },
  { name: 'between other words', format: 'text', write: sample => `é, then ${phrase(sample)}, and on` },
  { name: 'between characters of several bytes', format: 'text', write: sample => `日本 ${phrase(sample)} 日本` },
  { name: 'percent-encoded as a form', format: 'text', write: sample => `GET /a?q=${encodeURIComponent(phrase(sample)).replace(/%20/g, '+')}&r=1` },
  { name: 'percent-encoded as a component', format: 'text', write: sample => `GET /a?q=${encodeURIComponent(phrase(sample))}&r=1` },
  { name: 'percent-encoded throughout', format: 'text', write: sample => `GET /a?q=${percent(phrase(sample))}&r=1` },
  { name: 'percent-encoded throughout in capitals', format: 'text', write: sample => `GET /a?q=${percent(phrase(sample)).toUpperCase()}` },
  { name: 'quoted', format: 'csv', write: sample => `a,b\n1,"${phrase(sample)}"\n` },
  { name: 'in quoted quotes', format: 'csv', write: sample => `a,b\n1,"said ""${phrase(sample)}"" twice"\n` },
  { name: 'in lines of one field', format: 'csv', write: sample => `a,b\n1,"x\n${phrase(sample)}\ny"\n` },
  { name: 'in a column', format: 'tsv', write: sample => `a\tb\n1\t${phrase(sample)}\n` },
  { name: 'in a string', format: 'json', write: sample => `{"a":"${json(phrase(sample))}"}` },
  { name: 'with every character escaped', format: 'json', write: sample => `["${unicode(phrase(sample))}"]` },
  { name: 'with every other character escaped', format: 'json', write: sample => `["${halfUnicode(phrase(sample))}"]` },
  { name: 'with all but letters escaped', format: 'json', write: sample => `["${phrase(sample).replace(/[^a-z]/gi, unicode)}"]` },
  { name: 'with escaped slashes', format: 'json', write: sample => `["${json(phrase(sample)).replace(/\//g, '\\/')}"]` },
  { name: 'between escapes', format: 'json', write: sample => `["\\n\\"${json(phrase(sample))}\\"\\t\\ud83d\\ude00"]` },
  { name: 'JSON in a string of JSON', format: 'json', write: sample => JSON.stringify({ a: JSON.stringify({ b: phrase(sample) }) }) },
  { name: 'percent-encoded in a string', format: 'json', write: sample => `{"url":"https:\\/\\/example.com\\/?q=${encodeURIComponent(phrase(sample))}"}` },
  { name: 'percent-encoded and escaped', format: 'ndjson', write: sample => `{"q":"${unicode(percent(phrase(sample)))}"}\n` },
  { name: 'in text', format: 'xml', write: sample => `<a>${xml(phrase(sample))}</a>` },
  { name: 'as decimal references', format: 'xml', write: sample => `<a>${decimal(phrase(sample))}</a>` },
  { name: 'as hexadecimal references', format: 'xml', write: sample => `<a>${hexadecimal(phrase(sample))}</a>` },
  { name: 'as references with zeros', format: 'xml', write: sample => `<a>${phrase(sample).replace(/./g, letter => `&#x000${letter.charCodeAt(0).toString(16)};`)}</a>` },
  { name: 'with all but letters as references', format: 'xml', write: sample => `<a>${phrase(sample).replace(/[^a-z]/gi, decimal)}</a>` },
  { name: 'in an attribute', format: 'xml', write: sample => `<a b="${xml(phrase(sample))}"/>` },
  { name: 'as references in an attribute', format: 'xml', write: sample => `<a b='${decimal(phrase(sample))}'/>` },
  { name: 'in CDATA', format: 'xml', write: sample => `<a><![CDATA[<b>${phrase(sample)}</b>]]></a>` },
  { name: 'in a comment', format: 'xml', write: sample => `<a><!-- ${phrase(sample)} --></a>` },
];

/** Ways to write the value of a field whose name says what it holds. */
const FIELD_WAYS: readonly Way[] = [
  { name: 'a column', format: 'csv', write: ({ context, value }) => `id,${context},z\n1,${value},2\n` },
  { name: 'a quoted column', format: 'csv', write: ({ context, value }) => `id;"${context}"\n1;"${value}"\n` },
  { name: 'a member', format: 'json', write: ({ context, value }) => `{"${context}": "${value}"}` },
  { name: 'a member with an escaped name', format: 'json', write: ({ context, value }) => `{"${unicode(context)}": "${value}"}` },
  { name: 'a member with escapes', format: 'json', write: ({ context, value }) => `{"a":{"${context}":"${unicode(value)}"}}` },
  { name: 'members of a list', format: 'json', write: ({ context, value }) => `{"${context}":["${value}",{"x":"${value}"}]}` },
  { name: 'an element', format: 'xml', write: ({ context, value }) => `<r><${context}>${value}</${context}></r>` },
  { name: 'an element with references', format: 'xml', write: ({ context, value }) => `<r><n:${context} x="1">${decimal(value)}</n:${context}></r>` },
  { name: 'an element with CDATA', format: 'xml', write: ({ context, value }) => `<${context}><![CDATA[${value}]]></${context}>` },
  { name: 'an attribute', format: 'xml', write: ({ context, value }) => `<r ${context}="${hexadecimal(value)}"/>` },
];

const only = (type: PiiType) => ({ ...DEFAULT_RULES, types: [type] });

/** Whether the value can still be read somewhere, percent-encoded or not. */
function legible(output: Buffer, value: string): boolean {
  const text = unescaped(output).replace(/\\(.)/g, '$1').replace(/&amp;/g, '&');
  return [text, text.replace(/(?:%[0-9a-fA-F]{2})+/g, run => Buffer.from(run.replace(/%/g, ''), 'hex').toString())].some(one => one.includes(value));
}

it.each(WAYS)('$format: every type is found $name', ({ format, write }) => {
  const missed = SAMPLES.filter(sample => {
    const input = Buffer.from(write(sample));
    expect(legible(input, sample.value)).toBe(true);
    return legible(redact(input, { format, rules: only(sample.type) }), sample.value) || legible(redact(input, { format }), sample.value);
  });
  expect(missed.map(({ type }) => type)).toEqual([]);
});

it.each(FIELD_WAYS)('$format: names and addresses are found as $name', ({ format, write }) => {
  const missed = FIELD_SAMPLES.filter(sample => legible(redact(Buffer.from(write(sample)), { format, rules: only(sample.type) }), sample.value));
  expect(missed.map(({ type }) => type)).toEqual([]);
});

it.each<[string, (text: string) => Buffer]>([['gzip', gzipSync], ['br', brotliCompressSync]])('every type is found in %s', async (contentEncoding, compress) => {
  const text = SAMPLES.map(phrase).join('\n');
  const { output, error } = await stream([compress(text)], { format: 'text', contentEncoding });
  expect(error).toBeUndefined();
  expect(output.toString().split('\n')).toHaveLength(SAMPLES.length);
  expect(SAMPLES.filter(({ value }) => legible(output, value)).map(({ type }) => type)).toEqual([]);
});

it('counts each type by its name', () => {
  SAMPLES.forEach(sample => {
    const redaction = new RedactionStream({ format: 'text', rules: only(sample.type) });
    redaction.resume().end(phrase(sample));
    expect([sample.type, redaction.report.counts]).toEqual([sample.type, { [sample.type]: 1 }]);
  });
});

it('knows each type', () => {
  expect(new Set([...SAMPLES, ...FIELD_SAMPLES].map(({ type }) => type))).toEqual(new Set(Object.values(PiiType)));
});
