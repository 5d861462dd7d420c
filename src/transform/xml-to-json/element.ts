/** What an element costs in memory, beside its characters. */
const OVERHEAD = 64;

/** An element that is not written yet, or one that is open. */
export class Element {
  /** Settled text, and the run of text that the next tag settles. */
  text = '';
  run = '';
  /** By name, in the order of the first of each. Of an element that is held. */
  readonly children = new Map<string, Element[]>();
  /** The name of the child that was last added. */
  last: string | undefined;
  /** In characters, about; without its children. */
  cost: number;

  constructor(readonly name: string, readonly path: string, readonly attributes: ReadonlyArray<readonly [string, string]>) {
    this.cost = OVERHEAD + name.length + path.length + attributes.reduce((sum, [key, value]) => sum + OVERHEAD + key.length + value.length, 0);
  }

  add(child: Element): void {
    const group = this.children.get(child.name);
    if (group === undefined) {
      this.children.set(child.name, [child]);
    } else {
      group.push(child);
    }
    this.last = child.name;
  }

  /** White space between elements is layout; elsewhere it is text. Gives how many characters are dropped. */
  settle(hasChildren: boolean): number {
    const { run } = this;
    this.run = '';
    if (!hasChildren || /[^ \t\n\r]/.test(run)) {
      this.text += run;
      return 0;
    }
    this.cost -= run.length;
    return run.length;
  }
}
