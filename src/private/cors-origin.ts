/** The methods that change nothing. */
export const READ_METHODS = ['GET', 'HEAD'];

/** An origin that stands for any website: `*` and forms such as `https://*`, `*:8080` or `h*`, which leave the host open. */
export function isAnyOrigin(origin: unknown): boolean {
  const match = typeof origin === 'string' ? /^([^*]*)\*(:\/\/\*)?(:[\d*]+)?$/.exec(origin) : null;
  return match !== null && (/^[a-z][a-z0-9+.-]*:\/\/$/i.test(match[1]) || ['https://', 'http://'].some(scheme => scheme.startsWith(match[1].toLowerCase())));
}

/** What is wrong with an allowed origin; undefined if nothing is. */
export function originProblem(origin: string): string | undefined {
  if (origin === '*') {
    return undefined;
  }
  if (origin.split('*').length > 2) {
    return 'has more than one wildcard';
  }
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([/?#].*)?$/i.exec(origin);
  if (!match) {
    return 'is not a scheme and a host';
  }
  const [, , authority, rest] = match;
  if (rest !== undefined) {
    return 'has a path, which no browser sends';
  }
  if (origin !== origin.toLowerCase()) {
    return 'has upper case letters, which no browser sends';
  }
  return /^(\[[0-9a-f:.]+\]|[a-z0-9*]([a-z0-9*.-]*[a-z0-9*])?)(:(\d{1,5}|\*))?$/.test(authority) && !authority.includes('..')
    ? undefined
    : 'has no valid host and port';
}
