import { Writable } from 'stream';
import { FileError, reasonOf } from './failure';
import { Screen } from './terminal';

/** Standard output takes no more. */
export class StandardOutputError extends FileError {
  constructor(override readonly cause: unknown) {
    super(`standard output: ${reasonOf(cause)}`);
  }
}

/** Standard output for one input. It outlives the stream, for the next input. */
export class StandardOutput {
  isWritten = false;
  readonly stream: Writable;

  constructor(screen: Screen) {
    this.stream = new Writable({
      write: (chunk, _encoding, done) => {
        this.isWritten = true;
        screen.write(chunk, error => done(error ? new StandardOutputError(error) : undefined));
      },
    });
  }
}
