import { ViewRequest } from '../view';
import { ViewError } from '../view-error';

/**
 * For listings that show other keys than there are: what is asked for must not tell the keys, letter by letter. A prefix tells whether
 * keys start with it, a place to go on from how many are behind it, and a delimiter cuts what stands in a key into pieces that nobody would find.
 *
 * @throws ViewError for any delimiter but a slash, for prefixes that are neither granted nor folders, and for listings that go on after a key
 */
export function checkAsksForNoKeys({ operation, query }: ViewRequest, granted: readonly string[]): void {
  if (operation === 'GetObject' || operation === 'HeadObject') {
    return;
  }
  const prefix = query.get('prefix') ?? '';
  const isFolder = prefix === '' || prefix.endsWith('/') || granted.includes(prefix);
  if (!isFolder || !['', '/'].includes(query.get('delimiter') ?? '') || query.has('start-after') || query.has('marker')) {
    throw new ViewError(501, 'NotImplemented',
      'This view shows other keys than there are. It lists folders, by the delimiter / or none, and goes on by continuation-token.');
  }
}
