import { Element } from './element';

/** Of an element that is being written, while it is open: the children of one name that stand side by side. */
interface Group {
  readonly name: string;
  readonly isArray: boolean;
  /** The only child so far: whether it is one of an array is not known yet. */
  pending?: Element;
  count: number;
}

interface Written {
  readonly element: Element;
  readonly closed: Set<string>;
  group?: Group;
  hasMembers: boolean;
}

/** That children of a name come again after the group of them was closed. */
export class RepeatedElement extends Error {}

/** Writes elements as JSON: whole ones, and such as are still open. */
export class JsonWriter {
  /** What was written of late. */
  out: string[] = [];
  /** What elements cost that are held, or open. */
  held = 0;
  private readonly open: Written[] = [];

  constructor(private readonly isArray: (path: string) => boolean, private readonly empty: string) {}

  /** How many of the open elements, from the root on, are being written. */
  get depth(): number {
    return this.open.length;
  }

  /** A child begins in the innermost element that is being written. */
  begin(child: Element): void {
    const parent = this.open[this.open.length - 1];
    if (parent === undefined) {
      return;
    }
    if (parent.group?.name !== child.name) {
      this.closeGroup(parent);
      if (parent.closed.has(child.name)) {
        throw new RepeatedElement();
      }
      parent.group = { name: child.name, isArray: this.isArray(child.path), count: 0 };
    } else if (parent.group.pending !== undefined) {
      this.startArray(parent, [parent.group.pending]);
    } else if (!parent.group.isArray) {
      throw new RepeatedElement();
    }
  }

  /** The child that began last is whole. */
  end(child: Element): void {
    const parent = this.open[this.open.length - 1];
    if (parent === undefined) {
      this.out.push(`{${JSON.stringify(child.name)}:`);
      this.value(child);
      this.out.push('}\n');
    } else if (parent.group!.isArray) {
      this.item(parent);
      this.value(child);
    } else {
      parent.group!.pending = child;
    }
  }

  /** Writes what is known of an open element, of which the next open child is `child`, and goes on with it. */
  commit(element: Element, child: Element | undefined): void {
    const parent = this.open[this.open.length - 1];
    if (parent === undefined) {
      this.out.push(`{${JSON.stringify(element.name)}:`);
    } else if (parent.group!.isArray) {
      this.item(parent);
    } else {
      this.member(parent, element.name);
      parent.group!.count += 1;
    }
    this.out.push('{');
    const written: Written = { element, closed: new Set(), hasMembers: false };
    this.open.push(written);
    this.attributes(written);
    const last = child?.name ?? element.last;
    for (const [name, group] of element.children) {
      if (name !== last) {
        this.group(written, name, group);
        this.close(written, name);
      }
    }
    const group = last === undefined ? [] : element.children.get(last) ?? [];
    element.children.clear();
    if (last === undefined) {
      return;
    }
    const isArray = this.isArray((child ?? group[0]).path);
    written.group = { name: last, isArray: isArray && group.length === 0, count: 0 };
    if (group.length > 0 && (isArray || group.length > 1 || child !== undefined)) {
      this.startArray(written, group);
    } else if (group.length === 1) {
      written.group.pending = group[0];
    }
  }

  /** The innermost element that is being written ends. */
  finish(): void {
    const written = this.open[this.open.length - 1];
    this.closeGroup(written);
    if (written.element.text !== '') {
      this.member(written, '#text');
      this.out.push(JSON.stringify(written.element.text));
    }
    this.out.push(this.open.length === 1 ? '}}\n' : '}');
    this.held -= written.element.cost;
    this.open.pop();
  }

  /** Gives up to look ahead for the child that is pending. */
  release(): void {
    const written = this.open[this.open.length - 1];
    if (written !== undefined) {
      this.closeGroup(written);
    }
  }

  private value(element: Element): void {
    this.held -= element.cost;
    if (element.attributes.length === 0 && element.children.size === 0) {
      this.out.push(element.text === '' ? this.empty : JSON.stringify(element.text));
      return;
    }
    this.out.push('{');
    const written: Written = { element, closed: new Set(), hasMembers: false };
    this.attributes(written);
    for (const [name, group] of element.children) {
      this.group(written, name, group);
    }
    if (element.text !== '') {
      this.member(written, '#text');
      this.out.push(JSON.stringify(element.text));
    }
    this.out.push('}');
  }

  private group(written: Written, name: string, group: readonly Element[]): void {
    this.member(written, name);
    if (group.length === 1 && !this.isArray(group[0].path)) {
      this.value(group[0]);
      return;
    }
    group.forEach((element, index) => {
      this.out.push(index === 0 ? '[' : ',');
      this.value(element);
    });
    this.out.push(']');
  }

  private attributes(written: Written): void {
    for (const [name, value] of written.element.attributes) {
      this.member(written, `@${name}`);
      this.out.push(JSON.stringify(value));
    }
  }

  private startArray(written: Written, elements: readonly Element[]): void {
    written.group = { name: written.group!.name, isArray: true, count: 0 };
    for (const element of elements) {
      this.item(written);
      this.value(element);
    }
  }

  private item(written: Written): void {
    const group = written.group!;
    if (group.count === 0) {
      this.member(written, group.name);
    }
    this.out.push(group.count === 0 ? '[' : ',');
    group.count += 1;
  }

  private closeGroup(written: Written): void {
    const { group } = written;
    if (group === undefined) {
      return;
    }
    if (group.pending !== undefined) {
      this.member(written, group.name);
      this.value(group.pending);
    } else if (group.isArray && group.count > 0) {
      this.out.push(']');
    }
    written.group = undefined;
    this.close(written, group.name);
  }

  private close(written: Written, name: string): void {
    const cost = 64 + name.length;
    written.closed.add(name);
    written.element.cost += cost;
    this.held += cost;
  }

  private member(written: Written, name: string): void {
    this.out.push(`${written.hasMembers ? ',' : ''}${JSON.stringify(name)}:`);
    written.hasMembers = true;
  }
}
