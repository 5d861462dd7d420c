/** A column of an inventory file. */
export interface InventoryColumn {
  readonly name: string;
  readonly comment: string;
  /** The optional field of the inventory behind it, if it is not always there. */
  readonly field?: string;
}

/**
 * The columns in the order in which S3 writes them, whatever the order in which they are asked for: CSV files have no header. All are
 * text, empty where there is nothing to say.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
export const INVENTORY_COLUMNS: InventoryColumn[] = [
  { name: 'bucket', comment: 'The archive' },
  { name: 'key', comment: 'Object key, URL encoded, as S3 Batch Operations takes it' },
  { name: 'version_id', comment: 'Version ID' },
  { name: 'is_latest', comment: 'true for the current version' },
  { name: 'is_delete_marker', comment: 'true for delete markers, which no lock covers' },
  { name: 'size', comment: 'Bytes', field: 'Size' },
  { name: 'last_modified_date', comment: 'When the version was written, in UTC, as 2026-01-31T10:15:00.000Z', field: 'LastModifiedDate' },
  { name: 'storage_class', comment: 'Storage class', field: 'StorageClass' },
  { name: 'encryption_status', comment: 'SSE-S3, SSE-KMS, DSSE-KMS, SSE-C or NOT-SSE', field: 'EncryptionStatus' },
  { name: 'object_lock_retain_until_date', comment: 'Until when the version is retained, in UTC', field: 'ObjectLockRetainUntilDate' },
  { name: 'object_lock_mode', comment: 'GOVERNANCE or COMPLIANCE', field: 'ObjectLockMode' },
  { name: 'object_lock_legal_hold_status', comment: 'ON if there is a legal hold', field: 'ObjectLockLegalHoldStatus' },
];

export interface EvidenceQuery {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** How many days ahead the query for ending retentions looks. */
export const ENDING_SOON_DAYS = 90;

/** Lists come daily, the first within 48 hours. Looking no further back keeps queries from listing years. */
const LOOK_BACK_DAYS = 3;

const HELD = "upper(object_lock_legal_hold_status) = 'ON'";
/** Dates in ISO 8601 sort as text. */
const TODAY = "date_format(current_date, '%Y-%m-%d')";
const SOON = `date_format(current_date + interval '${ENDING_SOON_DAYS}' day, '%Y-%m-%d')`;
const VERSION = 'bucket, key, version_id, is_latest';
const KEPT = "nullif(object_lock_retain_until_date, '') AS retained_until, upper(object_lock_mode) AS mode";
const STORED = "storage_class, try_cast(nullif(size, '') AS bigint) AS size";

export function evidenceQueries(table: string): EvidenceQuery[] {
  const recent = `dt >= date_format(current_date - interval '${LOOK_BACK_DAYS}' day, '%Y-%m-%d-00-00')`;
  const latestVersions = `FROM ${table}
WHERE ${recent}
  AND dt = (SELECT max(dt) FROM ${table} WHERE ${recent})
  AND is_delete_marker <> 'true'`;
  return [
    {
      id: 'RetentionEnding',
      name: `Objects whose retention ends within ${ENDING_SOON_DAYS} days`,
      description: `From the latest list: versions that are retained today and no longer in ${ENDING_SOON_DAYS} days, the first to end first.`,
      sql: `SELECT ${VERSION}, ${KEPT}, ${HELD} AS under_hold, ${STORED}
${latestVersions}
  AND object_lock_retain_until_date >= ${TODAY}
  AND object_lock_retain_until_date < ${SOON}
ORDER BY object_lock_retain_until_date, key, version_id
LIMIT 1000`,
    },
    {
      id: 'UnderHold',
      name: 'Objects under hold',
      description: 'From the latest list: versions with a legal hold, which keeps them also after their retention.',
      sql: `SELECT ${VERSION}, ${KEPT}, ${STORED}
${latestVersions}
  AND ${HELD}
ORDER BY key, version_id
LIMIT 1000`,
    },
    {
      id: 'WithoutLock',
      name: 'Objects without a lock',
      description: 'From the latest list: versions that nothing protects, since they were never retained or their retention has ended, and no hold is on them.',
      sql: `SELECT ${VERSION}, last_modified_date AS written, ${KEPT},
  CASE WHEN object_lock_retain_until_date = '' THEN 'never retained' ELSE 'retention has ended' END AS why, ${STORED}
${latestVersions}
  AND NOT ${HELD}
  AND object_lock_retain_until_date < ${TODAY}
ORDER BY last_modified_date DESC, key, version_id
LIMIT 1000`,
    },
  ];
}
