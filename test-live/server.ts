import { readFileSync } from 'fs';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Server {
  readonly endpoint: string;
  /** How long a day of a lifecycle rule lasts. */
  readonly secondsPerDay: number;
  /** The KMS keys that it has. */
  readonly keyArns: string[];
  /** The account of the buckets, and another one. */
  readonly owner: Credentials & { readonly account: string };
  readonly partner: Credentials & { readonly account: string };
  readonly operator: Credentials;
}

/** The S3 server that scripts/live/start.sh started. */
export const server: Server = JSON.parse(readFileSync(process.env.LIVE_SERVER ?? '', 'utf8'));
export const ACCOUNT = server.owner.account;
export const REGION = 'eu-west-1';

const settings = (credentials: Credentials) => ({ endpoint: server.endpoint, region: REGION, credentials, maxAttempts: 1 });

function s3Client(credentials: Credentials): S3Client {
  return new S3Client({ ...settings(credentials), forcePathStyle: true });
}

/** The user that owns the buckets, with all rights by way of the ACL. */
export const owner = s3Client(server.owner);
/** A user of another account. */
export const partner = s3Client(server.partner);
/** Runs the server: no policy binds it. */
export const operator = s3Client(server.operator);
export const iam = new IAMClient(settings(server.owner));

/** A client with the rights of a role of the owner's account. */
export async function assume(roleName: string): Promise<S3Client> {
  const { Credentials: session } = await new STSClient(settings(server.owner)).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT}:role/${roleName}`, RoleSessionName: 'live' }));
  return s3Client({ accessKeyId: session!.AccessKeyId!, secretAccessKey: session!.SecretAccessKey!, sessionToken: session!.SessionToken });
}

/** How those name a bucket who are not of its account. */
export function fromOutside(bucketName: string): string {
  return `${ACCOUNT}:${bucketName}`;
}
