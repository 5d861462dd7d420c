/** A value of the wrong type as an error shows it. Constructs refer to each other in circles, which JSON cannot write. */
export function described(value: unknown): string {
  const isPlain = value === null || typeof value !== 'object' || value.constructor === Object || Array.isArray(value);
  if (!isPlain) {
    return `an object of the class ${value.constructor?.name}`;
  }
  return value === undefined ? 'missing' : JSON.stringify(value, (_key, item) => isConstructed(item) ? `(${item.constructor.name})` : item) ?? typeof value;
}

function isConstructed(item: unknown): item is object {
  return item !== null && typeof item === 'object' && !Array.isArray(item) && item.constructor !== Object;
}
