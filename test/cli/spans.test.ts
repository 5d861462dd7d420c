import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Readable } from 'stream';
import { buffer } from 'stream/consumers';
import { Mask } from '../../src/redaction/mask';
import { Redaction } from '../../src/redaction/redaction';
import { RedactionStream } from '../../src/redaction/stream';

const SAMPLES = join(__dirname, '..', '..', 'examples', 'redaction');

/** Redacts, and checks what the diff relies on: between the values that it was told of, the output is the input. */
async function redactedBetweenSpans(key: string, input: Buffer, mask: Mask): Promise<{ spans: number; counts: number }> {
  const spans: Array<{ start: number; end: number; written: number }> = [];
  const redaction = new RedactionStream({
    key,
    rules: Redaction.of({ mask, fields: ['note', 'notes', 'name', 'long'] })._rules,
    hashKey: Buffer.alloc(32, 7),
    onSpan: (start, end, _label, written) => spans.push({ start, end, written }),
  });
  const output = await buffer(Readable.from([input], { objectMode: false }).pipe(redaction));
  let from = 0;
  let at = 0;
  for (const { start, end, written } of spans) {
    expect(start).toBeGreaterThanOrEqual(from);
    expect(output.subarray(at, at + start - from).equals(input.subarray(from, start))).toBe(true);
    at += start - from + written;
    from = end;
  }
  expect(output.subarray(at).equals(input.subarray(from))).toBe(true);
  return { spans: spans.length, counts: Object.values(redaction.report.counts).reduce((sum, count) => sum + count, 0) };
}

describe.each([
  ['typeName', Mask.typeName()], ['characters', Mask.characters('*', { keepLast: 4 })], ['hash', Mask.hash()], ['remove', Mask.remove()],
])('what is not redacted goes out as it is, with the mask %s', (_kind, mask) => {
  test.each(readdirSync(SAMPLES))('%s', async sample => {
    const { spans, counts } = await redactedBetweenSpans(sample, readFileSync(join(SAMPLES, sample)), mask);
    expect(spans).toBe(counts);
    expect(spans).toBeGreaterThan(4);
  });
});

test.each(['typeName', 'remove'] as const)('a field that is longer than what is judged at a time, with the mask %s', async kind => {
  const input = Buffer.from(`{"mail":"canary@example.com","long":"${'x y\\n'.repeat(100_000)}","other":"bird@example.org"}`);
  await redactedBetweenSpans('a.json', input, Mask[kind]());
});
