import { AccessPointFacts, EndpointFacts } from './access-point-facts';
import { ArchiveEvidenceFacts, ArchiveFacts } from './archive-facts';
import { ObjectLambdaFacts } from './object-lambda-facts';
import { RedactedViewFacts } from './redacted-view-facts';

/** What a subject of guarantees was asked to be. */
export type Facts = BucketFacts | ArchiveFacts | ArchiveEvidenceFacts | AccessPointFacts | EndpointFacts | ObjectLambdaFacts | RedactedViewFacts;

/** What a bucket was asked to be: plain values, from which every guarantee takes what it enforces and what it expects. */
export interface BucketFacts {
  readonly construct: 'SecureBucket' | 'AccessLogBucket';
  readonly encryption: EncryptionFacts;
  /** Also refuse writes that leave the encryption header out. */
  readonly requireEncryptionHeaders: boolean;
  /** As S3 writes it in `s3:TlsVersion`: 1.2. */
  readonly minimumTlsVersion: number;
  readonly presignedUrls: PresignedUrlFacts;
  readonly mfaDelete?: MfaDeleteFacts;
  network?: NetworkFacts;
  readonly organizationId?: string;
  readonly accessLogs?: AccessLogFacts;
  /** The account that owns the bucket. */
  readonly ownerAccount: string;
  readonly versioned: boolean;
  /** Of the bucket, its policy and the keys that the construct created, if they are kept when the stack is deleted. */
  readonly deletionPolicy?: 'Retain' | 'RetainExceptOnCreate';
  /** For whom log delivery may write, for log buckets; sources are added as they come. */
  readonly logDeliveries?: LogDeliveryFacts[];
  /** Days after which log objects expire, for log buckets. */
  readonly logRetentionDays?: number;
  /** To whom the bucket leaves the decision about requests through access points; there once the first access point is. */
  accessPoints?: DelegationFacts;
  /** If data is reached through access points only. */
  readonly accessPointsOnly?: AccessPointsOnlyFacts;
}

export type EncryptionMode = 's3Managed' | 'kms' | 'dualLayerKms' | 'customerProvided' | 'clientSide';

export interface EncryptionFacts {
  readonly mode: EncryptionMode;
  /** Of the key that encrypts at rest, for `kms` and `dualLayerKms`. */
  readonly keyArn?: string;
  /** Of the keys that the construct created, at rest or client side; tokens, since a person may still override them. */
  readonly createdKeyLogicalIds: string[];
}

export interface PresignedUrlFacts {
  readonly mode: 'maxAge' | 'denied' | 'unrestricted';
  readonly maxAgeMilliseconds?: number;
}

export interface MfaDeleteFacts {
  readonly maxAgeSeconds: number;
  readonly exemptPrincipalArns: string[];
}

export interface NetworkFacts {
  readonly vpcEndpointIds: string[];
  readonly vpcIds: string[];
  readonly cidrs: string[];
  /** Roles that pass from anywhere; a lazy list, since notifications add their handler's role late. */
  readonly exemptRoleArns: unknown;
}

export interface AccessLogFacts {
  readonly destinationBucketName: string;
  readonly prefix?: string;
}

export interface DelegationFacts {
  readonly to: 'account' | 'arn';
  /** Of the accounts or of the access points; a lazy list. */
  readonly values: unknown;
}

export interface AccessPointsOnlyFacts {
  readonly to: DelegationFacts['to'];
  readonly values: unknown;
  /** Roles that reach the bucket directly; a lazy list. */
  readonly exemptRoleArns: unknown;
}

/** The log objects below one prefix, and whose logs they are. */
export interface LogDeliveryFacts {
  readonly objectsArn: string;
  /** A lazy list. */
  readonly sourceArns: unknown;
}

/** The value of `x-amz-server-side-encryption` that an encryption mode stores objects with. */
export function serverSideAlgorithm(mode: EncryptionMode): 'AES256' | 'aws:kms' | 'aws:kms:dsse' {
  switch (mode) {
    case 'kms': return 'aws:kms';
    case 'dualLayerKms': return 'aws:kms:dsse';
    default: return 'AES256';
  }
}
