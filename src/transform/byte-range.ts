import { ViewRequest } from './view';
import { ViewError } from './view-error';

/** Part of an object, as it is asked for. */
export type ByteRange = FromTo | Suffix;

/** From a byte on, up to and with another, which may lie behind the end. */
export interface FromTo {
  readonly first: number;
  readonly last: number;
}

/** The last bytes, so many of them. */
export interface Suffix {
  readonly suffix: number;
}

/** `[from, to)` of an object. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** What is asked for in place of the whole object. */
export interface Wanted {
  readonly range: ByteRange;
  /** From 1, if a part is asked for. */
  readonly part?: number;
}

/** The parts of a transformed object: the size that SDKs download by, whatever parts the object was uploaded in. */
export const PART_SIZE = 8 * 1024 * 1024;
const MOST_PARTS = 10_000;

/**
 * Of S3: one range a request, and the whole object where there are several, or where the header is not of its form.
 *
 * @throws ViewError if a part is none, or a range is asked for at the same time
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html
 */
export function wantedOf({ headers, query }: ViewRequest): Wanted | undefined {
  const header = headers.range ?? query.get('Range') ?? undefined;
  const partNumber = query.get('partNumber') ?? undefined;
  if (partNumber === undefined) {
    const range = header === undefined ? undefined : parseRange(header);
    return range && { range };
  }
  if (header !== undefined) {
    throw new ViewError(400, 'InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  }
  const part = /^\d{1,5}$/.test(partNumber) ? Number(partNumber) : 0;
  if (part < 1 || part > MOST_PARTS) {
    throw new ViewError(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  return { range: { first: (part - 1) * PART_SIZE, last: part * PART_SIZE - 1 }, part };
}

/**
 * A range of bytes; undefined if the header is to be ignored.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
 */
export function parseRange(header: string): ByteRange | undefined {
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header.trim());
  if (match === null || match[1] === '' && match[2] === '') {
    return undefined;
  }
  if (match[1] === '') {
    return { suffix: Number(match[2]) };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? Infinity : Number(match[2]);
  return first > last ? undefined : { first, last };
}

/** What a range is of an object of so many bytes; undefined if it is nothing. */
export function sliceOf(range: ByteRange, total: number): Slice | undefined {
  const [from, to] = 'suffix' in range ? [Math.max(0, total - range.suffix), total] : [range.first, Math.min(range.last + 1, total)];
  return from < to ? { from, to } : undefined;
}
