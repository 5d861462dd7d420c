import { setTimeout as pause } from 'timers/promises';

const ATTEMPTS = 3;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5000;

/** A failure after which the same may be tried again. */
export class PassingFailure extends Error {}

/** Tries up to three times, or as often as is said, with pauses that grow; what fails the last time is thrown. */
export async function withRetries<T>(attempt: () => Promise<T>, signal: AbortSignal, attempts = ATTEMPTS): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PassingFailure) || count === attempts || signal.aborted) {
        throw error;
      }
      await pause(Math.min(FIRST_PAUSE * 4 ** (count - 1), LONGEST_PAUSE) * (0.5 + Math.random()), undefined, { signal });
    }
  }
}
