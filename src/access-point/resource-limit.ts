import { CfnResource, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAXIMUM_RESOURCES = 500;

/** With which CDK is told of another limit; 0 is none. */
const LIMIT_CONTEXT = '@aws-cdk/core:stackResourceLimit';

const hinted = new WeakSet<Stack>();

/** CDK tells that a stack has too many resources; this tells, before it, what to do when access points are what is too many. */
export function hintAtResourceLimit(stack: Stack): void {
  if (hinted.has(stack)) {
    return;
  }
  hinted.add(stack);
  stack.node.addValidation({
    validate: () => {
      const resources = stack.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.stack === stack);
      const accessPoints = resources.filter(each => each instanceof s3.CfnAccessPoint).length;
      const maximum = stack.node.tryGetContext(LIMIT_CONTEXT) ?? MAXIMUM_RESOURCES;
      const isHelped = maximum > 0 && resources.length > maximum && resources.length - accessPoints <= maximum;
      return !isHelped ? [] : [
        `[${stack.node.path}] has ${resources.length} resources, ${accessPoints} of them access points, and CloudFormation takes ${maximum} a stack: `
        + 'create the access points in further stacks or in nested stacks; the bucket may stay where it is',
      ];
    },
  });
}
