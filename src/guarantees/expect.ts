import { PropertyExpectation } from './guarantee';

/** The bucket's property at `path` has exactly this value. */
export function bucketProperty(path: string, value: unknown): PropertyExpectation {
  return property('subject', `Properties.${path}`, value);
}

export function property(resource: PropertyExpectation['resource'], path: string, value: unknown): PropertyExpectation {
  const wanted = JSON.stringify(value);
  return { resource, path, expected: wanted, holds: found => sameValue(found, value, wanted) };
}

function sameValue(found: unknown, value: unknown, wanted: string): boolean {
  // CloudFormation reads "true" and true alike.
  return JSON.stringify(found) === wanted || (typeof value === 'boolean' && found === String(value));
}
