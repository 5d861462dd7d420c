import { PART_SIZE, Slice, Wanted, sliceOf } from './byte-range';
import { Description } from './description';
import { ViewError } from './view-error';

/** An answer of which the length is known. */
export interface Sized {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the transformed object. */
  readonly slice: Slice;
}

/**
 * What is answered of a transformed object of so many bytes.
 *
 * @throws ViewError if nothing of it is in the range
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
 */
export function sized({ headers, wanted }: Description, total: number): Sized {
  const slice = wanted === undefined ? { from: 0, to: total } : sliceOf(wanted.range, total);
  // The one part of an object without bytes cannot be said as a range.
  if (wanted === undefined || slice === undefined && wanted.part === 1) {
    return { status: 200, headers: { ...headers, 'content-length': String(total) }, slice: { from: 0, to: total } };
  }
  if (slice === undefined) {
    throw unsatisfiable(wanted, total);
  }
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(slice.to - slice.from),
      'content-range': `bytes ${slice.from}-${slice.to - 1}/${total}`,
      ...wanted.part === undefined ? {} : { 'x-amz-mp-parts-count': String(Math.ceil(total / PART_SIZE)) },
    },
    slice,
  };
}

function unsatisfiable({ part }: Wanted, total: number): ViewError {
  const headers = { 'content-range': `bytes */${total}` };
  return part === undefined ? new ViewError(416, 'InvalidRange', 'The requested range is not satisfiable', headers)
    : new ViewError(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable', headers);
}
