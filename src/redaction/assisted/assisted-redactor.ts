import assert from 'assert';
import { Detector, Entity } from './detector';
import { HeldBytes } from './held-bytes';
import { KnownSpans } from './known-spans';
import { Recorder } from './recorder';
import { InputSpan, Segment } from './segment';
import { SEGMENT_LIMITS, SegmentLimits, Segmenter } from './segmenter';
import { RedactionError } from '../errors';
import { Judge } from '../judge';
import { Redactor, RedactorOptions } from '../redactor';
import { ComprehendRule, DEFAULT_RULES } from '../rule-set';

export interface AssistedRedactorOptions extends RedactorOptions {
  readonly detector: Detector;
  /** How many segments are asked about at a time. Defaults to 4. */
  readonly concurrency?: number;
  /** Defaults to what DetectPiiEntities takes. */
  readonly limits?: SegmentLimits;
}

/** A segment that was asked about. */
interface Question {
  readonly segment: Segment;
  readonly answer: Promise<readonly InputSpan[]>;
  isAnswered: boolean;
}

const DEFAULT_CONCURRENCY = 4;
/** Bytes that are read at a time: not much more than that is held beside the segments. */
const SLICE = 65_536;

/**
 * Redacts bytes with the help of a detector. They are read twice: ahead, to ask about the texts in them, and again, once all that starts
 * before is answered, to judge them. What is held meanwhile is bounded by the segments that are asked about at a time. After an error nothing
 * more goes out.
 */
export class AssistedRedactor {
  private readonly rule: ComprehendRule;
  private readonly segmenter: Segmenter;
  private readonly recorder: Recorder;
  private readonly scout: Redactor;
  private readonly known = new KnownSpans();
  private readonly redactor: Redactor;
  private readonly held = new HeldBytes();
  private readonly ready: Segment[] = [];
  private readonly questions: Question[] = [];
  private readonly stop = new AbortController();
  private readonly concurrency: number;

  constructor(private readonly options: AssistedRedactorOptions) {
    const { rules = DEFAULT_RULES, hashKey, onSpan, concurrency = DEFAULT_CONCURRENCY, limits = SEGMENT_LIMITS } = options;
    if (rules.comprehend === undefined) {
      throw new RedactionError('INVALID_RULES', 'the rules ask for no detector: add comprehend');
    }
    this.rule = rules.comprehend;
    this.concurrency = concurrency;
    this.segmenter = new Segmenter(segment => this.ready.push(segment), limits);
    this.recorder = new Recorder(this.segmenter);
    this.scout = new Redactor(options, this.recorder);
    this.redactor = new Redactor(options, new Judge(rules, hashKey, onSpan, this.known));
  }

  /** How many values were redacted, by label. */
  get counts(): Record<string, number> {
    return this.redactor.counts;
  }

  /** Takes the next bytes, and gives those that are judged. */
  async* push(chunk: Buffer): AsyncGenerator<Buffer> {
    for (let position = 0; position < chunk.length; position += SLICE) {
      // A copy: the source may use its buffer again while this one waits.
      const slice = Buffer.from(chunk.subarray(position, position + SLICE));
      this.scout.push(slice);
      this.held.add(slice);
      yield* this.proceed(false);
    }
  }

  /** Gives the rest. */
  async* end(): AsyncGenerator<Buffer> {
    this.scout.end();
    this.segmenter.end();
    yield* this.proceed(true);
    yield this.redactor.end();
  }

  /** Nobody waits for answers any more. */
  abort(): void {
    this.stop.abort();
  }

  /** Asks about the segments that are ready, a few at a time and in their order, and judges what their answers allow; with `last`, all. */
  private async* proceed(last: boolean): AsyncGenerator<Buffer> {
    const { ready, questions } = this;
    for (;;) {
      while (ready.length > 0 && questions.length < this.concurrency) {
        questions.push(this.question(ready.shift()!));
      }
      for (const bytes of this.held.takeUpTo(this.judgeable(last))) {
        yield this.redactor.push(bytes);
      }
      if (questions.length === 0 || ready.length === 0 && !last && !questions[0].isAnswered) {
        return;
      }
      this.known.learn(await questions[0].answer);
      questions.shift();
    }
  }

  /** Up to where all is known that starts before. */
  private judgeable(last: boolean): number {
    const asked = Math.min(this.questions[0]?.segment.start ?? Infinity, this.ready[0]?.start ?? Infinity);
    return last ? asked : Math.min(asked, this.segmenter.open, this.recorder.passed);
  }

  private question(segment: Segment): Question {
    const question: Question = { segment, answer: this.answerTo(segment), isAnswered: false };
    question.answer.then(() => question.isAnswered = true, () => this.stop.abort());
    return question;
  }

  private async answerTo(segment: Segment): Promise<readonly InputSpan[]> {
    const { languageCode, types, confidence } = this.rule;
    const entities = await this.entitiesIn(segment.text, languageCode);
    return segment.spansOf(entities, ({ type, score }) => (types as readonly string[]).includes(type) && !(score < confidence));
  }

  private async entitiesIn(text: string, languageCode: string): Promise<readonly Entity[]> {
    try {
      const entities = await this.options.detector(text, languageCode, this.stop.signal);
      // An answer is what came over a network.
      assert(Array.isArray(entities));
      return entities;
    } catch (error) {
      throw error instanceof RedactionError ? error : new RedactionError('DETECTION_FAILED', 'the detector gave no answer: try again');
    }
  }
}
