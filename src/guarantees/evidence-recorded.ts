import { ArchiveFacts } from './archive-facts';
import { Guarantee } from './guarantee';
import { BucketView } from './view';
import { listOf } from '../private/statement';

/** What the inventory tells of a lock. */
export const LOCK_FIELDS = ['ObjectLockRetainUntilDate', 'ObjectLockMode', 'ObjectLockLegalHoldStatus'];

interface Inventory {
  readonly Enabled?: unknown;
  readonly IncludedObjectVersions?: unknown;
  readonly ScheduleFrequency?: unknown;
  readonly Prefix?: unknown;
  readonly OptionalFields?: unknown;
  readonly Destination?: { readonly BucketArn?: unknown };
}

export const evidenceRecorded: Guarantee<ArchiveFacts, BucketView<ArchiveFacts>> = {
  id: 'evidence-recorded',
  title: 'A daily inventory lists every version of every object with its lock',
  reason: 'That objects are locked is asked for years later; whoever can show a list of each day need not argue about it.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'property: an enabled daily inventory of all versions, without prefix, with the Object Lock fields, into the evidence bucket',
  remedy: 'leave the inventory configuration ObjectLocks as it is, or leave evidence out',
  appliesTo: facts => facts.inventoryBucketArn !== undefined,
  properties: ({ inventoryBucketArn }, view) => [{
    resource: 'subject',
    path: 'Properties.InventoryConfigurations',
    expected: `a daily inventory of all versions with ${LOCK_FIELDS.join(', ')} into the evidence bucket`,
    holds: value => (listOf(value) as Inventory[]).some(inventory => isEvidence(inventory, JSON.stringify(view.resolve(inventoryBucketArn)))),
  }],
};

function isEvidence(inventory: Inventory, destination: string): boolean {
  return String(inventory.Enabled) === 'true' && inventory.IncludedObjectVersions === 'All' && inventory.ScheduleFrequency === 'Daily'
    && inventory.Prefix === undefined && JSON.stringify(inventory.Destination?.BucketArn) === destination
    && LOCK_FIELDS.every(field => listOf(inventory.OptionalFields).includes(field));
}
