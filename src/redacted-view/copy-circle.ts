import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ConfigurationError, Place } from '../private/errors';

/** The buckets of an app that are copied, and where to. */
const copies = new WeakMap<Construct, [from: s3.IBucket, to: s3.IBucket][]>();

/** Throws on copies that would be copied again to where they come from, without end. */
export function checkNoCircle(place: Place, scope: Construct, source: s3.IBucket, destination: s3.IBucket): void {
  if (isSame(source, destination)) {
    throw new ConfigurationError(place, `source and destination are one bucket, [${source.node.path}], so that copies and originals could be had by one right`,
      'give a bucket of its own for the copies');
  }
  const root = scope.node.root as Construct;
  const known = copies.get(root) ?? [];
  if (reaches(known, destination, source, new Set())) {
    throw new ConfigurationError(place, `objects of [${destination.node.path}] are copied to [${source.node.path}] already, so that each copy would be copied again without end`,
      'copy in one direction');
  }
  copies.set(root, [...known, [source, destination]]);
}

function reaches(known: [s3.IBucket, s3.IBucket][], from: s3.IBucket, to: s3.IBucket, seen: Set<s3.IBucket>): boolean {
  if (isSame(from, to)) {
    return true;
  }
  seen.add(from);
  return known.some(([source, destination]) => isSame(source, from) && !seen.has(destination) && reaches(known, destination, to, seen));
}

/** Also of a bucket that was imported by its name. */
function isSame(one: s3.IBucket, other: s3.IBucket): boolean {
  return one === other || Token.compareStrings(one.bucketName, other.bucketName) === TokenComparison.SAME || nameOf(one) === nameOf(other);
}

/** References are equal by what they refer to, in one stack. */
function nameOf({ bucketName, node }: s3.IBucket): string {
  const stack = Stack.of(node.scope!);
  return Token.isUnresolved(bucketName) ? JSON.stringify([stack.node.path, stack.resolve(bucketName)]) : bucketName;
}
