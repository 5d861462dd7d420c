import { Readable } from 'stream';
import { overtime } from './s3-error';
import { ViewError } from './view-error';

/** The end of the time of one request, over all that is done for it. */
export class Deadline {
  private readonly end: number;
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly expired = new Set<(error: ViewError) => void>();

  /** @param timeLimit in milliseconds; none if undefined */
  constructor(timeLimit: number | undefined) {
    this.end = timeLimit === undefined ? Infinity : performance.now() + timeLimit;
    if (timeLimit !== undefined) {
      this.timer = setTimeout(() => this.expire(), timeLimit);
    }
  }

  /** @throws ViewError if the time is over, also where work kept the timer from running */
  check(): void {
    if (this.isOver) {
      throw overtime();
    }
  }

  /** What `work` gives, if it is in time; what comes late goes to `discard`. */
  async within<T>(work: Promise<T>, discard: (late: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const expire = (error: ViewError) => {
        isLate = true;
        reject(error);
      };
      if (this.isOver) {
        expire(overtime());
      } else {
        this.expired.add(expire);
      }
      work.then(result => isLate ? discard(result) : resolve(result), reject).finally(() => this.expired.delete(expire));
    });
  }

  /** Destroys the stream when the time is over. */
  guard(stream: Readable): void {
    if (this.isOver) {
      stream.destroy(overtime());
      return;
    }
    const expire = (error: ViewError) => stream.destroy(error);
    this.expired.add(expire);
    stream.once('close', () => this.expired.delete(expire));
  }

  /** Ends it: nothing is waited for any more. */
  clear(): void {
    clearTimeout(this.timer);
  }

  private get isOver(): boolean {
    return performance.now() >= this.end;
  }

  private expire(): void {
    const error = overtime();
    this.expired.forEach(expire => expire(error));
    this.expired.clear();
  }
}
