import { FieldResolver, Place } from './field-resolver';

/** A power of two, and how many slots of it a name may be in. */
const SLOTS = 1024;
const WAYS = 4;
/** Longer names are resolved anew each time. */
const LONGEST = 64;

const ZERO = 0x30;

/**
 * What names below a place mean, by their raw bytes: the names of a document repeat, and are resolved once. They mostly repeat in the
 * same order, too: then one that came before is found again without a search.
 */
export class NameCache {
  private readonly hashes = new Int32Array(SLOTS);
  private readonly owners = new Int32Array(SLOTS).fill(-1);
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly names = new Uint8Array(SLOTS * LONGEST);
  private readonly places: Place[];
  private readonly folded = Buffer.alloc(LONGEST);
  private victim = 0;
  /** The slot of the last name, and which slot came after each: -1 for a name that has none of its own. */
  private last = -1;
  private readonly followers = new Int16Array(SLOTS).fill(-1);
  /** Whether the name in a slot was found as it stands there, and not only once decoded. */
  private readonly verbatim = new Uint8Array(SLOTS);

  /**
   * @param fields  knows the names
   * @param resolve asks it for a name that is not in the cache
   */
  constructor(private readonly fields: FieldResolver, private readonly resolve: (above: Place, name: string) => Place) {
    this.places = new Array<Place>(SLOTS).fill(fields.root);
  }

  /** What the name in `bytes[from, to)` means below `above`. */
  find(above: Place, bytes: Buffer, from: number, to: number): Place {
    const before = this.last;
    const place = this.lookUp(above, bytes, from, to);
    if (this.last >= 0) {
      this.verbatim[this.last] = 1;
    }
    if (before >= 0) {
      this.followers[before] = this.last;
    }
    return place;
  }

  /** The same for a name with escapes that were decoded. */
  findDecoded(above: Place, name: Buffer): Place {
    const place = this.lookUp(above, name, 0, name.length);
    this.last = -1;
    return place;
  }

  /** If the name at `from` starts with the one that came after the last one before, the length of that; else -1. */
  following(above: Place, bytes: Buffer, from: number, to: number): number {
    const slot = this.last < 0 ? -1 : this.followers[this.last];
    if (slot < 0 || this.owners[slot] !== above.number || this.verbatim[slot] === 0) {
      return -1;
    }
    const length = this.lengths[slot];
    return from + length <= to && this.isAt(slot, bytes, from, length) ? length : -1;
  }

  /** Goes on to the name that `following` saw. */
  follow(): Place {
    this.last = this.followers[this.last];
    return this.places[this.last];
  }

  private lookUp(above: Place, bytes: Buffer, from: number, to: number): Place {
    if (above.selected) {
      this.last = -1;
      return above;
    }
    this.last = this.slotOf(above, bytes, from, to);
    if (this.last >= 0) {
      return this.places[this.last];
    }
    const place = this.miss(above, bytes, from, to);
    this.last = this.slotOf(above, bytes, from, to);
    return place;
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
      this.verbatim[slot] = 0;
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
