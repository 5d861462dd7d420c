import { property } from './expect';
import { Guarantee } from './guarantee';
import { ReachFacts, RedactedCopyFacts } from './redacted-view-facts';
import { View } from './view';

export const copyDestinationApart: Guarantee<RedactedCopyFacts> = {
  id: 'copy-destination-apart',
  title: 'Copies are written to another bucket than that of their originals',
  reason: 'In one bucket, a right to all of it would give readers of copies the originals, and each copy would be copied again.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  rules: {},
  constructs: ['RedactedCopy'],
  enforcedBy: 'properties: the buckets that the two access points of the function lead to',
  remedy: 'give another bucket as the destination',
  appliesTo: () => true,
  properties: ({ source, destination }, view) => [source, destination].map(reach =>
    property({ logicalId: reach.accessPointLogicalId }, 'Properties.Bucket', view.resolve(reach.bucketName))),
  inspect: view => nameOf(view, view.facts.source) === nameOf(view, view.facts.destination)
    ? [{ problem: 'both access points lead to one bucket', location: 'Properties/Bucket', logicalId: String(view.resolve(view.facts.destination.accessPointLogicalId)) }] : [],
};

/** As the template names it: by reference, or by the name that it gives the bucket it refers to. */
function nameOf(view: View<RedactedCopyFacts>, { accessPointLogicalId }: ReachFacts): string {
  const value = view.resourceOf(String(view.resolve(accessPointLogicalId)))?.Properties?.Bucket;
  const { Ref } = Object(value) as { Ref?: string };
  return JSON.stringify((Ref === undefined ? undefined : view.resourceOf(Ref)?.Properties?.BucketName) ?? value);
}
