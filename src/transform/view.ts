import { Readable } from 'stream';
import { ViewError } from './view-error';

export type Operation = 'GetObject' | 'HeadObject' | 'ListObjects' | 'ListObjectsV2';

/** A request as the caller made it. */
export interface ViewRequest {
  readonly operation: Operation;
  /** The key of the object, decoded; empty for listings. */
  readonly key: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the URL: `partNumber`, `versionId`, `prefix`, `response-content-type`. */
  readonly query: URLSearchParams;
  /** Who asks, as the service in front of the function says: an ARN, the subject of a token. */
  readonly caller?: Caller;
}

export interface Caller {
  readonly arn?: string;
  readonly name?: string;
}

/** An answer of S3, errors included. */
export interface SourceResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fails if it is cut off before its end. */
  readonly body: Readable;
}

/** Where the object of one request comes from: a presigned URL, or S3 asked in the name of the function. */
export interface Source {
  /**
   * Whether S3 is asked without the caller's `response-*` parameters, which are then for the view to answer. Requests with
   * `response-content-type` or `response-content-encoding` are refused otherwise: the answer of S3 names what the caller wrote in place of
   * the object's own type and encoding, by which it is judged.
   */
  readonly leavesOverridesOut?: boolean;
  /** Whether only `head` can be asked, as with the presigned URL of a HEAD request: HEAD has no Content-Length then, unless `measure` tells it. */
  readonly isHeadOnly?: boolean;
  /**
   * The answer to the caller's request, less its range, part number and conditions, which are about the transformed object. It may be
   * asked for again, with further headers such as `if-match`.
   */
  get(headers?: Readonly<Record<string, string>>): Promise<SourceResponse>;
  head(): Promise<SourceResponse>;
  /**
   * The length of the whole transformed object, found out in another way than by reading the stored one.
   *
   * @param described what HEAD says of the object: it has to be that one
   * @throws ViewError if GET is refused
   */
  measure?(described: Readonly<Record<string, string>>): Promise<number>;
  /** Of the operations that list: XML. */
  list(): Promise<SourceResponse>;
}

/** What the caller gets. */
export interface ViewResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream that fails has to reach the caller as a response that is cut off, never as one that is whole. */
  readonly body?: Readable | Uint8Array;
  /** What the body says, for services that write it themselves. */
  readonly error?: ViewError;
}
