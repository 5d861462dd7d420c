import { Field, NO_FIELD } from './field';
import { ABOUT, CONTAINERS, PARTS, QUESTIONS, VALUES, knownWords } from './field-names';
import { KnownEndings } from './known-endings';
import { isPerson, meaningOf } from './name-meaning';
import { normalizedName, wordsOfName } from './name-words';
import { ANY_LEVEL, Selector, parseSelector } from './selector';
import { ANCHORED_RECOGNIZERS, CODE_RECOGNIZERS } from '../detect/recognizers/catalogue';
import { FIELD_NUMBER, PII_TYPES, typeNumber } from '../labels';
import { PiiType } from '../pii-type';
import { RuleSet } from '../rule-set';

/** The types for which a name is context, as bits of their numbers. */
export interface NameContext {
  ofName(name: string): { low: number; high: number };
}

/** What names mean something by, but for those that the user selects. */
const CONTEXTS = [...CODE_RECOGNIZERS, ...ANCHORED_RECOGNIZERS].flatMap(({ context = [] }) => context);
const KNOWN = new KnownEndings([...knownWords(), ...CONTEXTS.flatMap(phrase => [phrase.replaceAll(' ', ''), ...phrase.split(' ')])]);

/** A place in a document: an object, list, element or value, by what its name and those above it say. One object for all alike. */
export interface Place {
  readonly number: number;
  readonly field: Field;
  /** Whether a selector hit it, or a level above: all within is redacted. */
  readonly selected: boolean;
  /** What the levels above say for the names below: words, and whether they stand for a person. */
  readonly words: readonly string[];
  readonly person: boolean;
  /** How far each path got, as indexes in the list of all levels of all paths. */
  readonly steps: readonly number[];
  /** Whether items of a list may differ by their index. */
  readonly indexed: boolean;
}

/** More different places are made anew each time. */
const MOST_PLACES = 4096;

/** Says what the names and paths of a document's fields mean, by the user's selectors and by the names themselves. */
export class FieldResolver {
  /** The document. */
  readonly root: Place;
  /** Whether names that differ in digits only mean the same. */
  readonly ignoresDigits: boolean;
  private readonly names: ReadonlySet<string>;
  private readonly paths: readonly Selector[];
  private readonly active: ReadonlySet<PiiType>;
  private readonly known: KnownEndings;
  private readonly places = new Map<string, Place>();
  private readonly others = new WeakMap<Place, Place>();
  private readonly items = new WeakMap<Place, Place>();
  private count = 0;

  constructor({ fields, types }: RuleSet, private readonly contexts: NameContext) {
    const selectors = fields.map(parseSelector);
    const selected = selectors.flatMap(({ name, path }) => [name, ...path]);
    this.names = new Set(selectors.map(({ name }) => name));
    this.paths = selectors.filter(({ path }) => path.length > 0);
    this.active = new Set(types);
    this.known = new KnownEndings(selected, KNOWN);
    this.ignoresDigits = !selected.some(text => /\d/.test(text));
    this.root = this.place({ field: NO_FIELD, selected: false, words: [], person: false, steps: this.paths.map((_, index) => index * STRIDE) });
  }

  /** Whether a name (UTF-8) may mean something; if not, the place is `other`. */
  mayKnow(bytes: Uint8Array, from: number, to: number): boolean {
    return this.known.mayKnow(bytes, from, to);
  }

  /** The value of a key, the element or the column of a name. */
  child(above: Place, name: string): Place {
    return above.selected ? above : this.named(above, above.steps, name);
  }

  /** The root element of a document: paths may start with it or below it. */
  rootElement(name: string): Place {
    const first = this.named(this.root, this.root.steps, name);
    return first.selected ? first : this.place({ ...first, steps: [...new Set([...first.steps, ...this.root.steps])] });
  }

  /** An attribute: `@name` selects it, and `name` does, too. */
  attribute(element: Place, name: string): Place {
    if (element.selected) {
      return element;
    }
    const found = this.named(element, element.steps, ATTRIBUTE + name);
    return found.selected || !formsOf(name).some(form => this.names.has(form)) ? found : this.selected(found);
  }

  /** A column by its header: `customer.email` is a name, and a path. */
  column(name: string): Field {
    const whole = this.child(this.root, name);
    if (whole.selected || !/[./]/.test(name)) {
      return whole.field;
    }
    const path = name.split(/[./]/).reduce<Place>((above, level) => this.child(above, level), this.root);
    return path.selected ? path.field : whole.field;
  }

  /** The value of a key that `mayKnow` knows nothing of. */
  other(above: Place): Place {
    let other = this.others.get(above);
    if (other === undefined) {
      other = this.child(above, '\0');
      this.others.set(above, other);
    }
    return other;
  }

