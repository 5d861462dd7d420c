import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { LedgerStack } from '../../examples/ledger/ledger';
import { legalHoldJob, manifestOf, Version } from '../../examples/ledger/legal-hold-job';

const stack = new LedgerStack(new App(), 'Ledger', { env: { account: '111122223333', region: 'eu-west-1' }, terminationProtection: true });
const template = Template.fromStack(stack);

function actionsOf(role: string): [string, string][] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles[0].Ref.startsWith(role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) => [Action].flat().map((action: string): [string, string] => [action, JSON.stringify(Resource)]));
}

function may(role: string, action: RegExp, resource: string): boolean {
  return actionsOf(role).some(([allowed, on]) => action.test(allowed) && on.includes(resource));
}

test('the ledger is deployed without a warning that somebody has to acknowledge', () => {
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});

describe('a job', () => {
  const options = {
    account: '111122223333',
    roleArn: 'arn:aws:iam::111122223333:role/LegalHoldJobs',
    jobsBucketArn: 'arn:aws:s3:::example-jobs',
    matter: 'case 4711',
    status: 'ON' as const,
    manifest: { objectArn: 'arn:aws:s3:::example-jobs/manifests/4711.csv', etag: 'd41d8cd98f00b204e9800998ecf8427e' },
  };

  test('places holds on the versions of a manifest, when it is confirmed', () => {
    // The form of https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html
    expect(legalHoldJob(options)).toEqual({
      AccountId: '111122223333',
      ConfirmationRequired: true,
      Description: 'Legal hold ON: case 4711',
      Operation: { S3PutObjectLegalHold: { LegalHold: { Status: 'ON' } } },
      Manifest: {
        Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key', 'VersionId'] },
        Location: { ObjectArn: 'arn:aws:s3:::example-jobs/manifests/4711.csv', ETag: 'd41d8cd98f00b204e9800998ecf8427e' },
      },
      Report: { Enabled: true, Bucket: 'arn:aws:s3:::example-jobs', Prefix: 'reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks' },
      Priority: 10,
      RoleArn: 'arn:aws:iam::111122223333:role/LegalHoldJobs',
      ClientRequestToken: 'ON-d41d8cd98f00b204e9800998ecf8427e',
    });
  });

  test('removes them from everything that the inventory lists', () => {
    const objectArn = 'arn:aws:s3:::example-evidence/inventory/example-archive/ObjectLocks/2026-01-31T01-00Z/manifest.json';
    expect(legalHoldJob({ ...options, status: 'OFF', manifest: { ...options.manifest, objectArn } })).toMatchObject({
      Operation: { S3PutObjectLegalHold: { LegalHold: { Status: 'OFF' } } },
      Manifest: { Spec: { Format: 'S3InventoryReport_CSV_20161130' }, Location: { ObjectArn: objectArn } },
    });
  });

  test('takes the versions that a saved query found as they are', () => {
    const { queries } = JSON.parse(readFileSync(join(__dirname, '..', 'archive', 'archive-evidence.cases.json'), 'utf8'));
    for (const { columns, rows } of queries) {
      const named = (row: string[]) => Object.fromEntries(columns.map((column: string, index: number) => [column, row[index]])) as unknown as Version;
      const versions = rows.map(named);
      expect(manifestOf(versions).split('\n').filter(Boolean)).toHaveLength(rows.length);
    }
    expect(manifestOf([{ bucket: 'example-archive', key: 'a+b%2C%22c%22.csv', version_id: 'v1' }])).toBe('"example-archive","a+b%2C%22c%22.csv","v1"\n');
  });
});

describe('the role of jobs', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
  test.each([
    ['asks for the lock configuration', /^s3:GetBucketObjectLockConfiguration$/, 'ArchiveBucket'],
    ['places holds', /^s3:PutObjectLegalHold$/, 'ArchiveBucket'],
    ['reads manifests', /^s3:GetObject/, '/manifests/*'],
    ['reads inventories', /^s3:GetObject/, '/inventory/*'],
    ['writes reports', /^s3:PutObject$/, '/reports/*'],
  ])('%s', (_what, action, resource) => {
    expect(may('ArchiveLegalHoldJobRole', action, resource)).toBe(true);
  });

  test('does nothing else to the archive', () => {
    const onArchive = actionsOf('ArchiveLegalHoldJobRole').filter(([, resource]) => /"ArchiveBucket/.test(resource)).map(([action]) => action);
    expect(onArchive.sort()).toEqual(['s3:GetBucketObjectLockConfiguration', 's3:GetObjectLegalHold', 's3:PutObjectLegalHold']);
  });
});

test('counsel starts jobs, and holds nothing without one', () => {
  expect(may('Counsel', /^s3:CreateJob$/, '*')).toBe(true);
  expect(may('Counsel', /^iam:PassRole$/, 'ArchiveLegalHoldJobRole')).toBe(true);
  expect(actionsOf('Counsel').filter(([, resource]) => resource.includes('ArchiveBucket'))).toEqual([]);
});
