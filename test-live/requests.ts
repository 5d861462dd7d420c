import { S3ServiceException } from '@aws-sdk/client-s3';

/** What became of a request: `done`, or the status, the code and the message of the refusal. */
export async function outcome(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'done';
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode !== undefined) {
      const message = error.message === 'UnknownError' ? '' : `: ${error.message}`;
      return `${error.$metadata.httpStatusCode} ${error.name}${message}`;
    }
    throw error;
  }
}

/** By a policy, or for want of a right: the server says no more. */
export const DENIED = '403 AccessDenied';
/** By Object Lock. */
export const LOCKED = '403 AccessDenied: forbidden by object lock';

export const DAY = 86_400_000;

/** A time that many milliseconds from now. */
export function fromNow(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

/** Waits until a point in time has passed. */
export async function until(date: Date): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, date.getTime() - Date.now()));
}

/** Asks again until the answer is as wanted; gives the last answer after half a minute. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() > end) {
      return answer;
    }
    await until(fromNow(500));
  }
}
