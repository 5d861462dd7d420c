/** The name of the function's bundle, a folder in `assets/`. */
export const REDACTED_COPY = 'redacted-copy';

/** The environment variable that holds `CopySettings` as JSON. */
export const COPY_SETTINGS = 'COPY_SETTINGS';

export interface CopySettings {
  /** The name of the bucket with the originals: what names another is not for this function. */
  readonly bucketName: string;
  /** The URL of the access point that the originals are read through. */
  readonly source: string;
  /** The URL of the access point that the copies are written through. */
  readonly destination: string;
  /** What the keys of copies start with, before the key of the original. */
  readonly destinationPrefix: string;
  /** What the keys of originals start with; all if empty. */
  readonly prefixes: string[];
  /** Whether copies go when their originals do. */
  readonly deletes: boolean;
}
