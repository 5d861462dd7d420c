import { EnrichingOptions } from './enriching-options';
import { ItemCache } from './item-cache';
import { itemId, itemKey } from './item-key';
import { Row } from './rows';
import { Item, ItemKey, Table } from './table';
import { ViewError } from '../view-error';

/** What BatchGetItem takes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const KEYS_OF_BATCH = 100;
/** In characters, of rows that wait for the items of one batch. */
const LARGEST_BATCH = 1024 * 1024;
/** Of rows whose items are all known. Those that wait longer outlive the young generation of V8, which makes them dear. */
const LARGEST_KNOWN = 64 * 1024;
/** In characters, of what goes out at once: rows may be short, and what an item adds to each of them long. */
const LARGEST_PIECE = 64 * 1024;
const CONCURRENCY = 4;

interface Waiting {
  readonly row: Row;
  /** Undefined for rows that no item can be there for. */
  readonly id: string | undefined;
}

/** Rows, the items that are known for them, and the keys of those to look up. */
class Batch {
  readonly rows: Waiting[] = [];
  readonly items = new Map<string, Item | undefined>();
  readonly keys = new Map<string, ItemKey>();
  length = 0;
}

/** Joins rows with items, in batches, of which several are under way; rows stay in order. */
export class Join {
  private readonly underWay: Array<Promise<Batch>> = [];
  private batch = new Batch();

  constructor(
    private readonly options: EnrichingOptions,
    private readonly table: Table,
    private readonly cache: ItemCache,
    private readonly signal: AbortSignal,
  ) {}

  /** Gives what is ready, and waits while too much is under way. */
  async* add(rows: readonly Row[]): AsyncGenerator<string> {
    for (const row of rows) {
      const { batch } = this;
      const id = row.key === undefined ? undefined : itemId(this.options.key, row.key);
      batch.rows.push({ row, id });
      batch.length += row.length;
      if (id !== undefined && !batch.items.has(id)) {
        const known = this.cache.get(id);
        if (known === undefined) {
          batch.keys.set(id, itemKey(this.options.key, row.key!)!);
        } else {
          batch.items.set(id, known.item);
        }
      }
      if (batch.keys.size === KEYS_OF_BATCH || batch.length >= (batch.keys.size === 0 ? LARGEST_KNOWN : LARGEST_BATCH)) {
        this.start();
      }
      if (this.underWay.length === CONCURRENCY) {
        yield* this.texts(await this.underWay.shift()!);
      }
    }
  }

  async* end(): AsyncGenerator<string> {
    this.start();
    while (this.underWay.length > 0) {
      yield* this.texts(await this.underWay.shift()!);
    }
  }

  private start(): void {
    const known = this.lookedUp(this.batch);
    // Its failure is reported when it is its turn.
    known.catch(() => {});
    this.underWay.push(known);
    this.batch = new Batch();
  }

  private async lookedUp(batch: Batch): Promise<Batch> {
    const { items, keys } = batch;
    if (keys.size > 0) {
      const found = await this.table.items([...keys.values()], this.signal);
      for (const id of keys.keys()) {
        items.set(id, found.get(id));
        this.cache.set(id, found.get(id));
      }
    }
    return batch;
  }

  private* texts({ rows, items }: Batch): Generator<string> {
    let text = '';
    for (const { row, id } of rows) {
      text += this.text(row, id === undefined ? undefined : items.get(id));
      if (text.length >= LARGEST_PIECE) {
        yield text;
        text = '';
      }
    }
    if (text !== '') {
      yield text;
    }
  }

  private text(row: Row, item: Item | undefined): string {
    const isMissing = row.key !== undefined && item === undefined;
    if (isMissing && this.options.onMissing === 'fail') {
      throw new ViewError(422, 'MissingItem', `A row has no item in the table (line ${row.line}).`);
    }
    return isMissing && this.options.onMissing === 'drop' ? '' : row.enriched(item);
  }
}
