import { DefaultStackSynthesizer, Fn, Stack } from 'aws-cdk-lib';

/** The role with which CloudFormation changes the resources of a stack, if its synthesizer knows it. */
export function executionRoleArn(stack: Stack): string | undefined {
  if (stack.nestedStackParent !== undefined) {
    return executionRoleArn(stack.nestedStackParent);
  }
  const arn = stack.synthesizer instanceof DefaultStackSynthesizer ? stack.synthesizer.cloudFormationExecutionRoleArn : '';
  // The synthesizer writes ${AWS::Partition} and the like, which CloudFormation fills in only within Fn::Sub.
  return arn === '' ? undefined : arn.includes('${AWS::') ? Fn.sub(arn) : arn;
}
