import { CodeIndex, CompiledLayout, compileLayouts, formsOf, startsWithShortGroup } from './code-index';
import { KeywordIndex } from './keyword-index';
import { Prefilter } from './prefilter';
import { AnchoredRecognizer, CodeRecognizer, Needs } from './recognizer';
import { makePrefilter } from './simd-prefilter';
import { TokenForms } from './token-forms';
import { typeNumber } from '../labels';
import { PiiType } from '../pii-type';

/** A recognizer with what choosing among candidates needs. */
export interface Search {
  readonly recognizer: AnchoredRecognizer;
  readonly number: number;
  readonly needs: Needs;
}

/** The recognizers of some types by what they start from. Made once for all scanners of these types: it takes milliseconds. */
export class Finders {
  readonly codes: CodeIndex;
  /** Those that need no context. */
  readonly provenCodes: CodeIndex;
  private readonly ofType = new Map<number, CodeIndex>();
  /** What tokens codes start with. */
  readonly forms: TokenForms;
  /** Those that may start before their first anchor. */
  readonly codesInGroups: CodeIndex;
  readonly at: readonly Search[];
  readonly colon: readonly Search[];
  readonly scheme: readonly Search[];
  readonly number: readonly Search[];
  readonly dotted: readonly Search[];
  readonly branch: readonly Search[];
  readonly token: readonly Search[];
  /** 1 for each byte that what they find may start with. */
  readonly tokenFirsts = new Uint8Array(256);
  readonly keywords: KeywordIndex<Search>;
  readonly prefilter: Prefilter;
  private readonly layouts: readonly CompiledLayout[];

  constructor(types: readonly PiiType[], codes: readonly CodeRecognizer[], anchored: readonly AnchoredRecognizer[]) {
    const active = new Set(types);
    const searches = anchored.filter(({ type }) => active.has(type))
      .map(recognizer => ({ recognizer, number: typeNumber(recognizer.type), needs: recognizer.needs ?? 'nothing' }));
    const of = (anchor: AnchoredRecognizer['anchor']) => searches.filter(({ recognizer }) => recognizer.anchor === anchor);
    const layouts = compileLayouts(codes.filter(({ type }) => active.has(type)));
    this.layouts = layouts;
    this.codes = new CodeIndex(layouts);
    this.provenCodes = new CodeIndex(layouts.filter(({ needs }) => needs === 'nothing'));
    this.forms = formsOf(layouts);
    this.codesInGroups = new CodeIndex(layouts.filter(startsWithShortGroup));
    this.at = of('at');
    this.colon = of('colon');
    this.scheme = of('scheme');
    this.number = of('number');
    this.dotted = of('dotted');
    this.branch = of('branch');
    this.token = of('token');
    for (const { recognizer: { firsts } } of this.token) {
      this.tokenFirsts.forEach((_, byte, table) => table[byte] |= firsts?.includes(String.fromCharCode(byte)) ?? true ? 1 : 0);
    }
    this.keywords = new KeywordIndex(of('keyword').map(search => ({ words: search.recognizer.keywords ?? [], value: search })));
    this.prefilter = makePrefilter(this.keywords.words);
  }

  /** The codes of one type, by its number. */
  codesOf(type: number): CodeIndex {
    let index = this.ofType.get(type);
    if (index === undefined) {
      index = new CodeIndex(this.layouts.filter(({ number }) => number === type));
      this.ofType.set(type, index);
    }
    return index;
  }
}
