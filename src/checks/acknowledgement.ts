import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The reason that a person gave for accepting a finding, on the construct, its resource or a scope around it. */
export function acknowledgement(construct: IConstruct, id: string): string | undefined {
  const places = [construct.node.defaultChild, ...[...construct.node.scopes].reverse()];
  for (const place of places) {
    for (const entry of place?.node.metadata ?? []) {
      if (entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && String(entry.data[id] ?? '').trim() !== '') {
        return entry.data[id];
      }
    }
  }
  return undefined;
}
