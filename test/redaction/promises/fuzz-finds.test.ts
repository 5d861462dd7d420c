/** What the fuzzer found, so that it stays found: see scripts/fuzz/run.ts. */
import { fault, FuzzCase } from './fuzz-check';
import finds from './fuzz-finds.cases.json';

const CASES: readonly (FuzzCase & { readonly was: string })[] = finds as never;

it.each(CASES)('$was, in $format', found => {
  expect(fault(found)).toBeUndefined();
});

it('nothing is wrong with a redaction as it should be', () => {
  expect(fault({ format: 'json', mask: 'typeName', cuts: [3], base64: Buffer.from('{"a":["x","ada@example.com"]}').toString('base64') })).toBeUndefined();
});
