/** What has to hold for any input: read by the fuzzer, and by the test that replays what it found. */
import { PADDING } from './awkward';
import { redact } from './drive';
import { RedactionError } from '../../../src/redaction/errors';
import { DEFAULT_RULES, MaskRule } from '../../../src/redaction/rule-set';

export type FuzzFormat = 'text' | 'csv' | 'json' | 'ndjson' | 'xml';

/** An input with what the redaction is told. */
export interface FuzzCase {
  readonly format: FuzzFormat;
  readonly mask: MaskRule['kind'];
  readonly cuts: readonly number[];
  readonly base64: string;
}

const MASKS: readonly MaskRule[] = [
  { kind: 'typeName' },
  { kind: 'characters', character: '*', keepLast: 4 },
  { kind: 'hash', length: 16 },
  { kind: 'remove' },
];

/** Plain emails that no rule could overlook, whatever stands around them. */
const PLAIN_EMAIL = /(?<![^\s,;])[a-z]{3,9}@[a-z]{3,9}\.(?:com|org|net)(?![^\s,;])/;

/** What stands around the bytes of a fuzzer, so that there are enough of them for parts to be decided early. */
const AROUND: Readonly<Record<FuzzFormat, readonly [head: string, tail: string]>> = {
  text: [PADDING, PADDING.slice(-700)],
  csv: [`a,b\n1,"${PADDING}`, `${PADDING.slice(-700)}"\n`],
  json: [`["${PADDING}`, `${PADDING.slice(-700)}"]`],
  ndjson: [`["${PADDING}`, `${PADDING.slice(-700)}"]\n`],
  xml: [`<a>${PADDING}`, `${PADDING.slice(-700)}</a>`],
};

/** Bytes as a fuzzer gives them: four say how, the others are the input or the middle of a long value in it. */
export function fuzzCase(format: FuzzFormat, data: Buffer): FuzzCase {
  const [how = 0, high = 0, low = 0, size = 0] = data;
  const middle = data.subarray(4);
  const [head, tail] = how % 8 >= 4 ? AROUND[format] : ['', ''];
  const input = Buffer.concat([Buffer.from(head), middle, Buffer.from(tail)]);
  const first = head.length + (256 * high + low) % (middle.length + tail.length + 1);
  const rest = size === 0 ? [] : Array.from({ length: 64 }, (_, index) => first + (index + 1) * size).filter(cut => cut < input.length);
  return { format, mask: MASKS[how % MASKS.length].kind, cuts: [first, ...rest], base64: input.toString('base64') };
}

/** Says what is wrong with the redaction of an input, if anything is. */
export function fault({ format, mask, cuts, base64 }: FuzzCase): string | undefined {
  const input = Buffer.from(base64, 'base64');
  const whole = outcome(input, format, mask, []);
  const cut = outcome(input, format, mask, cuts);
  if (typeof whole === 'string' || typeof cut === 'string') {
    // Of two things that are wrong, either may be seen first.
    return typeof whole === typeof cut ? undefined : `in one piece ${summary(whole)}, in several ${summary(cut)}`;
  }
  if (!whole.equals(cut)) {
    return 'the output depends on the cuts';
  }
  if (format === 'text' && PLAIN_EMAIL.test(whole.toString())) {
    return 'an email address is left';
  }
  return format === 'json' && shape(input) !== undefined && shape(whole) !== shape(input) ? 'the output does not parse to the same shape' : undefined;
}

/** The output, or the code of the error. Any other error is thrown on: no input may cause one. */
function outcome(input: Buffer, format: FuzzFormat, mask: MaskRule['kind'], cuts: readonly number[]): Buffer | string {
  const rules = { ...DEFAULT_RULES, mask: MASKS.find(({ kind }) => kind === mask)! };
  try {
    return redact(input, { format, rules, hashKey: Buffer.alloc(32, 7) }, cuts);
  } catch (error) {
    if (error instanceof RedactionError) {
      return error.code;
    }
    throw error;
  }
}

function summary(one: Buffer | string): string {
  return typeof one === 'string' ? `it ends with ${one}` : 'it is redacted';
}

/** JSON without its values: members in order, lengths of arrays, what is a string. `undefined` if it does not parse. */
function shape(json: Buffer): string | undefined {
  try {
    return JSON.stringify(JSON.parse(json.toString().replace(/^\uFEFF/, '')), (_, value: unknown) =>
      typeof value === 'object' && value !== null ? Array.isArray(value) ? value : Object.values(value) : 0);
  } catch {
    return undefined;
  }
}
