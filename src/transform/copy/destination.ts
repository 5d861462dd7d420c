import { Readable } from 'stream';

/** What is known of an object of the destination. */
export interface CopiedObject {
  readonly etag: string;
  /** The view that it is a copy of, if it is one. */
  readonly view?: string;
}

/** Somebody else has written or deleted the object meanwhile. */
export class ConflictError extends Error {}

/** Where copies go. What is written or deleted is what `head` has seen, or nothing. */
export interface Destination {
  head(key: string): Promise<CopiedObject | undefined>;
  /** @throws ConflictError */
  put(key: string, copy: Copy, before: CopiedObject | undefined): Promise<void>;
  /** @throws ConflictError */
  remove(key: string, before: CopiedObject): Promise<void>;
}

export interface Copy {
  /** Its type and what else describes it, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing is written if it fails. */
  readonly body: Readable | Uint8Array;
  readonly view: string;
}
