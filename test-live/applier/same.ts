import { deepStrictEqual } from 'assert';

/** What the server gives back has to be what it was sent; lists may come in another order. */
export function assertSame(given: unknown, sent: unknown): void {
  deepStrictEqual(canonical(given), canonical(sent), 'the server keeps something else than it was sent');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical).sort((left, right) => JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).sort(([left], [right]) => left < right ? -1 : 1)
    .map(([key, item]) => [key, canonical(item)]));
}
