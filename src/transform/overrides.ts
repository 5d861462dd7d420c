import { Source } from './view';
import { ViewError } from './view-error';

const PREFIX = 'response-';
/** S3 judges the case of names; should it cease to, nothing is lost. */
const JUDGED_BY = /^response-content-(?:type|encoding)$/i;
const HEADERS = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type', 'expires'];

/**
 * The headers that the caller sets, which are those of what goes out.
 *
 * @throws ViewError if a value cannot be a header, or S3 has set them already in place of the type and encoding that the object is judged by
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestParameters
 */
export function overridesOf(query: URLSearchParams, { leavesOverridesOut = false }: Source): Record<string, string> {
  if (!leavesOverridesOut && [...query.keys()].some(name => JUDGED_BY.test(name))) {
    throw new ViewError(501, 'NotImplemented', 'This view of the object does not take response-content-type and response-content-encoding.');
  }
  return Object.fromEntries(HEADERS.flatMap(name => {
    const value = query.get(PREFIX + name);
    if (value !== null && !/^[ -~\u00a0-\u00ff]*$/.test(value)) {
      throw new ViewError(400, 'InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
    }
    return value === null ? [] : [[name, value]];
  }));
}
