import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { acknowledgement } from './acknowledgement';

/**
 * Adds a warning that can be acknowledged, unless it has been: CDK itself sees an acknowledgement that comes before the warning on
 * the scopes around the construct, but not on the construct itself.
 */
export function warn(construct: IConstruct, id: string, message: string): void {
  if (acknowledgement(construct, `annotation::${id}`) === undefined) {
    Validations.of(construct).addWarning(id, message);
  }
}
