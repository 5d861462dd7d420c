/** An error anywhere ends the stream with an error, and nothing goes out that was not judged. */
import { inspect } from 'util';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'zlib';
import { PADDING } from './awkward';
import { Outcome, stream, unescaped } from './drive';
import { RedactionError, RedactionErrorCode } from '../../../src/redaction/errors';
import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';

/** Words that stand nowhere else, so that a trace of them in an error is one of the input. */
const SECRETS = ['zqxj.wvkp@zqxjwvkp.example', '203.0.113.77', '536-22-8917', '4111 1198 7654 3212', 'tr0ub4dor3qz'];
const [EMAIL, IP, SSN, CARD, PASSWORD] = SECRETS;
/** A few letters of a secret are a trace of it. */
const TRACES = SECRETS.flatMap(secret => Array.from({ length: secret.length - 4 }, (_, start) => secret.slice(start, start + 5)));

const HEAD = PADDING.slice(0, 4200);
const TAIL = PADDING.slice(0, 700);

/** What is decided early needs many bytes before it and after it; the bytes between `from` and `to` are those that are interesting. */
const INPUTS: readonly { readonly format: RedactionOptions['format']; readonly text: string }[] = [
  { format: 'text', text: `${HEAD}é ${EMAIL}, ${IP}; 日本 ${SSN} password: ${PASSWORD} ${CARD}\n end of it ${TAIL}` },
  { format: 'csv', text: `mail,ip,password,note\n,,,${HEAD}\n${EMAIL},"${IP}",${PASSWORD},"said ""${SSN}"", 日本"\n"${CARD}",,,${TAIL}\n` },
  { format: 'json', text: `{"a":"${HEAD}", "mail": "${EMAIL}", "list": ["${IP}", 4111119876543212, "\\u0035${SSN.slice(1)}"], "é": {"password": "${PASSWORD}"}, "z": "${TAIL}"}` },
  { format: 'ndjson', text: `{"a":"${HEAD}"}\n{"mail":"${EMAIL}","ip":"${IP}"}\n["日本 ${SSN}",{"password":"${PASSWORD}"}]\n"${CARD}"\n{"z":"${TAIL}"}\n` },
  { format: 'xml', text: `<r a="${HEAD}" ip="${IP}"><m>${EMAIL}</m>日本<password>${PASSWORD}</password>&#53;${SSN.slice(1)} ${CARD} ${TAIL}</r>` },
];

/** A byte that never stands in UTF-8, a continuation without a start, a start without a continuation, an overlong form, a surrogate. */
const NO_UTF8 = [[0xff], [0x80], [0xe6, 0x97], [0xc1, 0x80], [0xed, 0xa0, 0x80]];

/** Every byte of what is interesting, and some of what follows it: the later the error, the more has gone out before it. */
function positionsIn(input: Buffer): number[] {
  const [from, to] = [input.indexOf(HEAD) + HEAD.length, input.lastIndexOf(TAIL)];
  return [...input.keys()].filter(index => index >= from && (index < to || index % 41 === 0));
}

/** The bytes before an error come as one part: all of it that can be decided goes out. */
const broken = (input: Buffer, index: number, ...bytes: number[]) => [input.subarray(0, index), Buffer.from([...bytes, ...input.subarray(index)])];

const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, method).mockImplementation((...words) => said.push(inspect(words)));
  }
});

/** All text that an object holds in any property, hidden or not; bytes are text, too. */
function heldBy(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return [String(value)];
  }
  seen.add(value);
  return value instanceof Uint8Array ? [Buffer.from(value).toString()]
    : Reflect.ownKeys(value).flatMap(key => [String(key), ...heldBy(Reflect.get(value, key), seen)]);
}

/** What of the input reached anything but the output; and what reached the output although it is to be redacted. */
function leaks({ output, error, report }: Outcome): string[] {
  const words = [...heldBy(error), ...heldBy(report), inspect(error), JSON.stringify(report), ...said].join('\n');
  return [...TRACES.filter(trace => words.includes(trace)), ...SECRETS.filter(secret => unescaped(output).includes(secret))];
}

function codeOf({ error }: Outcome): string {
  return error === undefined ? 'none' : error instanceof RedactionError ? error.code : String(error);
}

