import { setTimeout as pause } from 'timers/promises';

const ATTEMPTS = 3;
const FIRST_PAUSE = 50;

/** A failure after which the same may be tried again. */
export class PassingFailure extends Error {}

/** Tries up to three times, with pauses that grow; what fails the last time is thrown. */
export async function withRetries<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PassingFailure) || count === ATTEMPTS || signal.aborted) {
        throw error;
      }
      await pause(FIRST_PAUSE * 4 ** (count - 1) * (0.5 + Math.random()), undefined, { signal });
    }
  }
}
