import { Item } from './table';

interface Entry {
  /** Undefined if the table had none. */
  readonly item: Item | undefined;
  readonly cost: number;
  readonly until: number;
}

const OVERHEAD = 200;

/** Items that were looked up of late, those that are used least leaving first. It outlives requests. */
export class ItemCache {
  private readonly entries = new Map<string, Entry>();
  private cost = 0;

  /**
   * @param timeToLive in milliseconds
   * @param capacity in characters, about
   */
  constructor(private readonly timeToLive: number, private readonly capacity = 32 * 1024 * 1024, private readonly now = () => performance.now()) {}

  /** Undefined if it is not known; what is known may be that there is none. */
  get(id: string): { readonly item: Item | undefined } | undefined {
    const entry = this.entries.get(id);
    if (entry === undefined) {
      return undefined;
    }
    this.remove(id, entry);
    if (entry.until <= this.now()) {
      return undefined;
    }
    this.add(id, entry);
    return entry;
  }

  set(id: string, item: Item | undefined): void {
    if (this.timeToLive <= 0) {
      return;
    }
    const old = this.entries.get(id);
    if (old !== undefined) {
      this.remove(id, old);
    }
    this.add(id, { item, cost: OVERHEAD + id.length + (item === undefined ? 0 : JSON.stringify(item).length), until: this.now() + this.timeToLive });
    for (const [first, entry] of this.entries) {
      if (this.cost <= this.capacity) {
        break;
      }
      this.remove(first, entry);
    }
  }

  private add(id: string, entry: Entry): void {
    this.entries.set(id, entry);
    this.cost += entry.cost;
  }

  private remove(id: string, entry: Entry): void {
    this.entries.delete(id);
    this.cost -= entry.cost;
  }
}
