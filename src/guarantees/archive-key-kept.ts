import { ArchiveFacts, exceptFor } from './archive-facts';
import { Guarantee, PropertyExpectation } from './guarantee';
import { EVERYONE, listOf, sameStatement, StatementJson } from '../private/statement';

export const archiveKeyKept: Guarantee<ArchiveFacts> = {
  id: 'archive-key-kept',
  title: 'The key of the archive is neither deleted nor disabled, and only administrators and the deploy role change its policy',
  reason: 'Object Lock keeps the ciphertext: whoever deletes the key has deleted every object, locked or not. Who may change the policy could lift its refusals first.',
  awsPage: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html',
  rules: { note: 'of a key of your own, the policy is yours to write; a warning says what it should hold' },
  constructs: ['ComplianceArchive'],
  enforcedBy: 'key policy: refuses `kms:ScheduleKeyDeletion`, `kms:DeleteImportedKeyMaterial` and `kms:DisableKey` to everyone, and `kms:PutKeyPolicy` to all but administrators and the deploy role; property: the key is enabled, and its material comes from KMS',
  remedy: 'leave the statements KeyDeletion and KeyPolicy of the key policy as they are, and Enabled and Origin of the key at their defaults',
  appliesTo: ({ createdKeyLogicalIds }) => createdKeyLogicalIds.length > 0,
  properties: (facts, view) => facts.createdKeyLogicalIds.flatMap(logicalId => [
    ...keyStatements(facts).map((statement): PropertyExpectation => ({
      resource: { logicalId },
      path: 'Properties.KeyPolicy.Statement',
      expected: `a policy with the statement ${statement.Sid}, ${JSON.stringify(view.resolve(statement))}`,
      holds: value => listOf(value).some(found =>
        sameStatement(found as Record<string, unknown>, view.resolve(statement) as Record<string, unknown>)),
    })),
    { resource: { logicalId }, path: 'Properties.Enabled', expected: 'true', holds: value => [undefined, true, 'true'].includes(value as never) },
    // Imported key material is deleted, or expires, without the waiting period of a key.
    { resource: { logicalId }, path: 'Properties.Origin', expected: '"AWS_KMS"', holds: value => [undefined, 'AWS_KMS'].includes(value as never) },
  ]),
};

/** The statements of the key policy. */
export function keyStatements({ settingsRoles }: Pick<ArchiveFacts, 'settingsRoles'>): StatementJson[] {
  return [
    {
      Sid: 'KeyDeletion',
      Effect: 'Deny',
      Principal: EVERYONE,
      Action: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
      Resource: '*',
    },
    { Sid: 'KeyPolicy', Effect: 'Deny', Principal: EVERYONE, Action: 'kms:PutKeyPolicy', Resource: '*', Condition: exceptFor(settingsRoles) },
  ];
}
