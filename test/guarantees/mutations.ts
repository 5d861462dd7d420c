/** Ways to weaken, or to overdo, a policy statement. */
export interface Mutant {
  readonly name: string;
  /** Undefined where the statement is gone. */
  readonly statement?: Statement;
}

/* eslint-disable-next-line @typescript-eslint/no-explicit-any */
export type Statement = { [name: string]: any };

/** What each operator becomes when its condition is inverted. */
const INVERSE: { [operator: string]: string } = {
  'StringEquals': 'StringNotEquals',
  'StringNotEquals': 'StringEquals',
  'StringEqualsIgnoreCase': 'StringNotEqualsIgnoreCase',
  'StringLike': 'StringNotLike',
  'StringNotLike': 'StringLike',
  'ArnEquals': 'ArnNotEquals',
  'ArnNotEquals': 'ArnEquals',
  'ArnLike': 'ArnNotLike',
  'ArnNotLike': 'ArnLike',
  'IpAddress': 'NotIpAddress',
  'NotIpAddress': 'IpAddress',
  'ForAllValues:StringNotEquals': 'ForAllValues:StringEquals',
  'NumericLessThan': 'NumericGreaterThanEquals',
  'NumericGreaterThan': 'NumericLessThanEquals',
};

/** Operators that are easily mistaken for one another. */
const SWAPPED: { [operator: string]: string[] } = {
  // of patterns, these compare the stars as letters
  'StringLike': ['StringEquals'],
  'StringNotLike': ['StringNotEquals'],
  // for a missing key, the one matches and the other does not
  'ForAllValues:StringNotEquals': ['ForAnyValue:StringNotEquals'],
  'NumericLessThan': ['NumericLessThanEquals'],
  'NumericGreaterThan': ['NumericGreaterThanEquals'],
};

/**
 * A negated operator matches when its key is missing, with and without IfExists, so for these the two forms mean the same:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const SAME_WITH_IF_EXISTS = ['StringNotEquals', 'StringNotLike', 'ArnNotEquals', 'ArnNotLike', 'NotIpAddress'];

export function mutantsOf(statement: Statement): Mutant[] {
  return [
    { name: 'removed' },
    { name: 'effect inverted', statement: { ...statement, Effect: statement.Effect === 'Deny' ? 'Allow' : 'Deny' } },
    { name: 'for one account only', statement: { ...statement, Principal: { AWS: 'arn:aws:iam::999988887777:root' } } },
    ...droppedItems('action', asList(statement.Action), Action => ({ ...statement, Action }), 's3:GetBucketLocation'),
    ...statement.Resource === undefined ? [] : droppedItems('resource', asList(statement.Resource), Resource => ({ ...statement, Resource }), 'arn:aws:s3:::another-bucket'),
    ...statement.NotResource === undefined ? [] : notResourceMutants(statement),
    ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => conditionMutants(statement, operator, keys as Statement)),
  ];
}

/** What is spared: less of it, all of it, and, mistaken for what is meant, nothing else. */
function notResourceMutants(statement: Statement): Mutant[] {
  const { NotResource, ...others } = statement;
  return [
    ...droppedItems('spared resource', asList(NotResource), items => ({ ...statement, NotResource: items }), 'arn:aws:s3:::another-bucket'),
    { name: 'every resource spared', statement: { ...statement, NotResource: [...asList(NotResource), '*'] } },
    { name: 'spared resources meant', statement: { ...others, Resource: NotResource } },
  ];
}

function conditionMutants(statement: Statement, operator: string, keys: Statement): Mutant[] {
  const [base, suffix] = operator.endsWith('IfExists') ? [operator.slice(0, -'IfExists'.length), 'IfExists'] : [operator, ''];
  const withOperator = (name: string) => replaceOperator(statement, operator, name, keys);
  const mutants: Mutant[] = [];
  if (INVERSE[base] !== undefined) {
    mutants.push({ name: `${operator} inverted`, statement: withOperator(INVERSE[base] + suffix) });
  }
  for (const swapped of SWAPPED[base] ?? []) {
    mutants.push({ name: `${operator} swapped for ${swapped}`, statement: withOperator(swapped + suffix) });
  }
  if (suffix !== '' && !SAME_WITH_IF_EXISTS.includes(base)) {
    mutants.push({ name: `${operator} without IfExists`, statement: withOperator(base) });
  }
  for (const [key, value] of Object.entries(keys)) {
    const withValue = (changed: unknown) => replaceOperator(statement, operator, operator, { ...keys, [key]: changed });
    mutants.push({ name: `${operator} ${key} dropped`, statement: dropKey(statement, operator, key) });
    if (base === 'Bool' || base === 'Null') {
      mutants.push({ name: `${operator} ${key} inverted`, statement: withValue(String(value) === 'true' ? 'false' : 'true') });
    } else if (base.startsWith('Numeric')) {
      mutants.push({ name: `${operator} ${key} doubled`, statement: withValue(String(2 * Number(value))) });
      mutants.push({ name: `${operator} ${key} halved`, statement: withValue(String(Number(value) / 2)) });
    } else {
      mutants.push(...droppedItems(`${operator} ${key} value`, asList(value), withValue, 'no-such-value'));
    }
  }
  return mutants;
}

/** Each item dropped from a list; the only one replaced, since IAM takes no empty list. */
function droppedItems(name: string, items: unknown[], change: (items: unknown[]) => Statement, substitute: string): Mutant[] {
  return items.map((_item, index) => ({
    name: `${name} ${index + 1} of ${items.length} ${items.length === 1 ? 'replaced' : 'dropped'}`,
    statement: change(items.length === 1 ? [substituteOf(name, substitute)] : items.filter((_, other) => other !== index)),
  }));
}

function substituteOf(name: string, substitute: string): string {
  return name.includes('Arn') ? 'arn:aws:iam::999988887777:role/another' : name.includes('Ip') ? '192.0.2.0/32' : substitute;
}

function replaceOperator(statement: Statement, from: string, to: string, keys: Statement): Statement {
  const { [from]: _replaced, ...others } = statement.Condition;
  return { ...statement, Condition: { ...others, [to]: { ...others[to], ...keys } } };
}

function dropKey(statement: Statement, operator: string, key: string): Statement {
  const { [key]: _dropped, ...keys } = statement.Condition[operator];
  const { [operator]: _operator, ...others } = statement.Condition;
  const Condition = Object.keys(keys).length > 0 ? { ...others, [operator]: keys } : others;
  const { Condition: _condition, ...bare } = statement;
  return Object.keys(Condition).length > 0 ? { ...bare, Condition } : bare;
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
