/** A keyword or pattern that is refused: why, and what to write instead. */
export class PatternError extends Error {
  constructor(readonly problem: string, readonly remedy: string) {
    super(`${problem}: ${remedy}`);
    this.name = 'PatternError';
  }
}