/** The outcomes that fail in another way than they have to: what came out has to be the start of `whole`, and nothing may leak. */
async function exceptions(
  positions: readonly number[], whole: Buffer, codes: readonly (RedactionErrorCode | 'none')[], run: (index: number) => Promise<Outcome>,
): Promise<string[]> {
  const result: string[] = [];
  for (const index of positions) {
    const outcome = await run(index);
    const code = codeOf(outcome);
    const prefix = whole.subarray(0, outcome.output.length).equals(outcome.output);
    const leaked = leaks(outcome);
    if (!codes.includes(code as RedactionErrorCode) || !prefix && code !== 'none' || leaked.length > 0) {
      result.push(`at ${index}: ${code}, ${prefix ? 'a prefix' : 'no prefix'}, leaked ${JSON.stringify(leaked)}`);
    }
  }
  return result;
}

describe.each(INPUTS)('$format', ({ format, text }) => {
  const input = Buffer.from(text);
  const positions = positionsIn(input);
  // Before one of its own continuations, a cut-off character can make a whole one.
  const boundaries = positions.filter(index => input[index] < 0x80 || input[index] >= 0xc0);
  let whole: Buffer;

  beforeAll(async () => {
    const outcome = await stream([input], { format });
    expect(outcome.error).toBeUndefined();
    expect(leaks(outcome)).toEqual([]);
    whole = outcome.output;
  });

  it('stops when the source fails, at every byte', async () => {
    const failure = new RedactionError('SOURCE', 'the source failed');
    expect(await exceptions(positions, whole, ['SOURCE'], index => stream([input.subarray(0, index)], { format }, failure))).toEqual([]);
    // The checks of this file say little if nothing goes out early.
    const { output } = await stream([input.subarray(0, input.length - 5)], { format }, failure);
    expect(output.toString()).toMatch(/\[EMAIL\][^]*\[IP_ADDRESS\]|\[IP_ADDRESS\][^]*\[EMAIL\]/);
  });

  it('stops at a NUL, at every byte', async () => {
    expect(await exceptions(positions, whole, ['NOT_TEXT'], index => stream(broken(input, index, 0), { format }))).toEqual([]);
  });

  it('stops at what is no UTF-8, at every byte', async () => {
    expect(await exceptions(boundaries, whole, ['NOT_TEXT'], index => stream(broken(input, index, ...NO_UTF8[index % NO_UTF8.length]), { format }))).toEqual([]);
  });

  it('lets nothing through that was cut off, at every byte', async () => {
    const structured = format === 'json' || format === 'xml';
    expect(await exceptions(positions, whole, structured ? ['MALFORMED', 'NOT_TEXT'] : ['none', 'MALFORMED', 'NOT_TEXT'],
      index => stream([input.subarray(0, index)], { format }))).toEqual([]);
  });

  it.each([['gzip', gzipSync(input)], ['br', brotliCompressSync(input)]])('stops when %s is cut off, at every byte', async (contentEncoding, packed) => {
    expect(await exceptions([...packed.keys()], whole, ['BAD_ENCODING'], index => stream([packed.subarray(0, index)], { format, contentEncoding }))).toEqual([]);
  });

  it.each([['gzip', gzipSync(input), gunzipSync], ['br', brotliCompressSync(input), brotliDecompressSync]] as const)(
    'sends it on in %s, or not at all', async (contentEncoding, packed, unpack) => {
      const { output } = await stream([packed], { format, contentEncoding, recompress: true });
      expect(unpack(output).equals(whole)).toBe(true);
      const cutOff = await stream([packed.subarray(0, -3)], { format, contentEncoding, recompress: true });
      expect([codeOf(cutOff), leaks(cutOff)]).toEqual(['BAD_ENCODING', []]);
      expect(() => unpack(cutOff.output)).toThrow();
    });

  it('lets nothing through when gzip is damaged, at every byte', async () => {
    const packed = gzipSync(input);
    for (let index = 0; index < packed.length; index++) {
      const damaged = Buffer.from(packed);
      damaged[index] = 255 - damaged[index];
      const outcome = await stream([damaged], { format, contentEncoding: 'gzip' });
      expect(leaks(outcome)).toEqual([]);
      // Flags, time, level and system of the header say nothing of the content.
      expect(outcome.error === undefined ? outcome.output.equals(whole) && index < 10 : outcome.error instanceof RedactionError).toBe(true);
    }
  });
});

it('stops at a control character, at every byte of JSON', async () => {
  const { format, text } = INPUTS.find(input => input.format === 'json')!;
  const input = Buffer.from(text);
  const { output: whole } = await stream([input], { format });
  expect(await exceptions(positionsIn(input), whole, ['MALFORMED', 'NOT_TEXT'], index => stream(broken(input, index, 1), { format }))).toEqual([]);
});

