import { realpathSync, Stats, statSync } from 'fs';
import { basename, dirname, join } from 'path';

/** What is at a path, where links are followed; missing if nothing is, or nobody may know. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The file that a path leads to, where links are followed, so that one file has one name; it need not exist. */
export function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(followed(dirname(path)), basename(path));
  }
}
