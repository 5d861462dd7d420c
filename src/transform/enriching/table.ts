/** A value as DynamoDB sends it. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly B?: string;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Readonly<Record<string, AttributeValue>>;
}

export type Item = Readonly<Record<string, AttributeValue>>;

/** A key of the table, and the text that stands for it: the same for all ways to write one key. */
export interface ItemKey {
  readonly id: string;
  readonly attributes: Item;
}

/** Where items are looked up. */
export interface Table {
  /** The items of different keys, by their id; none for those that have no item. */
  items(keys: readonly ItemKey[], signal: AbortSignal): Promise<Map<string, Item>>;
}
