import assert from 'assert';
import { CONTEXT_WORDS } from '../../../src/redaction/detect/detect';
import { LOOK_BEHIND } from '../../../src/redaction/detect/recognizer';
import { Field, NO_FIELD } from '../../../src/redaction/fields/field';
import { FieldResolver } from '../../../src/redaction/fields/field-resolver';
import { Escapes, FormatReader, ValueJudge } from '../../../src/redaction/format/reader';
import { FIELD_NUMBER, PII_TYPES } from '../../../src/redaction/labels';
import { DEFAULT_RULES, RuleSet } from '../../../src/redaction/rule-set';

/** A value as a reader gave it away: what it says, and under which label its field redacts it, if it does. */
export type Value = [text: string, label?: string];

/** Puts parts of values together, and checks that the reader keeps to the contract. It decides all but the last `lag` bytes of a part. */
class RecordingJudge implements ValueJudge {
  readonly values: Value[] = [];
  /** The offset of the window in the input. */
  origin = 0;
  private open: { text: Buffer[]; raw: number; decided: number; field: Field; escapes?: Escapes } | undefined;

  constructor(private readonly lag: number) {}

  get isOpen(): boolean {
    return this.open !== undefined;
  }

  /** Where the value that is open is decided. */
  get decided(): number {
    return this.open!.decided;
  }

  judge(bytes: Buffer, start: number, from: number, to: number, last: boolean, field: Field, escapes?: Escapes): number {
    assert(start <= from && from <= to);
    const open = this.open ?? { text: [], raw: this.origin + start, decided: this.origin + from, field, escapes };
    assert.strictEqual(this.origin + from, open.decided);
    assert.strictEqual(field, open.field);
    assert.strictEqual(escapes, open.escapes);
    // At least as much as is promised of what came before.
    assert(from - start >= Math.min(LOOK_BEHIND, open.decided - open.raw));
    const decoded = Buffer.alloc(to - from);
    const map = new Uint32Array(to - from + 1);
    const length = escapes === undefined ? bytes.copy(decoded, 0, from, to) : escapes.decode(bytes, from, to, last, decoded, map);
    const count = last ? length : wholeCharacters(decoded, Math.max(0, length - this.lag));
    const decided = escapes === undefined ? from + count : map[count];
    open.text.push(decoded.subarray(0, count));
    open.decided = this.origin + decided;
    this.open = open;
    if (last) {
      assert.strictEqual(decided, to);
      const text = Buffer.concat(open.text).toString();
      this.values.push(field.label < 0 ? [text] : [text, field.label === FIELD_NUMBER ? 'FIELD' : PII_TYPES[field.label]]);
      this.open = undefined;
    }
    return decided;
  }

  /** Names are judged wherever they stand. */
  judgeName(bytes: Buffer, from: number, to: number): boolean {
    this.judge(bytes, from, from, to, true, NO_FIELD);
    return false;
  }

  /** Any value may hold something here. */
  cleanUntil(from: number): number {
    return from;
  }

  judgeLiteral(bytes: Buffer, from: number, to: number, field: Field): void {
    assert.strictEqual(this.open, undefined);
    this.judge(bytes, from, from, to, true, field);
  }
}

/** Gives a reader the input in pieces that end at `cuts`, and returns the values that it found. */
export function readInPieces(makeReader: (judge: ValueJudge) => FormatReader, input: Buffer, cuts: readonly number[], lag = 0): Value[] {
  const judge = new RecordingJudge(lag);
  const reader = makeReader(judge);
  let decided = 0;
  for (const cut of [...new Set([...cuts, input.length])]) {
    // Around the window stand bytes that end cells and strings in all formats: none of them may be read.
    const kept = Math.max(0, decided - LOOK_BEHIND);
    const around = Buffer.from('"\n\'<>');
    const window = Buffer.concat([around, input.subarray(kept, cut), around]);
    judge.origin = kept - around.length;
    const end = window.length - around.length;
    const result = reader.read(window, around.length, decided - judge.origin, end, cut === input.length);
    assert(result >= decided - judge.origin && result <= end);
    decided = judge.origin + result;
    if (judge.isOpen) {
      assert.strictEqual(decided, judge.decided);
    }
  }
  assert.strictEqual(decided, input.length);
  assert(!judge.isOpen);
  return judge.values;
}

/** Ways to cut an input: at each byte, and into pieces of each size. */
export function cutsOf(length: number): number[][] {
  const splits = Array.from({ length }, (_, cut) => [cut]);
  const sizes = [1, 2, 3, 5, 7, 16].filter(size => size < length);
  return [[], ...splits, ...sizes.map(size => Array.from({ length: Math.ceil(length / size) }, (_, index) => Math.min(length, index * size + size)))];
}

/** Resolves fields as the engine does. */
export function resolverOf(rules: Partial<RuleSet> = {}): FieldResolver {
  return new FieldResolver({ ...DEFAULT_RULES, ...rules }, CONTEXT_WORDS);
}

/** The length of `bytes[0, count)` less the character that it cuts. */
function wholeCharacters(bytes: Uint8Array, count: number): number {
  let end = count;
  while (end > 0 && end < bytes.length && (bytes[end] & 0xc0) === 0x80) {
    end--;
  }
  return end;
}
