import { CfnResource, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAXIMUM_RESOURCES = 500;

const hinted = new WeakSet<Stack>();

/** CDK tells that a stack has too many resources; this tells what to do when they are access points. */
export function hintAtResourceLimit(stack: Stack): void {
  if (hinted.has(stack)) {
    return;
  }
  hinted.add(stack);
  stack.node.addValidation({
    validate: () => {
      const resources = stack.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.stack === stack);
      const accessPoints = resources.filter(each => each instanceof s3.CfnAccessPoint).length;
      return resources.length <= MAXIMUM_RESOURCES || accessPoints < resources.length / 2 ? [] : [
        `[${stack.node.path}] has ${resources.length} resources, ${accessPoints} of them access points, and CloudFormation takes ${MAXIMUM_RESOURCES} a stack: `
        + 'create the access points in further stacks or in nested stacks; the bucket may stay where it is',
      ];
    },
  });
}
