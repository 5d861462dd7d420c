import { ArchiveEvidenceFacts } from './archive-facts';
import { Guarantee } from './guarantee';

/** Where the inventory of an archive is written to, in the evidence bucket. */
export const INVENTORY_PREFIX = 'inventory/';

export const inventoryWriterConfined: Guarantee<ArchiveEvidenceFacts> = {
  id: 'inventory-writer-confined',
  title: 'Amazon S3 writes the inventory of the archive into the evidence bucket, and of no other bucket',
  reason: 'Without the source in the statement, anyone who knows the name of the bucket can have inventories written between the evidence.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html#configure-inventory-destination-bucket-policy',
  rules: {},
  constructs: ['ArchiveEvidence'],
  enforcedBy: 'bucket policy: the statement for `s3.amazonaws.com` has `aws:SourceArn` and `aws:SourceAccount`',
  remedy: 'leave the statement InventoryDelivery of the bucket policy as it is',
  appliesTo: () => true,
  statements: ({ archiveArn, ownerAccount, objectsArn }) => [{
    Sid: 'InventoryDelivery',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: [objectsArn],
    Condition: { ArnLike: { 'aws:SourceArn': archiveArn }, StringEquals: { 'aws:SourceAccount': ownerAccount } },
  }],
};
