import { readFileSync } from 'fs';
import { join } from 'path';
import { wordList, WORDS, found } from './word-list';
import { AssistedRedactor, AssistedRedactorOptions } from '../../../src/redaction/assisted/assisted-redactor';
import { Detector, Entity } from '../../../src/redaction/assisted/detector';
import { SegmentLimits } from '../../../src/redaction/assisted/segmenter';
import { RedactionError } from '../../../src/redaction/errors';
import { Format } from '../../../src/redaction/format/format';
import { PiiType } from '../../../src/redaction/pii-type';
import { Redactor } from '../../../src/redaction/redactor';
import { DEFAULT_RULES, RuleSet } from '../../../src/redaction/rule-set';
import { fc } from '../../fast-check';
import { AWKWARD_INPUTS, LONG_INPUTS, LONG_VALUES } from '../promises/awkward';
import { redact } from '../promises/drive';

interface Case {
  readonly name: string;
  readonly format: Format;
  readonly input: string;
  readonly sent: readonly string[];
  readonly output: string;
}

const CASES: readonly Case[] = JSON.parse(readFileSync(join(__dirname, 'assisted.cases.json'), 'utf8'));
const RULES: RuleSet = { ...DEFAULT_RULES, comprehend: { languageCode: 'es', types: [PiiType.NAME, PiiType.ADDRESS], confidence: 0.5 } };
/** So that short inputs are cut. Names and addresses of the tests fit into the overlap. */
const TINY: SegmentLimits = { bytes: 200, overlap: 30, reach: 300, values: 8 };

/** Redacts parts; what came out before an error is in `output`, too. */
async function redacted(parts: readonly Uint8Array[], options: AssistedRedactorOptions): Promise<{ output: string; error?: RedactionError }> {
  const redactor = new AssistedRedactor(options);
  const output: Buffer[] = [];
  try {
    for (const part of parts) {
      for await (const bytes of redactor.push(Buffer.from(part))) {
        output.push(bytes);
      }
    }
    for await (const bytes of redactor.end()) {
      output.push(bytes);
    }
    return { output: Buffer.concat(output).toString() };
  } catch (error) {
    return { output: Buffer.concat(output).toString(), error: error as RedactionError };
  }
}

function cutAt(input: Buffer, sizes: readonly number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let position = 0, turn = 0; position < input.length; turn++) {
    const size = sizes[turn % sizes.length];
    parts.push(input.subarray(position, position + size));
    position += size;
  }
  return parts;
}

test.each(CASES)('$name', async ({ format, input, sent, output }) => {
  const { detector, texts } = wordList();
  expect(await redacted([Buffer.from(input)], { format, rules: RULES, detector })).toEqual({ output });
  expect(texts).toEqual(sent);
});

