import { PropertyExpectation } from './guarantee';

/** The bucket's property at `path` has exactly this value. */
export function bucketProperty(path: string, value: unknown): PropertyExpectation {
  return property('subject', `Properties.${path}`, value);
}

/** The resource's property at `path` has exactly this value; is not there, for undefined. */
export function property(resource: PropertyExpectation['resource'], path: string, value: unknown): PropertyExpectation {
  const wanted = JSON.stringify(value) as string | undefined;
  return { resource, path, expected: wanted ?? 'none', holds: found => sameValue(found, value, wanted) };
}

function sameValue(found: unknown, value: unknown, wanted: string | undefined): boolean {
  // CloudFormation reads "true" and true alike.
  return JSON.stringify(found) === wanted || (typeof value === 'boolean' && found === String(value));
}
