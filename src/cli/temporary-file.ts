import { randomBytes } from 'crypto';
import { createWriteStream, rmSync, WriteStream } from 'fs';
import { link, open, rename } from 'fs/promises';
import { basename, dirname, join } from 'path';
import { FileError, isSystemError } from './failure';

const unfinished = new Set<string>();

/** What is left to do when a signal ends the process. */
export function removeTemporaryFiles(): void {
  unfinished.forEach(path => rmSync(path, { force: true }));
}

/** A file that is written beside its place under another name, and takes its place when it is complete. */
export class TemporaryFile {
  /** @param mode permissions, which the umask may narrow; as usual if left out */
  static async beside(target: string, mode?: number): Promise<TemporaryFile> {
    const path = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`);
    unfinished.add(path);
    try {
      return new TemporaryFile(path, target, createWriteStream('', { fd: await open(path, 'wx', mode), flush: true }));
    } catch (error) {
      unfinished.delete(path);
      throw error;
    }
  }

  private constructor(private readonly path: string, private readonly target: string, readonly stream: WriteStream) {}

  /** Gives the file its name. Without `replace`, a file that appeared there in the meantime stays, and it is an error. */
  async finish(replace: boolean): Promise<void> {
    if (replace || !await this.linked()) {
      await rename(this.path, this.target);
    }
    this.remove();
  }

  /** Leaves nothing behind; no error if it is finished. */
  remove(): void {
    this.stream.destroy();
    rmSync(this.path, { force: true });
    unfinished.delete(this.path);
  }

  /** A link is never made over a file, other than a new name; but not every file system has links. */
  private async linked(): Promise<boolean> {
    try {
      await link(this.path, this.target);
      return true;
    } catch (error) {
      if (isSystemError(error) && error.code === 'EEXIST') {
        throw new FileError('the output exists by now: give another --out, or --force to replace it');
      }
      return false;
    }
  }
}