describe('what is asked, and what counts', () => {
  const entity: Entity = { type: 'NAME', start: 0, end: 3, score: 0.5 };
  const answered = async (entities: readonly unknown[], rules = RULES) =>
    redacted([Buffer.from('Zoë and 😀 ana@example.com')], { format: 'text', rules, detector: async () => entities as Entity[] });

  test('the language of the rules is passed on', async () => {
    const languages: string[] = [];
    await redacted([Buffer.from('Zoë')], {
      format: 'text',
      rules: RULES,
      detector: async (_text, language) => {
        languages.push(language);
        return [];
      },
    });
    expect(languages).toEqual(['es']);
  });

  test.each<[string, unknown[], string]>([
    ['as sure as asked for', [entity], '[NAME] and 😀 [EMAIL]'],
    ['less sure', [{ ...entity, score: 0.49 }], 'Zoë and 😀 [EMAIL]'],
    ['without a score', [{ ...entity, score: NaN }], '[NAME] and 😀 [EMAIL]'],
    ['of a type that was not asked for', [{ ...entity, type: 'PHONE' }], 'Zoë and 😀 [EMAIL]'],
    ['of a type that nobody knows', [{ ...entity, type: 'SHOE_SIZE' }], 'Zoë and 😀 [EMAIL]'],
    ['the last character', [{ ...entity, start: 24, end: 25 }], 'Zoë and 😀 [EMAIL]'],
    // The union, under the name of what starts first.
    ['over the start of what is found without asking', [{ ...entity, start: 8, end: 13 }], 'Zoë and [NAME]'],
    ['over the end of it', [{ ...entity, start: 20, end: 25 }], 'Zoë and 😀 [EMAIL]'],
    ['over all of it', [{ ...entity, start: 4, end: 25 }], 'Zoë [NAME]'],
    ['within it', [{ ...entity, start: 12, end: 14 }], 'Zoë and 😀 [EMAIL]'],
    ['several, in any order', [{ ...entity, start: 8, end: 9, type: 'ADDRESS' }, entity, { ...entity, start: 2, end: 5 }], '[NAME]nd [ADDRESS] [EMAIL]'],
  ])('an entity %s', async (_what, entities, output) => {
    expect(await answered(entities)).toEqual({ output });
  });

  test.each<[string, unknown]>([
    ['behind the text', { ...entity, start: 24, end: 26 }],
    ['before the text', { ...entity, start: -1 }],
    ['that is empty', { ...entity, end: 0 }],
    ['that ends before it starts', { ...entity, start: 3, end: 2 }],
    ['without an end', { ...entity, end: undefined }],
    ['in the middle of a character', { ...entity, start: 0.5 }],
    ['without a type', { ...entity, type: undefined }],
    // Nobody asked for it, but an answer with such an offset is none to this text.
    ['behind the text, of another type', { ...entity, end: 99, type: 'URL' }],
  ])('an entity %s: nothing goes out', async (_what, wrong) => {
    expect(await answered([entity, wrong])).toEqual({ output: '', error: expect.objectContaining({ name: 'RedactionError', code: 'DETECTION_FAILED' }) });
  });

  test('an answer that is no list: nothing goes out', async () => {
    const detector = (async () => undefined) as unknown as Detector;
    expect(await redacted([Buffer.from('Zoë')], { format: 'text', rules: RULES, detector }))
      .toEqual({ output: '', error: expect.objectContaining({ code: 'DETECTION_FAILED' }) });
  });

  test('masks by type, and counts', async () => {
    const rules: RuleSet = { ...RULES, masks: { NAME: { kind: 'remove' }, ADDRESS: { kind: 'characters', character: '*', keepLast: 6 } } };
    const redactor = new AssistedRedactor({ format: 'text', rules, detector: wordList().detector });
    const output: Buffer[] = [];
    for await (const bytes of redactor.push(Buffer.from('Zoë, 1 Example Street, Ana López'))) {
      output.push(bytes);
    }
    for await (const bytes of redactor.end()) {
      output.push(bytes);
    }
    expect(Buffer.concat(output).toString()).toBe(', **********Street, ');
    expect(redactor.counts).toEqual({ NAME: 2, ADDRESS: 1 });
  });

  test('rules that ask nobody, and an engine that can ask nobody', () => {
    expect(() => new AssistedRedactor({ rules: DEFAULT_RULES, detector: wordList().detector })).toThrow(expect.objectContaining({ code: 'INVALID_RULES' }));
    expect(() => new Redactor({ rules: RULES })).toThrow(expect.objectContaining({ code: 'INVALID_RULES' }));
  });
});

