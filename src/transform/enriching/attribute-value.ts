import { AttributeValue } from './table';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A value as JSON: numbers with all of their digits, binary values in Base64, sets as sorted arrays; null for what is not there.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
export function jsonOf(value: AttributeValue | undefined): string {
  if (value === undefined || value.NULL === true) {
    return 'null';
  }
  if (value.N !== undefined) {
    return number(value.N);
  }
  if (value.M !== undefined) {
    return `{${Object.entries(value.M).sort(([one], [other]) => compare(one, other)).map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`).join(',')}}`;
  }
  if (value.L !== undefined) {
    return `[${value.L.map(jsonOf).join(',')}]`;
  }
  if (value.NS !== undefined) {
    return `[${[...value.NS].sort((one, other) => Number(one) - Number(other) || compare(one, other)).map(number).join(',')}]`;
  }
  const set = value.SS ?? value.BS;
  return JSON.stringify(set === undefined ? value.S ?? value.B ?? value.BOOL ?? null : [...set].sort(compare));
}

/** A value as text: texts as they are, nothing for what is not there or null, and the rest as JSON. */
export function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? value?.N ?? value?.B ?? (value === undefined || value.NULL === true ? '' : jsonOf(value));
}

function number(text: string): string {
  return JSON_NUMBER.test(text) ? text : JSON.stringify(text);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
