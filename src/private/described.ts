/** A value of the wrong type as an error shows it. Constructs refer to each other in circles, which JSON cannot write. */
export function described(value: unknown): string {
  if (value === undefined) {
    return 'missing';
  }
  return isMade(value) ? `an object of the class ${classOf(value)}`
    : JSON.stringify(value, (_key, item) => isMade(item) ? `(${classOf(item)})` : item) ?? typeof value;
}

function isMade(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && value.constructor !== Object;
}

/** CDK's decorators leave a number behind the names of its classes. */
function classOf(value: object): string {
  return value.constructor?.name.replace(/\d+$/, '') ?? 'unknown';
}