  /** An item of a list. */
  item(list: Place, index: number): Place {
    if (list.selected || list.steps.length === 0) {
      return list;
    }
    let item = list.indexed ? undefined : this.items.get(list);
    if (item === undefined) {
      item = this.step(list, list.steps, level => level === ANY_LEVEL || level === String(index), path => path.throughLists);
      if (!list.indexed) {
        this.items.set(list, item);
      }
    }
    return item;
  }

  /** `above` with the name of one of its children. */
  private named(above: Place, steps: readonly number[], name: string): Place {
    const words = wordsOfName(name);
    const isValue = words.length > 0 && words.every(word => VALUES.has(word) || PARTS.has(word));
    const keeps = isValue || words.length > 0 && words.every(word => CONTAINERS.has(word));
    const place = this.place({
      field: this.fieldOf(above, name, words, isValue, keeps),
      selected: false,
      words: keeps ? above.words : words,
      person: keeps ? above.person : isPerson(words),
      steps,
    });
    if (this.names.size === 0) {
      return place;
    }
    const forms = formsOf(name);
    return forms.some(form => this.names.has(form)) ? this.selected(place)
      : this.step(place, steps, level => level === ANY_LEVEL || forms.includes(level), () => false);
  }

  private fieldOf(above: Place, name: string, words: readonly string[], isValue: boolean, keeps: boolean): Field {
    const meaning = meaningOf(words, above.words, above.person);
    const active = meaning !== undefined && this.active.has(meaning.type) ? meaning : undefined;
    const isAbout = words.length > 0 && (ABOUT.has(words[words.length - 1]) || QUESTIONS.has(words[0])) || name.startsWith(ATTRIBUTE) && !isValue;
    const own = active !== undefined && active.whole !== 'none';
    // What only texts are redacted for does not hold for all that a structure of this name has below.
    const takesOver = above.field.label >= 0 && !isAbout && (above.field.numbers || keeps);
    const { low, high } = this.contexts.ofName(isValue ? [...above.words, name].join(' ') : name);
    const label = own || active !== undefined && takesOver ? typeNumber(active!.type) : takesOver ? above.field.label : -1;
    return { label, numbers: own ? active!.whole === 'all' : takesOver && above.field.numbers, booleans: false, contextLow: low, contextHigh: high };
  }

  /** A place after one more level of the paths. */
  private step(place: Place, steps: readonly number[], matches: (level: string) => boolean, stays: (path: Selector) => boolean): Place {
    const next: number[] = [];
    for (const step of steps) {
      const selector = this.paths[Math.floor(step / STRIDE)];
      const level = step % STRIDE;
      if (matches(selector.path[level])) {
        if (level + 1 === selector.path.length) {
          return this.selected(place);
        }
        next.push(step + 1);
      }
      if (stays(selector)) {
        next.push(step);
      }
    }
    return this.place({ ...place, steps: [...new Set(next)] });
  }

  /** A place that a selector hit: labelled by its type if its name says one that is active, else as a field. */
  private selected(place: Place): Place {
    const meaning = meaningOf(place.words, [], false);
    const { field: { contextLow, contextHigh, label: own } } = place;
    const spoken = PII_TYPES.filter((type, number) => this.active.has(type)
      && (number < 32 ? contextLow >>> number & 1 : contextHigh >>> number - 32 & 1) !== 0);
    const label = own >= 0 ? own
      : meaning !== undefined && this.active.has(meaning.type) ? typeNumber(meaning.type)
        : spoken.length === 1 ? typeNumber(spoken[0]) : FIELD_NUMBER;
    const field = { ...place.field, label, numbers: true, booleans: true };
    return this.place({ ...place, field, selected: true, words: [], person: false, steps: [] });
  }

  private place(from: Omit<Place, 'number' | 'indexed'>): Place {
    const { field: { label, numbers, booleans, contextLow, contextHigh }, selected, words, person, steps } = from;
    const key = `${label} ${numbers} ${contextLow} ${contextHigh} ${selected} ${words.join(' ')} ${person} ${steps.join(' ')}`;
    let place = this.places.get(key);
    if (place === undefined) {
      if (this.places.size >= MOST_PLACES) {
        this.places.clear();
      }
      const indexed = steps.some(step => /^\d+$/.test(this.paths[Math.floor(step / STRIDE)].path[step % STRIDE]));
      place = { number: this.count++, field: { label, numbers, booleans, contextLow, contextHigh }, selected, words, person, steps, indexed };
      this.places.set(key, place);
    }
    return place;
  }
}

/** More than a path has levels. */
const STRIDE = 64;

/** Before the names of attributes in selectors. */
const ATTRIBUTE = '@';

/** A name without regard to its spelling; with the prefix of a namespace, and without. */
function formsOf(name: string): string[] {
  const normalized = normalizedName(name);
  const colon = normalized.lastIndexOf(':');
  return colon < 0 ? [normalized] : [normalized, (name.startsWith(ATTRIBUTE) ? ATTRIBUTE : '') + normalized.slice(colon + 1)];
}
