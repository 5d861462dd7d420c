import { Duplex } from 'stream';
import { ViewRequest } from './view';

/** What is known of a stored object before it is read. */
export interface StoredObject {
  readonly key: string;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  /** In bytes, as it is stored. */
  readonly contentLength?: number;
}

/** The transformed object, while it is made. */
export interface TransformedObject {
  /** Stored bytes in, transformed bytes out. It fails where bytes cannot be transformed, and what is wrong is then never sent. */
  readonly stream: Duplex;
  /** The type of what goes out; that of the stored object if undefined. */
  readonly contentType?: string;
  /** The encoding of what goes out; none if undefined. */
  readonly contentEncoding?: string;
}

/** What objects go through on their way out. */
export interface Transformation {
  /**
   * Stands for what the transformation of this request does: the same digest and the same stored bytes give the same bytes. Undefined if
   * there is no such promise: the transformed object has no ETag then.
   */
  digest(request: ViewRequest): string | undefined;
  /** @throws ViewError if this object cannot be transformed */
  open(object: StoredObject, request: ViewRequest): TransformedObject;
  /** The value of user metadata as it goes out, by its name less `x-amz-meta-`; undefined if it does not. The value is as the header has it. */
  metadata(name: string, value: string): string | undefined;
  /**
   * The same for system metadata that is free text: `cache-control`, `content-disposition`, `content-language`, and `content-type` where
   * nothing else is said of it. As `metadata` if there is no such method.
   */
  header?(name: string, value: string): string | undefined;
  /** A key as listings show it. */
  key(key: string): string;
}
