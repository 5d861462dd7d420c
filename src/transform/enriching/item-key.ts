import { canonicalDecimal } from './decimal';
import { KeyAttribute } from './enriching-options';
import { Item, ItemKey } from './table';

/** In bytes of UTF-8: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const LONGEST_PARTITION_KEY = 2048;
const LONGEST_SORT_KEY = 1024;

/** The key that a row names; undefined where no item can have it, such as an empty one. */
export function itemKey(key: readonly KeyAttribute[], values: ReadonlyArray<string | undefined>): ItemKey | undefined {
  const ids: string[] = [];
  const attributes: Record<string, { readonly [type: string]: string }> = {};
  for (const [index, { attribute, type }] of key.entries()) {
    const value = values[index];
    const id = value === undefined ? undefined : canonical(value, type, index === 0 ? LONGEST_PARTITION_KEY : LONGEST_SORT_KEY);
    if (value === undefined || id === undefined) {
      return undefined;
    }
    ids.push(id);
    attributes[attribute] = { [type]: type === 'N' ? value.trim() : value };
  }
  return { id: JSON.stringify(ids), attributes };
}

/** The key of an item that was found. */
export function idOf(key: readonly KeyAttribute[], item: Item): string | undefined {
  return itemKey(key, key.map(({ attribute, type }) => item[attribute]?.[type]))?.id;
}

function canonical(value: string, type: 'S' | 'N', longest: number): string | undefined {
  if (type === 'N') {
    return canonicalDecimal(value.trim());
  }
  return value === '' || Buffer.byteLength(value) > longest ? undefined : value;
}
