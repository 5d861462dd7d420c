import { normalizedName } from './name-words';
import { RedactionError } from '../errors';

/** One level of a path, whatever its name or index. */
export const ANY_LEVEL = '*';

const MOST_LEVELS = 32;

/** One of the user's `fields`. */
export interface Selector {
  /** The name that is selected wherever it stands: that of a plain name, or a whole path that is one name (`customer.email` as a column). */
  readonly name: string;
  /** The levels of a path from the root, empty for a plain name. The names are normalized. */
  readonly path: readonly string[];
  /** Whether lists are no levels of their own: so in paths with dots. */
  readonly throughLists: boolean;
}

/**
 * Reads a selector: a name (`ssn`, `@id` for an attribute), a path from the root with dots (`customer.email`) or slashes
 * (`/payments/0/pan`), where `*` stands for any name or index. Names match in any case and without regard to `_`, `-` and blanks.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901 for `~0` and `~1` in paths with slashes
 */
export function parseSelector(text: string): Selector {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  if (trimmed === '') {
    throw invalid(String(text), 'is empty: name a field, or leave it out');
  }
  const slashes = trimmed.includes('/');
  const levels = slashes ? trimmed.replace(/^\//, '').split('/') : trimmed.split('.');
  const names = levels.map(level => {
    checkLevel(text, level);
    return normalizedName(slashes ? level.replace(/~1/g, '/').replace(/~0/g, '~') : level);
  });
  if (names.length > MOST_LEVELS) {
    throw invalid(text, `has more than ${MOST_LEVELS} levels: name the field alone, which finds it at any depth`);
  }
  const isPlain = !slashes && names.length === 1 && names[0] !== ANY_LEVEL;
  return { name: normalizedName(trimmed), path: isPlain ? [] : names, throughLists: !slashes };
}

function checkLevel(text: string, level: string): void {
  if (level.trim() === '') {
    throw invalid(text, 'has a level without a name: write one name between two dots or slashes');
  }
  if (level === '$' || /\[(\d+|[*?'"].*)\]/.test(level)) {
    throw invalid(text, 'is a JSONPath: write customer.email, /customer/email or /payments/*/pan');
  }
  if (level.includes(ANY_LEVEL) && level !== ANY_LEVEL) {
    throw invalid(text, 'has a `*` beside other characters: it stands for a whole level, and a name alone is found at any depth');
  }
  if (text.includes('/') && /~(?![01])/.test(level)) {
    throw invalid(text, 'has a `~` that is not `~0` (a tilde) or `~1` (a slash)');
  }
  if (level === '@') {
    throw invalid(text, 'has an `@` that names no attribute: write @id or customer/@id');
  }
}

function invalid(selector: string, problem: string): RedactionError {
  return new RedactionError('INVALID_RULES', `the field selector '${selector}' ${problem}`);
}
