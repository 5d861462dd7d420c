import { fault, FuzzFormat, fuzzCase } from '../../test/redaction/promises/fuzz-check';

const FORMAT = process.env.FUZZ_FORMAT as FuzzFormat;

/** What the fuzzer calls for every input that it makes up. */
export function fuzz(data: Buffer): void {
  const wrong = fault(fuzzCase(FORMAT, data));
  if (wrong !== undefined) {
    throw new Error(wrong);
  }
}
