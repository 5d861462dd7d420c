import { Report } from './report';
import { DifferenceId } from '../differences';

/**
 * Properties of a template, of which each has to be taken or left out for a reason: what nobody asked for makes the applier fail.
 */
export class Properties {
  private readonly open: Set<string>;

  public constructor(public readonly path: string, private readonly values: object, private readonly report: Report) {
    this.open = new Set(Object.keys(values).filter(name => this.value(name) !== undefined));
  }

  public take<T>(name: string): T | undefined {
    this.open.delete(name);
    return this.value(name) as T | undefined;
  }

  /** A property that holds properties itself. */
  public inner(name: string): Properties | undefined {
    const values = this.take<object>(name);
    return values && new Properties(`${this.path}.${name}`, values, this.report);
  }

  public list(name: string): Properties[] {
    return (this.take<object[]>(name) ?? []).map((values, index) => new Properties(`${this.path}.${name}.${index}`, values, this.report));
  }

  public leaveOut(name: string, difference: DifferenceId): void {
    if (this.open.delete(name)) {
      this.report.deviate(`${this.path}.${name}`, difference);
    }
  }

  /** @throws if a property was neither taken nor left out */
  public done(): void {
    if (this.open.size > 0) {
      throw new Error(`${this.path}: neither applied nor listed as a difference of the server: ${[...this.open].join(', ')}`);
    }
  }

  private value(name: string): unknown {
    return (this.values as Record<string, unknown>)[name];
  }
}
