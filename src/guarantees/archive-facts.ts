/** What an archive was asked to be, beside what its bucket was asked to be. */
export interface ArchiveFacts {
  readonly construct: 'ComplianceArchive';
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
}
