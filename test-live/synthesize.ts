import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, REGION } from './server';
import { Template } from '../test/simulator/intrinsics';

/** The template of a stack, as it would be deployed. */
export function synthesize(build: (stack: Stack) => void): Template {
  const app = new App();
  const stack = new Stack(app, 'Live', {
    env: { account: ACCOUNT, region: REGION },
    synthesizer: new BootstraplessSynthesizer(),
    terminationProtection: true,
  });
  build(stack);
  return app.synth().getStackByName('Live').template;
}

/** A role that the user of the live tests may assume. */
export function role(stack: Stack, roleName: string): iam.Role {
  return new iam.Role(stack, roleName, { roleName, assumedBy: new iam.AccountRootPrincipal() });
}
