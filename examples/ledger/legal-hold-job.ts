/** What a job of S3 Batch Operations places or removes legal holds on. */
export interface LegalHoldJobOptions {
  readonly account: string;
  /** Outputs of `LedgerStack`. */
  readonly roleArn: string;
  readonly jobsBucketArn: string;
  /** Why: it stands in the list of jobs for 90 days, and the report stays. */
  readonly matter: string;
  readonly status: 'ON' | 'OFF';
  readonly manifest: Manifest;
}

export interface Manifest {
  /** Below `manifests/` in the bucket for jobs, or `manifest.json` of a list of the inventory. */
  readonly objectArn: string;
  /** As S3 answered when the manifest was written; a job whose manifest has changed since fails. */
  readonly etag: string;
}

/** A version as the saved queries of the archive give it: the key is URL encoded, as manifests want it. */
export interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly version_id: string;
}

/**
 * The manifest for the versions that a query found. Without version ids, a job holds what is current when it comes to it, and
 * not what was found.
 */
export function manifestOf(versions: Version[]): string {
  const quoted = (field: string) => `"${field.replace(/"/g, '""')}"`;
  return versions.map(({ bucket, key, version_id: version }) => `${[bucket, key, version].map(quoted).join(',')}\n`).join('');
}

/**
 * The request for `aws s3control create-job --cli-input-json`, for up to billions of versions. It waits for somebody to confirm it:
 * `aws s3control update-job-status --requested-job-status Ready`.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-legal-hold.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html
 */
export function legalHoldJob(options: LegalHoldJobOptions): object {
  const isInventory = options.manifest.objectArn.endsWith('/manifest.json');
  return {
    AccountId: options.account,
    ConfirmationRequired: true,
    Description: `Legal hold ${options.status}: ${options.matter}`,
    Operation: { S3PutObjectLegalHold: { LegalHold: { Status: options.status } } },
    Manifest: {
      Spec: isInventory
        ? { Format: 'S3InventoryReport_CSV_20161130' }
        : { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key', 'VersionId'] },
      Location: { ObjectArn: options.manifest.objectArn, ETag: options.manifest.etag },
    },
    Report: { Enabled: true, Bucket: options.jobsBucketArn, Prefix: 'reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks' },
    Priority: 10,
    RoleArn: options.roleArn,
    // The same request twice is the same job.
    ClientRequestToken: `${options.status}-${options.manifest.etag}`,
  };
}
