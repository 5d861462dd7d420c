import { Ranges } from './code-points';

/** What has to be true between two characters. */
export enum Condition {
  LINE_START,
  LINE_END,
  /** `\b`: between a letter, digit or `_` of ASCII and what is none. */
  WORD_EDGE,
  /** `\B` */
  NO_WORD_EDGE,
  /** Where a keyword may start and end: not within a word. */
  KEYWORD_EDGE,
}

/** A keyword or pattern, taken apart. */
export type Syntax =
  | { readonly kind: 'set'; readonly set: Ranges }
  | { readonly kind: 'sequence'; readonly items: readonly Syntax[] }
  | { readonly kind: 'choice'; readonly options: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly item: Syntax; readonly least: number; readonly most: number }
  | { readonly kind: 'condition'; readonly condition: Condition };

/** The fewest and the most bytes that can match. */
export interface Extent {
  readonly least: number;
  readonly most: number;
}

export function extentOf(syntax: Syntax): Extent {
  switch (syntax.kind) {
    case 'set':
      return { least: utf8Length(syntax.set[0][0]), most: utf8Length(syntax.set[syntax.set.length - 1][1]) };
    case 'sequence':
      return syntax.items.map(extentOf)
        .reduce((sum, { least, most }) => ({ least: sum.least + least, most: sum.most + most }), { least: 0, most: 0 });
    case 'choice': {
      const extents = syntax.options.map(extentOf);
      return { least: Math.min(...extents.map(({ least }) => least)), most: Math.max(...extents.map(({ most }) => most)) };
    }
    case 'repeat': {
      const { least, most } = extentOf(syntax.item);
      return { least: least * syntax.least, most: most === 0 ? 0 : most * syntax.most };
    }
    case 'condition':
      return { least: 0, most: 0 };
  }
}

function utf8Length(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
