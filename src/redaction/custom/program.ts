import { ByteTree } from './byte-tree';
import { Condition } from './syntax-tree';

/** Thrown when a program or its states outgrow their limit. */
export class TooLarge extends Error {}

/** One step: reads a byte in a range, goes on at each of several steps, asks a condition, or says that a rule matches. */
export type Step =
  | { readonly kind: 'byte'; readonly low: number; readonly high: number; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'condition'; readonly condition: Condition; readonly next: number }
  | { readonly kind: 'match'; readonly rule: number };

/** A nondeterministic state machine over bytes. */
export class Program {
  readonly steps: Step[] = [];
  readonly start: number;
  /** Steps that are alike are one step, so that endings are shared. */
  private readonly known = new Map<string, number>();

  constructor(tree: ByteTree, private readonly limit: number) {
    this.start = this.compile(tree, -1);
  }

  get hasConditions(): boolean {
    return this.steps.some(({ kind }) => kind === 'condition');
  }

  private compile(tree: ByteTree, next: number): number {
    switch (tree.kind) {
      case 'byte':
        return this.step(`b${tree.low},${tree.high},${next}`, { ...tree, next });
      case 'sequence':
        return tree.items.reduceRight((following, item) => this.compile(item, following), next);
      case 'choice':
        return this.fork(tree.options.map(option => this.compile(option, next)));
      case 'repeat':
        return this.repeat(tree, next);
      case 'condition':
        return this.step(`c${tree.condition},${next}`, { ...tree, next });
      case 'match':
        return this.step(`m${tree.rule}`, tree);
    }
  }

  private repeat({ item, least, most }: ByteTree & { kind: 'repeat' }, next: number): number {
    let start = next;
    if (most === Infinity) {
      const again: number[] = [];
      start = this.add({ kind: 'fork', next: again });
      again.push(this.compile(item, start), next);
    }
    for (let count = least; count < most && most !== Infinity; count++) {
      start = this.fork([this.compile(item, start), next]);
    }
    for (let count = 0; count < least; count++) {
      start = this.compile(item, start);
    }
    return start;
  }

  private fork(next: readonly number[]): number {
    const distinct = [...new Set(next)];
    return distinct.length === 1 ? distinct[0] : this.step(`f${distinct.join()}`, { kind: 'fork', next: distinct });
  }

  private step(key: string, step: Step): number {
    const known = this.known.get(key);
    if (known !== undefined) {
      return known;
    }
    const index = this.add(step);
    this.known.set(key, index);
    return index;
  }

  private add(step: Step): number {
    if (this.steps.length === this.limit) {
      throw new TooLarge();
    }
    return this.steps.push(step) - 1;
  }
}
