import { FieldResolver, Place } from './field-resolver';

/** A power of two, and how many slots of it a name may be in. */
const SLOTS = 1024;
const WAYS = 4;
/** Longer names are resolved anew each time. */
const LONGEST = 64;

const ZERO = 0x30;

/** What names below a place mean, by their raw bytes: the names of a document repeat, and are resolved once. */
export class NameCache {
  private readonly hashes = new Int32Array(SLOTS);
  private readonly owners = new Int32Array(SLOTS).fill(-1);
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly names = new Uint8Array(SLOTS * LONGEST);
  private readonly places: Place[];
  private readonly folded = Buffer.alloc(LONGEST);
  private victim = 0;

  /**
   * @param fields  knows the names
   * @param resolve asks it for a name that is not in the cache
   */
  constructor(private readonly fields: FieldResolver, private readonly resolve: (above: Place, name: string) => Place) {
    this.places = new Array<Place>(SLOTS).fill(fields.root);
  }

  /** What the name in `bytes[from, to)` means below `above`. */
  find(above: Place, bytes: Buffer, from: number, to: number): Place {
    if (above.selected) {
      return above;
    }
    const slot = this.slotOf(above, bytes, from, to);
    return slot >= 0 ? this.places[slot] : this.miss(above, bytes, from, to);
  }

  private miss(above: Place, name: Buffer, from: number, to: number): Place {
    const { fields, folded, resolve } = this;
    if (!fields.mayKnow(name, from, to)) {
      return this.keep(above, name, from, to, fields.other(above));
    }
    const length = fields.ignoresDigits && to - from <= LONGEST ? this.fold(name, from, to) : 0;
    if (length === 0) {
      return this.keep(above, name, from, to, resolve(above, name.toString('utf8', from, to)));
    }
    const slot = this.slotOf(above, folded, 0, length);
    return slot >= 0 ? this.places[slot] : this.keep(above, folded, 0, length, resolve(above, folded.toString('utf8', 0, length)));
  }

  /** The slot of a name; -1 if it has none. */
  private slotOf(above: Place, bytes: Buffer, from: number, to: number): number {
    const { hashes, owners, lengths } = this;
    const length = to - from;
    if (length > LONGEST) {
      return -1;
    }
    const hash = hashOf(bytes, from, to, above.number);
    const home = homeOf(hash);
    for (let slot = home; slot < home + WAYS; slot++) {
      if (hashes[slot] === hash && owners[slot] === above.number && lengths[slot] === length && this.isAt(slot, bytes, from, length)) {
        return slot;
      }
    }
    return -1;
  }

  private isAt(slot: number, bytes: Buffer, from: number, length: number): boolean {
    const { names } = this;
    const start = slot * LONGEST;
    let index = 0;
    while (index < length && names[start + index] === bytes[from + index]) {
      index++;
    }
    return index === length;
  }

  private keep(above: Place, bytes: Buffer, from: number, to: number, place: Place): Place {
    const length = to - from;
    if (length <= LONGEST) {
      const hash = hashOf(bytes, from, to, above.number);
      const home = homeOf(hash);
      let slot = home;
      while (slot < home + WAYS && this.owners[slot] >= 0) {
        slot++;
      }
      slot = slot < home + WAYS ? slot : home + (this.victim++ & WAYS - 1);
      this.hashes[slot] = hash;
      this.owners[slot] = above.number;
      this.lengths[slot] = length;
      this.places[slot] = place;
      for (let index = 0; index < length; index++) {
        this.names[slot * LONGEST + index] = bytes[from + index];
      }
    }
    return place;
  }

  /** Writes a name with one zero for each run of digits to `folded`. Returns its length; 0 if there are no digits. */
  private fold(name: Buffer, from: number, to: number): number {
    const { folded } = this;
    let length = 0;
    let digits = 0;
    let before = false;
    for (let index = from; index < to; index++) {
      const isDigit = name[index] >= ZERO && name[index] < ZERO + 10;
      digits += isDigit ? 1 : 0;
      if (!isDigit || !before) {
        folded[length++] = isDigit ? ZERO : name[index];
      }
      before = isDigit;
    }
    return digits === 0 ? 0 : length;
  }
}

/** A hash of the ends of a name: names of documents differ there, and those that do not are compared byte by byte. */
function hashOf(bytes: Buffer, from: number, to: number, owner: number): number {
  const length = to - from;
  const ends = length < 4 ? (length > 0 ? bytes[from] | bytes[to - 1] << 8 | bytes[from + (length >> 1)] << 16 : 0)
    : (bytes[from] | bytes[from + 1] << 8 | bytes[from + 2] << 16 | bytes[from + 3] << 24)
      ^ Math.imul(bytes[to - 1] | bytes[to - 2] << 8 | bytes[to - 3] << 16 | bytes[to - 4] << 24, 0x85ebca6b);
  return Math.imul(ends ^ Math.imul(owner << 8 | length, 0x9e3779b1), 0xc2b2ae35);
}

function homeOf(hash: number): number {
  return (hash ^ hash >>> 15) & SLOTS - WAYS;
}
