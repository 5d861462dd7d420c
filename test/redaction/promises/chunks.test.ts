/**
 * The output does not depend on how the input is cut. Long values take a minute for every split point, so that a run of all tests takes
 * some of them; `EVERY_SPLIT=1 npx jest test/redaction/promises/chunks.test.ts` takes all.
 */
import { AWKWARD_INPUTS, AwkwardInput, LONG_INPUTS, LONG_VALUES } from './awkward';
import { everyBytes, redact, unescaped } from './drive';
import { RedactorOptions } from '../../../src/redaction/redactor';
import { DEFAULT_RULES, MaskRule } from '../../../src/redaction/rule-set';

const TYPE_NAME: MaskRule = { kind: 'typeName' };
const OTHER_MASKS: readonly MaskRule[] = [{ kind: 'characters', character: '*', keepLast: 4 }, { kind: 'hash', length: 16 }, { kind: 'remove' }];

const optionsOf = (format: RedactorOptions['format'], mask: MaskRule): RedactorOptions =>
  ({ format, rules: { ...DEFAULT_RULES, mask }, hashKey: Buffer.alloc(32, 7) });

/** From one byte to the largest that a stream gives, and some that fit no power of two. */
const SIZES = [1, 2, 3, 7, 13, 64, 127, 129, 511, 513, 1024, 4095, 4096, 4097, 16_384, 33_333, 65_535, 65_536];

/** The cuts after which the output is another one. */
function wrongCuts(input: Buffer, options: RedactorOptions, cuts: readonly (readonly number[])[]): (readonly number[])[] {
  const whole = redact(input, options);
  return cuts.filter(one => !redact(input, options, one).equals(whole)).map(one => one.slice(0, 3));
}

function expectRedacted({ format, input, secrets, kept }: AwkwardInput): void {
  const output = redact(input, { format });
  expect(secrets.filter(secret => unescaped(output).includes(secret))).toEqual([]);
  expect(kept.filter(part => !output.toString().includes(part))).toEqual([]);
}

it.each(AWKWARD_INPUTS)('$name: the same for every split point', awkward => {
  const { format, input } = awkward;
  expectRedacted(awkward);
  const splits = [...input.keys()].filter(cut => input.length < 1000 || cut % 11 === 0).map(cut => [cut]);
  expect(wrongCuts(input, optionsOf(format, TYPE_NAME), [...splits, everyBytes(1, input.length)])).toEqual([]);
});

it.each(LONG_VALUES)('$name: the same for split points from where parts of it are decided', awkward => {
  const { name, format, input, from } = awkward;
  expectRedacted(awkward);
  const splits = Array.from({ length: input.length - from }, (_, index) => [from + index]);
  const some = (step: number, turn = 0) => splits.filter(([cut]) => process.env.EVERY_SPLIT !== undefined || cut % step === turn);
  expect(wrongCuts(input, optionsOf(format, TYPE_NAME), some(name.endsWith(': prose') ? 13 : 67))).toEqual([]);
  OTHER_MASKS.forEach((mask, turn) => {
    expect(wrongCuts(input, optionsOf(format, mask), some(199, turn))).toEqual([]);
  });
});

it.each(LONG_INPUTS)('$name: the same for chunks of 1 to 65,536 bytes', awkward => {
  const { format, input } = awkward;
  expectRedacted(awkward);
  const cuts = SIZES.map(size => everyBytes(size, input.length));
  expect(wrongCuts(input, optionsOf(format, TYPE_NAME), cuts)).toEqual([]);
  OTHER_MASKS.forEach((mask, turn) => {
    expect(wrongCuts(input, optionsOf(format, mask), cuts.filter((_, index) => index % 8 === 2 + turn))).toEqual([]);
  });
});
