import {
  DeleteObjectCommand, HeadObjectCommand, ObjectLockRetentionMode, PutObjectCommand, PutObjectCommandInput, PutObjectLegalHoldCommand,
  PutObjectRetentionCommand, S3Client,
} from '@aws-sdk/client-s3';
import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { apply } from './applier/applier';
import { assume } from './server';
import { role, synthesize } from './synthesize';
import { ComplianceArchive, Retention } from '../src';

/**
 * Those who have one right each; a custodian, who writes and sets retentions; and an administrator of the archive, whose own policy
 * allows everything but bypassing governance mode.
 */
const ROLES = ['administrator', 'custodian', 'writer', 'reader', 'holder', 'extender', 'bypasser', 'nobody'] as const;
type RoleName = typeof ROLES[number];

interface ArchiveOptions {
  readonly retention: Retention;
  readonly maximumRetention?: Duration;
  readonly expiration?: Duration;
}

/** A version of an object. */
export interface Version {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string;
}

/** A deployed archive, and clients with the rights that its grants give. */
export class Archive {
  /** Deploys an archive that keeps the name. */
  public static async deploy(bucket: string, options: ArchiveOptions): Promise<Archive> {
    const template = synthesize(stack => Archive.build(stack, bucket, options));
    const { deviations } = await apply(template);
    const clients = await Promise.all(ROLES.map(async name => [name, await assume(`${bucket}-${name}`)]));
    return new Archive(bucket, Object.fromEntries(clients), deviations);
  }

  /** Adds an archive of that name, and a role for each right, to a stack. */
  public static build(stack: Stack, bucketName: string, options: ArchiveOptions): void {
    const roles = Object.fromEntries(ROLES.map(name => [name, role(stack, `${bucketName}-${name}`)])) as Record<RoleName, iam.Role>;
    const archive = new ComplianceArchive(stack, `${bucketName}-archive`, {
      maximumRetention: Duration.days(30), ...options, bucketName, administrators: [roles.administrator],
    });
    archive.grantArchive(roles.writer);
    archive.grantRead(roles.reader);
    archive.grantLegalHold(roles.holder);
    archive.grantExtendRetention(roles.extender);
    archive.grantArchive(roles.custodian);
    archive.grantExtendRetention(roles.custodian);
    if (options.retention._mode === 'GOVERNANCE') {
      archive.grantBypassGovernance(roles.bypasser);
    }
    const all = [archive.bucket.bucketArn, archive.bucket.arnForObjects('*')];
    roles.administrator.addToPolicy(new iam.PolicyStatement({ actions: ['s3:Get*', 's3:List*', 's3:Put*', 's3:Delete*'], resources: all }));
  }

  private constructor(
    public readonly bucket: string, public readonly as: Record<RoleName, S3Client>, public readonly deviations: string[],
  ) {}

  public async put(Key: string, input: Partial<PutObjectCommandInput> = {}, client = this.as.writer): Promise<Version> {
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body: Key, ...input }));
    return { Bucket: this.bucket, Key, VersionId: VersionId! };
  }

  public async lockOf(version: Pick<Version, 'Bucket' | 'Key'>): Promise<{ mode?: string; until?: Date; hold?: string }> {
    const head = await this.as.reader.send(new HeadObjectCommand(version));
    return { mode: head.ObjectLockMode, until: head.ObjectLockRetainUntilDate, hold: head.ObjectLockLegalHoldStatus };
  }
}

export function deletion(client: S3Client, version: Version, bypass?: 'bypass'): Promise<unknown> {
  return client.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: bypass && true }));
}

export function retention(client: S3Client, version: Version, Mode: ObjectLockRetentionMode, RetainUntilDate: Date, bypass?: 'bypass'): Promise<unknown> {
  return client.send(new PutObjectRetentionCommand({ ...version, Retention: { Mode, RetainUntilDate }, BypassGovernanceRetention: bypass && true }));
}

export function hold(client: S3Client, version: Version, Status: 'ON' | 'OFF'): Promise<unknown> {
  return client.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status } }));
}
