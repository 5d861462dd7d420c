import { ArchiveFacts, InventoryFacts } from './archive-facts';
import { Guarantee } from './guarantee';
import { BucketView } from './view';
import { listOf } from '../private/statement';

/** What the inventory tells of a lock. */
export const LOCK_FIELDS = ['ObjectLockRetainUntilDate', 'ObjectLockMode', 'ObjectLockLegalHoldStatus'];

interface Inventory {
  readonly Id?: unknown;
  readonly Enabled?: unknown;
  readonly IncludedObjectVersions?: unknown;
  readonly ScheduleFrequency?: unknown;
  readonly Prefix?: unknown;
  readonly OptionalFields?: unknown;
  readonly Destination?: { readonly BucketArn?: unknown; readonly BucketAccountId?: unknown; readonly Prefix?: unknown; readonly Format?: unknown };
}

export const evidenceRecorded: Guarantee<ArchiveFacts, BucketView<ArchiveFacts>> = {
  id: 'evidence-recorded',
  title: 'A daily inventory lists every version of every object with its lock',
  reason: 'That objects are locked is asked for years later; whoever can show a list of each day need not argue about it.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'property: an enabled daily inventory of all versions, without prefix, with the Object Lock fields, under its name into the evidence bucket',
  remedy: 'leave the inventory configuration ObjectLocks as it is, or leave evidence out',
  appliesTo: facts => facts.inventory !== undefined,
  properties: ({ inventory: wanted }, view) => [{
    resource: 'subject',
    path: 'Properties.InventoryConfigurations',
    expected: `a daily inventory of all versions with ${LOCK_FIELDS.join(', ')}, with the id ${wanted!.id}, as ${wanted!.format} below ${wanted!.prefix}/ into the evidence bucket`,
    holds: value => (listOf(value) as Inventory[]).some(inventory => isEvidence(inventory, view.resolve(wanted) as InventoryFacts)),
  }],
};

/** The table of the evidence looks below prefix and id, and S3 delivers to no bucket of another account than the one it is told. */
function isEvidence(inventory: Inventory, { id, bucketArn, bucketAccountId, prefix, format }: InventoryFacts): boolean {
  const { Destination: destination = {} } = inventory;
  return String(inventory.Enabled) === 'true' && inventory.IncludedObjectVersions === 'All' && inventory.ScheduleFrequency === 'Daily'
    && inventory.Prefix === undefined && inventory.Id === id && destination.Prefix === prefix && destination.Format === format
    && JSON.stringify([destination.BucketArn, destination.BucketAccountId]) === JSON.stringify([bucketArn, bucketAccountId])
    && LOCK_FIELDS.every(field => listOf(inventory.OptionalFields).includes(field));
}