describe('however the input is cut', () => {
  const WORD = fc.constantFrom('the', 'order', 'from', 'niño', '😀', 'is', '77', 'ana@example.com', '203.0.113.7', ...WORDS.keys());
  const GAP = fc.constantFrom(' ', ' ', ' ', '. ', '\n', '\n\n', '\r\n\r\n', ', ');
  const PROSE = fc.array(fc.tuple(WORD, GAP), { maxLength: 120 }).map(pairs => pairs.flat().join(''));
  const CELLS = fc.array(fc.array(fc.tuple(WORD, GAP), { maxLength: 30 }).map(pairs => pairs.flat().join('')), { minLength: 1, maxLength: 8 });
  const escaped = (text: string) => JSON.stringify(text)
    .replace(/[^ -~]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const INPUT: fc.Arbitrary<{ format: Format; input: string }> = fc.oneof(
    PROSE.map(input => ({ format: 'text' as const, input })),
    CELLS.map(cells => ({ format: 'json' as const, input: `[${cells.map(cell => `{"k": ${escaped(cell)}, "n": 5}`).join(',\n')}]` })),
    CELLS.map(cells => ({ format: 'csv' as const, input: `a,b\n${cells.map(cell => `"${cell}",1\n`).join('')}` })),
    CELLS.map(cells => ({ format: 'xml' as const, input: `<a>${cells.map(cell => `<b>${cell}</b> `).join('')}</a>` })),
  );

  test('properties: the same texts are sent and the same comes out, no name stays, no segment is too long', async () => {
    const sizesOfParts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(INPUT, sizesOfParts, async ({ format, input }, sizes) => {
      const bytes = Buffer.from(input);
      const whole = wordList();
      const options = { format, rules: RULES, limits: TINY };
      const expected = await redacted([bytes], { ...options, detector: whole.detector });
      expect(expected.error).toBeUndefined();
      const left = plain(expected.output);
      expect([...WORDS].filter(([word, type]) => type !== 'DATE_TIME' && left.includes(word))).toEqual([]);
      expect(whole.texts.filter(text => Buffer.byteLength(text) > TINY.bytes)).toEqual([]);
      const parts = wordList();
      expect(await redacted(cutAt(bytes, sizes), { ...options, detector: parts.detector })).toEqual(expected);
      expect(parts.texts).toEqual(whole.texts);
      // Nothing else is changed: with one segment for all, the same is found.
      expect(await redacted([bytes], { ...options, limits: undefined, detector: wordList().detector })).toEqual(expected);
    }), { numRuns: 150 });
  });

  function plain(text: string): string {
    return text.replace(/\\n/g, '\n').replace(/\\r/g, '\r').replace(/\\u([0-9a-f]{4})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
  }

  // With all of them: `EVERY_SPLIT=1 npx jest test/redaction/assisted`
  test.each([...AWKWARD_INPUTS, ...process.env.EVERY_SPLIT === undefined ? [] : [...LONG_VALUES, ...LONG_INPUTS]])(
    '$name: where nothing is found, as without a detector; where all is, the same from any parts', async ({ format, input }) => {
      const nothing: Detector = async () => [];
      const all: Detector = async text => [{ type: 'NAME', start: 0, end: [...text].length, score: 1 }];
      const expected = redact(input, { format }).toString();
      for (const limits of [undefined, TINY]) {
        const [whole, parts] = [[input], cutAt(input, [777, 64])];
        expect(await redacted(parts, { format, rules: RULES, limits, detector: nothing })).toEqual({ output: expected });
        expect(await redacted(parts, { format, rules: RULES, limits, detector: all }))
          .toEqual(await redacted(whole, { format, rules: RULES, limits, detector: all }));
      }
    });

  test('a text without a single border is cut between characters, and parts of it are asked about twice', async () => {
    const { detector, texts } = wordList();
    const input = '𠮷'.repeat(400);
    expect(await redacted([Buffer.from(input)], { format: 'text', rules: RULES, limits: TINY, detector })).toEqual({ output: input });
    expect(texts.join('').replace(/𠮷/g, '')).toBe('');
    expect(texts.length).toBeGreaterThan(8);
  });
});

describe('asking', () => {
  /** 40 paragraphs, about one a segment. */
  const PARAGRAPHS = Array.from({ length: 40 }, (_, index) => `Paragraph ${index} is about Zoë. ${'So it goes on. '.repeat(8)}\n\n`);
  const INPUT = Buffer.from(PARAGRAPHS.join(''));
  const OUTPUT = PARAGRAPHS.join('').replaceAll('Zoë', '[NAME]');
  const options = { format: 'text' as const, rules: RULES, limits: TINY };

  test('a few at a time, and answers in any order', async () => {
    let running = 0;
    let most = 0;
    let asked = 0;
    const detector: Detector = async text => {
      most = Math.max(most, ++running);
      const turn = ++asked;
      await new Promise(resolve => setTimeout(resolve, turn * 7 % 5));
      running--;
      return found(text);
    };
    expect(await redacted([INPUT], { ...options, detector, concurrency: 3 })).toEqual({ output: OUTPUT });
    expect(most).toBe(3);
    expect(asked).toBeGreaterThan(30);
  });

  test('fails at any question: what stands there and behind it stays in', async () => {
    const { texts, detector } = wordList();
    await redacted([INPUT], { ...options, detector });
    for (let failing = 0; failing < texts.length; failing++) {
      let asked = 0;
      const failingDetector: Detector = async text => {
        await new Promise(setImmediate);
        if (asked++ === failing) {
          throw new Error(`Zoë in ${text}`);
        }
        return found(text);
      };
      const { output, error } = await redacted(cutAt(INPUT, [100]), { ...options, detector: failingDetector });
      expect(error).toMatchObject({ name: 'RedactionError', code: 'DETECTION_FAILED', message: 'the detector gave no answer: try again' });
      expect(OUTPUT.startsWith(output)).toBe(true);
      // What it asked about, and the word before that may belong to it, did not go out.
      expect(output.replaceAll('[NAME]', 'Zoë').length).toBeLessThanOrEqual(INPUT.toString().indexOf(texts[failing]));
    }
  });

  test('after an error nothing more goes out, and the other questions are taken back', async () => {
    let signal: AbortSignal | undefined;
    const redactor = new AssistedRedactor({
      ...options,
      detector: async (text, _language, abort) => {
        signal = abort;
        if (text.includes('Paragraph 3')) {
          throw new RedactionError('DETECTION_FAILED', 'busy');
        }
        return found(text);
      },
    });
    const drained = async (source: AsyncIterable<Buffer>) => {
      for await (const bytes of source) {
        expect(bytes.toString()).not.toContain('Paragraph 4');
      }
    };
    await expect(drained(redactor.push(INPUT))).rejects.toThrow('busy');
    expect(signal!.aborted).toBe(true);
    await expect(drained(redactor.push(INPUT))).rejects.toThrow('busy');
    await expect(drained(redactor.end())).rejects.toThrow('busy');
  });

  test('input that is wrong fails as it does without a detector', async () => {
    const { error } = await redacted([Buffer.from('{"a": "Zoë", b}')], { format: 'json', rules: RULES, detector: wordList().detector });
    expect(error).toMatchObject({ code: 'MALFORMED' });
  });
});
