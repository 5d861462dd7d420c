import { Stops } from '../../../src/redaction/format/stops';
import { fc } from '../../fast-check';

/** The offsets of all stops, each asked for from the one before. */
function stopsOf(stops: Stops, bytes: Buffer, from: number, to: number): number[] {
  const found: number[] = [];
  stops.prepare(bytes, from, to);
  for (let at = stops.next(from); at < to; at = stops.next(at + 1)) {
    found.push(at);
  }
  return found;
}

test.each([['SIMD', true], ['plain', false]])('%s finds what a search byte by byte finds', (_, simd) => {
  const choice = fc.record({
    bytes: fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
    some: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 4 }),
    below: fc.constantFrom(0, 1, 0x20, 0x80, 255),
    from: fc.nat(70),
    cut: fc.nat(70),
  });
  fc.assert(fc.property(choice, ({ bytes, some, below, from, cut }) => {
    const start = Math.min(from, bytes.length);
    const end = Math.max(start, bytes.length - cut);
    const expected = [...bytes.keys()].filter(at => at >= start && at < end && (bytes[at] < below || some.includes(bytes[at])));
    const stops = new Stops(some, below, simd);
    expect(stopsOf(stops, bytes, start, end)).toEqual(expected);
    // Marks of a text before do not matter, nor how long it was.
    stops.prepare(Buffer.alloc(2000, some[0]), 0, 2000);
    expect(stopsOf(stops, bytes, start, end)).toEqual(expected);
  }), { numRuns: 200 });
});

test.each([['SIMD', true], ['plain', false]])('%s grows with the text', (_, simd) => {
  const stops = new Stops([0x2c], 0, simd);
  for (const size of [1, 100_000, 1_000_000]) {
    const bytes = Buffer.alloc(size, 'x');
    bytes[size - 1] = 0x2c;
    expect(stopsOf(stops, bytes, 0, size)).toEqual([size - 1]);
  }
});

test('two at work do not disturb each other', () => {
  const [commas, quotes] = [new Stops([0x2c]), new Stops([0x22])];
  commas.prepare(Buffer.from('a,"b'), 0, 4);
  quotes.prepare(Buffer.from('"".."'), 0, 5);
  expect([commas.next(0), commas.next(2), quotes.next(0), quotes.next(2)]).toEqual([1, 4, 0, 4]);
});

test('where nothing is marked, the end is next', () => {
  const stops = new Stops([0x2c]);
  stops.prepare(Buffer.from('a,b'), 0, 3);
  expect([stops.next(0), stops.next(2), stops.next(3), stops.next(9)]).toEqual([1, 3, 3, 3]);
});
