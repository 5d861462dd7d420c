import { StatementJson } from '../private/statement';

/**
 * What a vault lock forbids to everyone, the root user included.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html
 */
export function vaultLockStatements(vaultArn: string, retentionDays: number, legalHold: boolean): StatementJson[] {
  const denyDeletion = (Sid: string, Condition: StatementJson['Condition']): StatementJson =>
    ({ Sid, Effect: 'Deny', Principal: '*', Action: 'glacier:DeleteArchive', Resource: vaultArn, Condition });
  return [
    denyDeletion('Retention', { NumericLessThan: { 'glacier:ArchiveAgeInDays': String(retentionDays) } }),
    // A tag with an empty value counts as a hold, as in AWS's own example.
    ...legalHold ? [denyDeletion('LegalHold', { StringLike: { 'glacier:ResourceTag/LegalHold': ['true', ''] } })] : [],
  ];
}