it('lets nothing through when a tag opens anywhere in XML', async () => {
  const { format, text } = INPUTS.find(input => input.format === 'xml')!;
  const input = Buffer.from(text);
  const { output: whole } = await stream([input], { format });
  expect(await exceptions(positionsIn(input), whole, ['MALFORMED', 'NOT_TEXT'], index => stream(broken(input, index, 0x3c), { format }))).toEqual([]);
});

describe('what cannot be redacted', () => {
  const compressed = (text: string) => gzipSync(Buffer.from(text));
  const BLANKS = compressed(' '.repeat(20 * 1024 * 1024));

  it.each<[string, Buffer, RedactionOptions, RedactionErrorCode]>([
    ['UTF-16', Buffer.from(`\uFEFF${EMAIL}`, 'utf16le'), { format: 'text' }, 'NOT_TEXT'],
    ['UTF-16 without a mark', Buffer.from(EMAIL, 'utf16le'), { format: 'text' }, 'NOT_TEXT'],
    ['Latin-1', Buffer.from(`é ${EMAIL}`, 'latin1'), { format: 'text' }, 'NOT_TEXT'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), { key: 'a.txt' }, 'NOT_TEXT'],
    ['a content type of another kind', Buffer.from(EMAIL), { contentType: 'image/png' }, 'UNKNOWN_FORMAT'],
    ['gzip that is plain', Buffer.from(EMAIL), { format: 'text', contentEncoding: 'gzip' }, 'BAD_ENCODING'],
    ['gzip in gzip', gzipSync(compressed(EMAIL)), { format: 'text', contentEncoding: 'gzip' }, 'NOT_TEXT'],
    ['gzip followed by something else', Buffer.concat([compressed(EMAIL), Buffer.from(EMAIL)]), { format: 'text', contentEncoding: 'gzip' }, 'BAD_ENCODING'],
    ['content that grows too much', BLANKS, { format: 'text', contentEncoding: 'gzip', maximumExpansion: 10 }, 'EXPANSION'],
    ['JSON followed by something else', Buffer.from(`{} ${EMAIL}`), { format: 'json' }, 'MALFORMED'],
    ['JSON that is none', Buffer.from(EMAIL), { format: 'json' }, 'MALFORMED'],
    ['XML that is none', Buffer.from(EMAIL), { format: 'xml' }, 'MALFORMED'],
    ['XML in another encoding', Buffer.from(`<?xml version="1.0" encoding="UTF-16"?><r>${EMAIL}</r>`), { format: 'xml' }, 'NOT_TEXT'],
    ['a quote that stays open', Buffer.from(`a,b\n1,"${EMAIL}\n`), { format: 'csv' }, 'MALFORMED'],
  ])('%s is refused', async (_, bytes, options, code) => {
    const outcome = await stream([bytes], options);
    expect([codeOf(outcome), leaks(outcome)]).toEqual([code, []]);
  });

  it('an unknown content encoding is refused before anything is read', () => {
    expect(() => new RedactionStream({ format: 'text', contentEncoding: 'zstd' })).toThrow(expect.objectContaining({ code: 'BAD_ENCODING' }));
  });

  it('takes no longer than it may', async () => {
    const redaction = new RedactionStream({ format: 'text', timeLimit: 20 });
    const output: Buffer[] = [];
    redaction.on('data', chunk => output.push(chunk));
    redaction.write(`${EMAIL}\n`);
    // The source never goes on.
    const error = await new Promise<Error>(resolve => redaction.once('error', resolve));
    expect([codeOf({ error, output: Buffer.concat(output), report: redaction.report }), Buffer.concat(output).includes(EMAIL)]).toEqual(['TIME_LIMIT', false]);
  });

  it.each<[string, RedactionOptions['format'], string, string]>([
    ['a field', 'csv', 'password\n', 'x'],
    ['a string', 'json', '{"password":"', 'x'],
    ['an element', 'xml', '<password>', 'x'],
  ])('%s that is longer than can be masked is refused', async (_, format, head, unit) => {
    const rules = { types: ['PASSWORD' as never], fields: [], keywords: [], patterns: [], mask: { kind: 'hash' as const, length: 16 }, masks: {} };
    const outcome = await stream([Buffer.from(head + unit.repeat(200_000))], { format, rules, hashKey: Buffer.alloc(32, 7) });
    expect([codeOf(outcome), outcome.output.includes('xxxx')]).toEqual(['OVERSIZED', false]);
  });
});
