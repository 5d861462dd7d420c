/** What an archive was asked to be, beside what its bucket was asked to be. */
export interface ArchiveFacts {
  readonly construct: 'ComplianceArchive';
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  /** Of new object versions whose writer asks for nothing else. */
  readonly retentionDays: number;
  /** A writer who asks for fewer whole days is refused. */
  readonly minimumDays: number;
  /** A writer who asks for more days is refused. */
  readonly maximumDays?: number;
  /** No lifecycle rule may expire objects earlier. */
  readonly expiryFloorDays: number;
  /** Who changes the settings of the bucket. */
  readonly settingsRoles: ExemptPrincipals;
  /** Who deletes versions that are no longer locked. */
  readonly deletionRoles: ExemptPrincipals;
  readonly retentionRoles: ExemptPrincipals;
  readonly legalHoldRoles: ExemptPrincipals;
  /** Nobody in compliance mode. */
  readonly bypassRoles: ExemptPrincipals;
  /** Of the keys that the archive created; tokens, since a person may still override them. */
  readonly createdKeyLogicalIds: string[];
  /** The daily inventory, if there is one. */
  readonly inventory?: InventoryFacts;
}

/** Where the inventory goes, and what its table finds it by. */
export interface InventoryFacts {
  readonly id: string;
  readonly bucketArn: string;
  readonly bucketAccountId: string;
  readonly prefix: string;
  readonly format: 'CSV';
}

/** What the bucket for the inventory of an archive was asked to be, beside what its bucket was asked to be. */
export interface ArchiveEvidenceFacts {
  readonly construct: 'ArchiveEvidence';
  readonly archiveArn: string;
  /** Of what the inventory is written to. */
  readonly objectsArn: string;
  readonly ownerAccount: string;
}

/** Principals that a refusal spares. They come with the grants, so there may be none. */
export interface ExemptPrincipals {
  readonly count: number;
  /** A lazy list. */
  readonly arns: unknown;
}

/** The condition that spares them, for a spread as well. Without any, there is none: IAM takes no empty list. */
export function exceptFor({ count, arns }: ExemptPrincipals): { ArnNotLike: { 'aws:PrincipalArn': unknown } } | undefined {
  return count === 0 ? undefined : { ArnNotLike: { 'aws:PrincipalArn': arns } };
}
