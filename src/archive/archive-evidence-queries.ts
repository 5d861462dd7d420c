/** A column of the inventory. */
export interface InventoryColumn {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'bigint' | 'timestamp';
  readonly comment: string;
}

/**
 * The columns of the inventory files, read by their names. The user guide's table template has the date of retention as a bigint, its
 * schema of ORC files as a timestamp, like the other date; the files decide.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
export const INVENTORY_COLUMNS: InventoryColumn[] = [
  { name: 'bucket', type: 'string', comment: 'The archive' },
  { name: 'key', type: 'string', comment: 'Object key' },
  { name: 'version_id', type: 'string', comment: 'Version ID' },
  { name: 'is_latest', type: 'boolean', comment: 'Whether this is the current version' },
  { name: 'is_delete_marker', type: 'boolean', comment: 'Whether this is a delete marker, which no lock covers' },
  { name: 'size', type: 'bigint', comment: 'Bytes' },
  { name: 'last_modified_date', type: 'timestamp', comment: 'When the version was written' },
  { name: 'storage_class', type: 'string', comment: 'Storage class' },
  { name: 'encryption_status', type: 'string', comment: 'SSE-S3, SSE-KMS, DSSE-KMS, SSE-C or NOT-SSE' },
  { name: 'object_lock_retain_until_date', type: 'timestamp', comment: 'Until when the version is retained' },
  { name: 'object_lock_mode', type: 'string', comment: 'Governance or compliance' },
  { name: 'object_lock_legal_hold_status', type: 'string', comment: 'On if there is a legal hold' },
];

/** The optional fields behind the columns; the first five and the key are always there. */
export const INVENTORY_FIELDS = ['Size', 'LastModifiedDate', 'StorageClass', 'EncryptionStatus'];

export interface EvidenceQuery {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** How many days ahead the query for ending retentions looks. */
export const ENDING_SOON_DAYS = 90;

/** Lists are delivered daily, the first within 48 hours; looking no further back keeps the query from listing years. */
const LOOK_BACK_DAYS = 3;

export function evidenceQueries(table: string): EvidenceQuery[] {
  const recent = `dt >= date_format(current_date - interval '${LOOK_BACK_DAYS}' day, '%Y-%m-%d-00-00')`;
  const versions = `FROM ${table}
WHERE ${recent}
  AND dt = (SELECT max(dt) FROM ${table} WHERE ${recent})
  AND NOT coalesce(is_delete_marker, false)`;
  const held = "upper(coalesce(object_lock_legal_hold_status, '')) = 'ON'";
  return [
    {
      id: 'RetentionEnding',
      name: `Objects whose retention ends within ${ENDING_SOON_DAYS} days`,
      description: `From the latest list: versions that are retained today and no longer in ${ENDING_SOON_DAYS} days, the first to end first.`,
      sql: `SELECT key, version_id, is_latest, object_lock_retain_until_date AS retained_until, upper(object_lock_mode) AS mode,
  ${held} AS under_hold, storage_class, size
${versions}
  AND object_lock_retain_until_date >= current_date
  AND object_lock_retain_until_date < current_date + interval '${ENDING_SOON_DAYS}' day
ORDER BY retained_until, key, version_id
LIMIT 1000`,
    },
    {
      id: 'UnderHold',
      name: 'Objects under hold',
      description: 'From the latest list: versions with a legal hold, which keeps them also after their retention.',
      sql: `SELECT key, version_id, is_latest, object_lock_retain_until_date AS retained_until, upper(object_lock_mode) AS mode, storage_class, size
${versions}
  AND ${held}
ORDER BY key, version_id
LIMIT 1000`,
    },
    {
      id: 'WithoutLock',
      name: 'Objects without a lock',
      description: 'From the latest list: versions that nothing protects, since they were never retained or their retention has ended, and no hold is on them.',
      sql: `SELECT key, version_id, is_latest, last_modified_date AS written, object_lock_retain_until_date AS retained_until,
  CASE WHEN object_lock_retain_until_date IS NULL THEN 'never retained' ELSE 'retention has ended' END AS why, storage_class, size
${versions}
  AND NOT ${held}
  AND (object_lock_retain_until_date IS NULL OR object_lock_retain_until_date < current_date)
ORDER BY written DESC, key, version_id
LIMIT 1000`,
    },
  ];
}
