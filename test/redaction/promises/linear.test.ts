/**
 * The work grows with the input and no faster, whatever it is. What is counted is how often each block of the engine's code runs: that
 * does not depend on how fast the machine is. benchmarks/redaction/hostile.ts measures the time.
 */
import { Session } from 'inspector';
import { HOSTILE_INPUTS } from '../../../benchmarks/redaction/hostile-inputs';
import { RedactionError } from '../../../src/redaction/errors';
import { Redactor } from '../../../src/redaction/redactor';

const SMALL = 32_768;
const LARGE = 3 * SMALL;
/** Three times is linear, nine times is quadratic; a token that is held back while it is open is looked at again, up to a bound. */
const MOST_GROWTH = 5;

const session = new Session();

beforeAll(() => {
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
});

afterAll(() => session.disconnect());

/** How often blocks of the engine ran since this was asked before. */
function blocksRun(): number {
  let sum = 0;
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    sum = result.filter(({ url }) => url.includes('/src/redaction/'))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
      .reduce((total, count) => total + count, 0);
  });
  return sum;
}

function work(format: 'text' | 'csv' | 'json' | 'ndjson' | 'xml', input: Buffer): number {
  const redactor = new Redactor({ format });
  blocksRun();
  try {
    for (let from = 0; from < input.length; from += 4096) {
      redactor.push(input.subarray(from, from + 4096));
    }
    redactor.end();
  } catch (error) {
    // Tokens that are too long are refused, which is one way to stay linear.
    expect(error).toBeInstanceOf(RedactionError);
  }
  return blocksRun();
}

it('counts work', () => {
  const [once, twice] = [1, 2].map(times => work('text', Buffer.from('ada@example.com 203.0.113.77\n'.repeat(1000 * times))));
  expect(twice / once).toBeGreaterThan(1.8);
  expect(once).toBeGreaterThan(10_000);
});

it.each(HOSTILE_INPUTS)('$name ($format)', ({ format, make }) => {
  const [small, large] = [make(SMALL), make(LARGE)];
  expect(work(format, large) / work(format, small)).toBeLessThan(MOST_GROWTH);
});
