import { Construct } from 'constructs';
import { AccessPointProps } from '../access-point/access-point-props';
import { RegionalAccessPoint } from '../access-point/regional-access-point';

/**
 * The access point behind an Object Lambda access point. Its policy refuses every request for data that does not come through S3 Object
 * Lambda, whoever makes it: the originals cannot be had from it.
 */
export class SupportingAccessPoint extends RegionalAccessPoint {
  constructor(scope: Construct, id: string, props: AccessPointProps) {
    super(scope, id, props, { construct: 'AccessPoint', throughObjectLambda: true });
  }
}
