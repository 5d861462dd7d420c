import { ViewRequest } from '../view';
import { ViewError } from '../view-error';

const PARAMETER = 'width';
const HEADER = 'x-image-width';
const LARGEST = 65_535;

/**
 * The width that is asked for, in pixels: `?width=320`, which S3 Object Lambda passes on to the function, or the header `x-image-width: 320`
 * for clients that cannot add parameters to the URL.
 *
 * @throws ViewError if it is no width
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
 */
export function requestedWidth({ query, headers }: ViewRequest): number | undefined {
  const asked = new Set([...query.getAll(PARAMETER), ...headers[HEADER] === undefined ? [] : [headers[HEADER].trim()]]);
  if (asked.size === 0) {
    return undefined;
  }
  const [width] = asked;
  if (asked.size > 1 || !/^[1-9]\d{0,4}$/.test(width) || Number(width) > LARGEST) {
    throw new ViewError(400, 'InvalidArgument', `The width is not a whole number of pixels from 1 to ${LARGEST}.`);
  }
  return Number(width);
}
