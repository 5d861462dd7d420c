import { DifferenceId } from '../differences';

/** What the applier could not apply as the template says it, and which difference of the server is why. */
export class Report {
  /** `path: difference`, in the order of the template. */
  public readonly deviations: string[] = [];

  public deviate(path: string, difference: DifferenceId): void {
    this.deviations.push(`${path}: ${difference}`);
  }
}
