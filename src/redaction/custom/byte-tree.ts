import { MAX_CODE_POINT, Ranges } from './code-points';
import { Condition, Syntax } from './syntax-tree';

/** A keyword or pattern over bytes, to be read in one direction. */
export type ByteTree =
  | { readonly kind: 'byte'; readonly low: number; readonly high: number }
  | { readonly kind: 'sequence'; readonly items: readonly ByteTree[] }
  | { readonly kind: 'choice'; readonly options: readonly ByteTree[] }
  | { readonly kind: 'repeat'; readonly item: ByteTree; readonly least: number; readonly most: number }
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'match'; readonly rule: number };

/** Counts above it are not kept when reading backwards: that only tells where a match may start, and needs fewer states. */
const MOST_COUNTED = 8;
const NOTHING: ByteTree = { kind: 'sequence', items: [] };
/** The last code points that take one, two, three and four bytes. */
const LAST_OF_LENGTH = [0x7f, 0x7ff, 0xffff, MAX_CODE_POINT];

/** @param backward bytes are read from the end to the start, and long repeats have no end */
export function byteTree(syntax: Syntax, backward: boolean): ByteTree {
  const inner = (item: Syntax) => byteTree(item, backward);
  switch (syntax.kind) {
    case 'set':
      return setTree(syntax.set, backward);
    case 'sequence': {
      const items = syntax.items.map(inner);
      return sequence(backward ? items.reverse() : items);
    }
    case 'choice':
      return choice(syntax.options.map(inner));
    case 'repeat': {
      const isLong = backward && syntax.most > MOST_COUNTED;
      return {
        kind: 'repeat',
        item: inner(syntax.item),
        least: isLong ? Math.min(syntax.least, MOST_COUNTED) : syntax.least,
        most: isLong ? Infinity : syntax.most,
      };
    }
    case 'condition':
      return syntax;
  }
}

/** Letters recur: each set is turned into bytes once. */
const setTrees = { forward: new WeakMap<Ranges, ByteTree>(), backward: new WeakMap<Ranges, ByteTree>() };

function setTree(set: Ranges, backward: boolean): ByteTree {
  const known = backward ? setTrees.backward : setTrees.forward;
  const tree = known.get(set) ?? choice(byteRanges(set).map(items => sequence(backward ? items.reverse() : items)));
  known.set(set, tree);
  return tree;
}

export function sequence(items: readonly ByteTree[]): ByteTree {
  const flat = items.some(({ kind }) => kind === 'sequence') ? items.flatMap(item => item.kind === 'sequence' ? item.items : [item]) : items;
  return flat.length === 1 ? flat[0] : { kind: 'sequence', items: flat };
}

/** Options that start alike share that start, so that a thousand words are one tree of letters. The order has no meaning: the longest match counts. */
export function choice(options: readonly ByteTree[]): ByteTree {
  const all = options.flatMap(option => option.kind === 'choice' ? option.options : [option]);
  return shared(all.map(option => option.kind === 'sequence' ? option.items : [option]), 0);
}

/** A tree of lists, from an index on. */
function shared(lists: readonly (readonly ByteTree[])[], from: number): ByteTree {
  const byHead = new Map<string, (readonly ByteTree[])[]>();
  const ends = lists.some(({ length }) => length === from);
  for (const list of lists.filter(({ length }) => length > from)) {
    const key = keyOf(list[from]);
    const alike = byHead.get(key);
    if (alike === undefined) {
      byHead.set(key, [list]);
    } else {
      alike.push(list);
    }
  }
  const options = [...byHead.values()].map(alike =>
    sequence(alike.length === 1 ? alike[0].slice(from) : [alike[0][from], shared(alike, from + 1)]));
  const all = ends ? [NOTHING, ...options] : options;
  return all.length === 1 ? all[0] : { kind: 'choice', options: all };
}

const keys = new WeakMap<ByteTree, string>();

function keyOf(tree: ByteTree): string {
  const key = keys.get(tree) ?? JSON.stringify(tree);
  keys.set(tree, key);
  return key;
}

/** The UTF-8 of a set: each code point is one of the sequences of byte ranges. */
function byteRanges(set: Ranges): ByteTree[][] {
  const sequences: ByteTree[][] = [];
  for (const [low, high] of set) {
    let from = low;
    LAST_OF_LENGTH.forEach((last, index) => {
      if (from <= last && from <= high) {
        // The text is known to be UTF-8, so forms that are longer than needed cannot occur: let in, they save states.
        const isFirst = index > 0 && from === LAST_OF_LENGTH[index - 1] + 1;
        const to = Math.min(high, last);
        split(encoded(isFirst ? 0 : from, index + 1), encoded(to === MAX_CODE_POINT ? 0x1fffff : to, index + 1), [], sequences);
        from = last + 1;
      }
    });
  }
  return sequences;
}

function encoded(codePoint: number, length: number): number[] {
  if (length === 1) {
    return [codePoint];
  }
  const bytes = Array.from({ length }, (_, index) => 0x80 | codePoint >> 6 * (length - 1 - index) & 0x3f);
  bytes[0] = 0x100 - (1 << 8 - length) & 0xff | codePoint >> 6 * (length - 1);
  return bytes;
}

/** Splits all byte strings from `low` to `high` into sequences of ranges. */
function split(low: readonly number[], high: readonly number[], head: readonly ByteTree[], into: ByteTree[][]): void {
  const range = (from: number, to: number): ByteTree => ({ kind: 'byte', low: from, high: to });
  if (low.length === 0) {
    into.push([...head]);
    return;
  }
  const [first, ...lowRest] = low;
  const [last, ...highRest] = high;
  const isWhole = lowRest.every(byte => byte === 0x80) && highRest.every(byte => byte === 0xbf);
  if (first === last || isWhole) {
    split(lowRest, highRest, [...head, range(first, last)], into);
    return;
  }
  const bottom = lowRest.map(() => 0x80);
  const top = highRest.map(() => 0xbf);
  const from = lowRest.every(byte => byte === 0x80) ? first : first + 1;
  const to = highRest.every(byte => byte === 0xbf) ? last : last - 1;
  if (from > first) {
    split(lowRest, top, [...head, range(first, first)], into);
  }
  if (from <= to) {
    split(bottom, top, [...head, range(from, to)], into);
  }
  if (to < last) {
    split(bottom, highRest, [...head, range(last, last)], into);
  }
}
