/** Whatever is asked of a redacted object is a slice of the redacted object, whatever it holds and however it comes. */
import { view } from './drive';
import { MemorySource } from './memory-source';
import { DEFAULT_RULES } from '../../src/redaction/rule-set';
import { RedactionStream } from '../../src/redaction/stream';
import { sliceOf } from '../../src/transform/byte-range';
import { RedactingTransformation } from '../../src/transform/redacting/redacting-transformation';
import { fc } from '../fast-check';

const transformation = new RedactingTransformation({ rules: DEFAULT_RULES, engine: '1' });

const word = fc.oneof(
  fc.constantFrom('jo@example.com', '203.0.113.7', 'ssn 078-05-1120', '4111 1111 1111 1111', '\n', ' ', 'é🚀', '"', ','),
  fc.string({ maxLength: 8 }).filter(text => !text.includes('\0')),
);
const content = fc.array(word, { maxLength: 60 }).map(words => Buffer.from(words.join(' ')));
const position = fc.nat({ max: 700 });
const range = fc.oneof(
  fc.tuple(position, position).map(([one, other]) => `bytes=${Math.min(one, other)}-${Math.max(one, other)}`),
  position.map(first => `bytes=${first}-`),
  position.map(suffix => `bytes=-${suffix}`),
);

async function redacted(input: Buffer): Promise<Buffer> {
  const stream = new RedactionStream({ format: 'text' });
  stream.end(input);
  return Buffer.concat(await stream.toArray());
}

test('slices, and what HEAD says of them', async () => {
  const [bytes, length] = [fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 })];
  await fc.assert(fc.asyncProperty(content, range, bytes, length, async (input, header, holdBack, chunk) => {
    const whole = await redacted(input);
    const ask = { key: 'a.txt', transformation, options: { holdBack }, headers: { range: header } };
    const source = new MemorySource({ content: input, chunk });
    const got = await view(source, ask);
    const head = await view({ content: input, chunk }, { ...ask, operation: 'HeadObject' });
    const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header)!;
    const from = first === '' ? Math.max(0, whole.length - Number(last)) : Number(first);
    const expected = whole.subarray(from, first === '' || last === '' ? undefined : Number(last) + 1);
    if (expected.length === 0) {
      expect(got).toMatchObject({ status: 416, headers: { 'content-range': `bytes */${whole.length}` } });
      expect(head.status).toBe(416);
    } else {
      expect(got.status).toBe(206);
      expect(got.body).toEqual(expected);
      expect(got.headers).toMatchObject({
        'content-range': `bytes ${from}-${from + expected.length - 1}/${whole.length}`,
        'content-length': String(expected.length),
      });
      expect(head).toMatchObject({ status: 206, headers: got.headers });
      expect(source.asked.length).toBeLessThanOrEqual(2);
    }
  }), { numRuns: 150 });
});

test('slices side by side are the whole', async () => {
  await fc.assert(fc.asyncProperty(content, fc.integer({ min: 1, max: 200 }), async (input, size) => {
    const whole = await view({ content: input }, { key: 'a.txt', transformation });
    const parts: Buffer[] = [];
    for (let first = 0; first < whole.body.length; first += size) {
      const headers = { 'range': `bytes=${first}-${first + size - 1}`, 'if-match': whole.headers.etag };
      parts.push((await view({ content: input }, { key: 'a.txt', transformation, headers, options: { holdBack: 50 } })).body);
    }
    expect(Buffer.concat(parts)).toEqual(whole.body);
    expect(whole.body).toEqual(await redacted(input));
  }), { numRuns: 30 });
});

test('a source that is lost lets out nothing that was not judged', async () => {
  await fc.assert(fc.asyncProperty(content, fc.nat({ max: 700 }), fc.integer({ min: 1, max: 50 }), async (input, lostAfter, chunk) => {
    const whole = await redacted(input);
    const { status, body, failure } = await view({ content: input, lostAfter, chunk }, { key: 'a.txt', transformation, options: { holdBack: 20 } });
    const isLost = lostAfter <= input.length && input.length > 0;
    expect(status === 500 || failure !== undefined).toBe(isLost);
    expect(status === 500 || whole.subarray(0, body.length).equals(body)).toBe(true);
  }), { numRuns: 100 });
});

test('a slice is nothing, or lies within the object', () => {
  const number = fc.oneof(fc.nat(), fc.maxSafeInteger().filter(value => value >= 0), fc.constant(Infinity));
  const fromTo = fc.tuple(number, number).map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));
  const byteRange = fc.oneof(number.map(suffix => ({ suffix })), fromTo);
  fc.assert(fc.property(byteRange, fc.nat(), (one, total) => {
    const slice = sliceOf(one, total);
    expect(slice === undefined || slice.from >= 0 && slice.from < slice.to && slice.to <= total).toBe(true);
  }));
});
