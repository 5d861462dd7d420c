import { canonicalDecimal } from './decimal';
import { KeyAttribute } from './enriching-options';
import { Item, ItemKey } from './table';

/** In bytes of UTF-8: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const LONGEST_PARTITION_KEY = 2048;
const LONGEST_SORT_KEY = 1024;

/** What tells the item of a row from others; undefined where no item can be there, as for an empty key. */
export function itemId(key: readonly KeyAttribute[], values: ReadonlyArray<string | undefined>): string | undefined {
  const ids: string[] = [];
  for (let index = 0; index < key.length; index++) {
    const value = values[index];
    const id = value === undefined ? undefined : canonical(value, key[index].type, index === 0 ? LONGEST_PARTITION_KEY : LONGEST_SORT_KEY);
    if (id === undefined) {
      return undefined;
    }
    ids.push(id);
  }
  return JSON.stringify(ids);
}

/** The key that a row names, as DynamoDB takes it; undefined as above. */
export function itemKey(key: readonly KeyAttribute[], values: ReadonlyArray<string | undefined>): ItemKey | undefined {
  const id = itemId(key, values);
  return id === undefined ? undefined : {
    id, attributes: Object.fromEntries(key.map(({ attribute, type }, index) => [attribute, { [type]: type === 'N' ? values[index]!.trim() : values[index]! }])),
  };
}

/** The key of an item that was found. */
export function idOf(key: readonly KeyAttribute[], item: Item): string | undefined {
  return itemId(key, key.map(({ attribute, type }) => item[attribute]?.[type]));
}

function canonical(value: string, type: 'S' | 'N', longest: number): string | undefined {
  if (type === 'N') {
    return canonicalDecimal(value.trim());
  }
  return value === '' || Buffer.byteLength(value) > longest ? undefined : value;
}
