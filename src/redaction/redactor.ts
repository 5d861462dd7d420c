import { isUtf8 } from 'buffer';
import { CONTEXT_WORDS } from './detect/detect';
import { MAX_TOKEN } from './detect/recognizer';
import { RedactionError } from './errors';
import { FieldResolver } from './fields/field-resolver';
import { detectFormat } from './format/detect-format';
import { Format } from './format/format';
import { FormatReader } from './format/reader';
import { makeReader } from './format/readers';
import { Judge, OnSpan } from './judge';
import { DEFAULT_RULES, RuleSet } from './rule-set';
import { WindowJudge } from './window-judge';

/** What is known of the bytes that come. */
export interface SourceOptions {
  /** The format; told by `contentType` and `key`, or by the first bytes, if left out. */
  readonly format?: Format;
  readonly contentType?: string;
  /** The object's key, or the file's name: its suffix tells the format. */
  readonly key?: string;
}

export interface RedactorOptions extends SourceOptions {
  /** Defaults to all types, each by its name. */
  readonly rules?: RuleSet;
  /** The secret key of `Mask.hash`: at least 16 bytes. */
  readonly hashKey?: Uint8Array;
  readonly onSpan?: OnSpan;
}

/** The bytes that are read at a time: what is pushed is cut to this. */
const SLICE = 65_536;
/** Fewer bytes are left to wait for others, unless a line ends with them: each round has a fixed price. */
const BATCH = 4096;
/** How much of what is decided stays at hand as context. */
const KEPT = 1024;
/** What the format is told by, if nothing else tells it. */
const HEAD = 1024;

/**
 * Redacts bytes. Memory is bounded: the window holds at most KEPT + 2 * MAX_TOKEN + 2 * SLICE bytes, whatever is pushed, and what is
 * returned is at most a constant factor larger. After an error nothing more goes out.
 */
export class Redactor {
  private readonly judge: WindowJudge;
  private readonly rules: RuleSet;
  private reader: FormatReader | undefined;
  private window = Buffer.allocUnsafeSlow(KEPT + SLICE + BATCH);
  /** The window: context, then undecided bytes from `from` on, then, from `valid` on, bytes that may be half a character. */
  private from = 0;
  private valid = 0;
  private to = 0;
  private readSoFar = 0;
  /** Bytes of the input that are gone from the window. */
  private gone = 0;
  private failure: unknown;

  constructor(private readonly options: RedactorOptions = {}, judge?: WindowJudge) {
    this.rules = options.rules ?? DEFAULT_RULES;
    if (this.rules.comprehend !== undefined && judge === undefined) {
      throw new RedactionError('INVALID_RULES', 'the rules ask Amazon Comprehend, and nothing here can: leave comprehend out');
    }
    this.judge = judge ?? new Judge(this.rules, options.hashKey, options.onSpan);
    if (options.format !== undefined) {
      this.reader = this.readerOf(options.format);
    }
  }

  /** How many values were redacted, by label. */
  get counts(): Record<string, number> {
    const { counts, labels } = this.judge;
    return Object.fromEntries([...counts].map((count, label) => [labels[label], count] as const).filter(([, count]) => count > 0));
  }

  /** Takes the next bytes, and returns those that are judged. */
  push(chunk: Uint8Array): Buffer {
    return this.guarded(() => {
      for (let position = 0; position < chunk.length; position += SLICE) {
        this.append(chunk, position, Math.min(chunk.length, position + SLICE));
        if (this.to - this.readSoFar >= BATCH || chunk[chunk.length - 1] === 0x0a) {
          this.read(false);
        }
      }
      return this.judge.output.take();
    });
  }

  /** Returns the rest. */
  end(): Buffer {
    return this.guarded(() => {
      if (this.valid < this.to) {
        throw notUtf8();
      }
      this.read(true);
      return this.judge.output.take();
    });
  }

  private guarded(work: () => Buffer): Buffer {
    if (this.failure !== undefined) {
      throw this.failure;
    }
    try {
      return work();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private append(chunk: Uint8Array, start: number, end: number): void {
    const count = end - start;
    if (this.to + count > this.window.length) {
      const keep = Math.min(KEPT, this.from);
      const moved = this.from - keep;
      const needed = this.to - moved + count;
      const target = needed > this.window.length ? Buffer.allocUnsafeSlow(needed + SLICE) : this.window;
      this.window.copy(target, 0, moved, this.to);
      this.window = target;
      this.from -= moved;
      this.valid -= moved;
      this.to -= moved;
      this.readSoFar -= moved;
      this.gone += moved;
    }
    this.window.set(chunk.subarray(start, end), this.to);
    this.to += count;
    this.validate();
  }

  /** Refuses what is no UTF-8 text; a character that is cut off waits for the rest of it. */
  private validate(): void {
    const end = completeCharacters(this.window, this.valid, this.to);
    const added = this.window.subarray(this.valid, end);
    if (this.gone === 0 && this.valid === 0 && isUtf16(this.window, this.to)) {
      throw new RedactionError('NOT_TEXT', 'the input starts as UTF-16 or UTF-32 does: convert it to UTF-8 first');
    }
    if (!isUtf8(added)) {
      throw notUtf8();
    }
    if (added.includes(0)) {
      throw new RedactionError('NOT_TEXT', 'the input holds NUL bytes: it is binary, or in an encoding other than UTF-8; convert it to UTF-8 text first');
    }
    this.valid = end;
  }

  private read(last: boolean): void {
    const { window, valid } = this;
    this.readSoFar = this.to;
    if (this.reader === undefined) {
      if (!last && this.gone + valid < HEAD) {
        return;
      }
      this.reader = this.readerOf(detectFormat(this.options, window.subarray(0, Math.min(valid, HEAD))));
    }
    if (this.gone === 0 && this.from === 0 && startsWithBom(window, valid)) {
      this.judge.output.bytes(window, 0, 3);
      this.from = 3;
    }
    const { from, judge } = this;
    if (from === valid && !last) {
      return;
    }
    judge.begin(window, from, valid, this.gone);
    const decided = this.reader.read(window, this.gone === 0 && startsWithBom(window, valid) ? 3 : 0, from, valid, last);
    judge.finish(window, from, decided);
    this.from = decided;
    if (valid - decided > 2 * MAX_TOKEN + SLICE) {
      throw new RedactionError('OVERSIZED', `a token is longer than ${MAX_TOKEN} bytes: it cannot be judged`);
    }
  }

  private readerOf(format: Format): FormatReader {
    this.judge.format = format;
    return makeReader(format, this.judge, new FieldResolver(this.rules, CONTEXT_WORDS));
  }
}

function notUtf8(): RedactionError {
  return new RedactionError('NOT_TEXT', 'the input is not valid UTF-8: convert it to UTF-8 text first, or leave binary objects out');
}

function startsWithBom(bytes: Uint8Array, length: number): boolean {
  return length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function isUtf16(bytes: Uint8Array, length: number): boolean {
  return length >= 2 && (bytes[0] === 0xff && bytes[1] === 0xfe || bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** The end of `bytes[from, to)` less a character at its end that is not whole yet. */
function completeCharacters(bytes: Uint8Array, from: number, to: number): number {
  for (let start = to - 1; start >= from && start >= to - 3; start--) {
    const byte = bytes[start];
    if (byte < 0x80) {
      return to;
    }
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return start + length > to ? start : to;
    }
  }
  return to;
}
