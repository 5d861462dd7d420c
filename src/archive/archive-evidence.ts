import { Aws, Duration, Names } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { evidenceQueries, INVENTORY_COLUMNS } from './archive-evidence-queries';
import { ComplianceArchiveProps } from './compliance-archive-props';
import { SecureBucket } from '../bucket/secure-bucket';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { ArchiveEvidenceFacts, InventoryFacts } from '../guarantees/archive-facts';
import { INVENTORY_PREFIX, inventoryWriterConfined } from '../guarantees/inventory-writer-confined';

export interface ArchiveEvidenceProps {
  readonly archive: SecureBucket;
  /** Of the archive. */
  readonly props: ComplianceArchiveProps;
}

/** The name of the inventory, which is part of its keys. */
const INVENTORY_ID = 'ObjectLocks';
const TABLE_NAME = 'object_locks';
const RESULTS_PREFIX = 'results/';
/** Athena bills the bytes that a query scans: about 0.50 USD at 5 USD for a terabyte. */
const SCAN_LIMIT_BYTES = 100 * 1024 ** 3;

/**
 * The daily inventory of an archive, and what it takes to question it.
 *
 * The bucket has SSE-S3, which S3 delivers inventories to without further rights on a key, and no Object Lock: lists are copies, and
 * expire after 90 days. CloudFormation has no property for the encryption of an inventory, so the default of the bucket counts.
 */
export class ArchiveEvidence extends Construct {
  readonly bucket: SecureBucket;
  readonly inventory: InventoryFacts;
  readonly databaseName: string;
  readonly workGroupName: string;

  constructor(scope: Construct, id: string, { archive, props }: ArchiveEvidenceProps) {
    super(scope, id);
    this.bucket = new SecureBucket(this, 'Bucket', {
      accessLogs: props.accessLogs,
      accessLogsPrefix: props.accessLogsPrefix,
      minimumTlsVersion: props.minimumTlsVersion,
      organizationId: props.organizationId,
      lifecycleRules: [
        expiryOf(INVENTORY_PREFIX, 90),
        expiryOf(RESULTS_PREFIX, 30),
        { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
      ],
    });
    this.inventory = {
      id: INVENTORY_ID,
      bucketArn: this.bucket.bucketArn,
      bucketAccountId: this.bucket.env.account,
      // S3 puts a slash behind it.
      prefix: INVENTORY_PREFIX.slice(0, -1),
      // The format that S3 Batch Operations takes as the manifest of a job, too.
      format: 'CSV',
    };
    this.receive(archive);

    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: `${TABLE_NAME}_${Names.uniqueResourceName(this, { separator: '_', maxLength: 200 }).toLowerCase()}`,
        description: `Locks of the objects in ${archive.node.path}`,
      },
    });
    this.databaseName = database.ref;
    this.createTable(archive);
    this.workGroupName = this.createWorkGroup(archive).ref;
    for (const query of evidenceQueries(TABLE_NAME)) {
      new athena.CfnNamedQuery(this, query.id, {
        name: query.name,
        description: query.description,
        database: this.databaseName,
        workGroup: this.workGroupName,
        queryString: query.sql,
      });
    }
  }

  private receive(archive: SecureBucket): void {
    const { id, ...destination } = this.inventory;
    (archive.node.defaultChild as s3.CfnBucket).inventoryConfigurations = [{
      id,
      enabled: true,
      includedObjectVersions: 'All',
      scheduleFrequency: 'Daily',
      optionalFields: INVENTORY_COLUMNS.flatMap(({ field }) => field ?? []),
      destination,
    }];
    const facts: ArchiveEvidenceFacts = {
      construct: 'ArchiveEvidence',
      archiveArn: archive.bucketArn,
      objectsArn: this.bucket.arnForObjects(`${INVENTORY_PREFIX}*`),
      ownerAccount: archive.env.account,
    };
    const arns = { own: this.bucket.bucketArn, objects: this.bucket.arnForObjects('*') };
    inventoryWriterConfined.statements!(facts, arns).forEach(json => this.bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(json)));
    SecureS3Plugin.register({ construct: this.bucket, facts });
  }

  private createTable(archive: SecureBucket): void {
    new glue.CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: this.databaseName,
      tableInput: {
        name: TABLE_NAME,
        description: `Daily lists of the objects in ${archive.node.path}, with their locks`,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'dt', type: 'string', comment: 'When the list was begun, in UTC, as 2026-01-31-01-00' }],
        parameters: {
          'EXTERNAL': 'TRUE',
          'projection.enabled': 'true',
          'projection.dt.type': 'date',
          'projection.dt.format': 'yyyy-MM-dd-HH-mm',
          // From a full hour on, as lists begin: a range relative to NOW would begin at its minute, and meet no list.
          'projection.dt.range': '2025-01-01-00-00,NOW',
          'projection.dt.interval': '1',
          'projection.dt.interval.unit': 'HOURS',
        },
        storageDescriptor: {
          columns: INVENTORY_COLUMNS.map(({ name, comment }) => ({ name, type: 'string', comment })),
          location: this.bucket.s3UrlForObject(`${INVENTORY_PREFIX}${archive.bucketName}/${INVENTORY_ID}/hive/`),
          inputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
            parameters: { separatorChar: ',', quoteChar: '"' },
          },
        },
      },
    });
  }

  private createWorkGroup(archive: SecureBucket): athena.CfnWorkGroup {
    return new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: Names.uniqueResourceName(this, { separator: '-', maxLength: 128 }),
      description: `Queries on the locks of the objects in ${archive.node.path}`,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: SCAN_LIMIT_BYTES,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: this.bucket.s3UrlForObject(RESULTS_PREFIX),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
          expectedBucketOwner: Aws.ACCOUNT_ID,
        },
      },
    });
  }
}

function expiryOf(prefix: string, days: number): s3.LifecycleRule {
  return {
    id: `Expire-${prefix.slice(0, -1)}`,
    prefix,
    expiration: Duration.days(days),
    noncurrentVersionExpiration: Duration.days(1),
  };
}
