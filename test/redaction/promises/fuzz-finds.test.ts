/** What the fuzzer found, so that it stays found: see scripts/fuzz/run.ts. */
import { fault, FuzzCase } from './fuzz-check';
import finds from './fuzz-finds.cases.json';

const CASES: readonly (FuzzCase & { readonly was: string })[] = finds as never;

it.each(CASES)('$was, in $format', found => {
  expect(fault(found)).toBeUndefined();
});

it('tells an input that depends on cuts from one that does not', () => {
  expect(fault({ format: 'json', mask: 'typeName', cuts: [3], base64: Buffer.from('{"a":["x","ada@example.com"]}').toString('base64') })).toBeUndefined();
});
