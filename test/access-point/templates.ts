import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { templateOf } from '../checks/synth';

export const PARTNER = '444455556666';
export const PARTNER_ENV = { account: PARTNER, region: 'eu-west-1' };
export const ORGANIZATION = 'o-exampleorg1';
const PARTITION = { Ref: 'AWS::Partition' };

/** An ARN as a template has it, from the colon behind the partition on. */
export function arn(rest: string): unknown {
  return { 'Fn::Join': ['', ['arn:', PARTITION, `:${rest}`]] };
}

/** The ARN of an access point of the account of the tests, or of its objects. */
export function accessPointArn(name: string, objects = ''): unknown {
  return arn(`s3:eu-west-1:111122223333:accesspoint/${name}${objects}`);
}

/** The resources of a type in the template of a stack, each without its logical id. */
export function resourcesOf(stack: Stack, type: string): any[] {
  return Object.values(templateOf(stack).findResources(type));
}

/** The properties of the only resource of a type. */
export function propertiesOf(stack: Stack, type: string): any {
  const found = resourcesOf(stack, type);
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

/** What the policies of the access points of a stack allow. */
export function allowedByAccessPoints(stack: Stack): any[] {
  return resourcesOf(stack, 'AWS::S3::AccessPoint').flatMap(({ Properties }) => allowed(Properties.Policy));
}

/** What the identity policies of a stack allow. */
export function allowedByIdentities(stack: Stack): any[] {
  return resourcesOf(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => allowed(Properties.PolicyDocument));
}

/** What the policies of the keys of a stack allow others than their own account. */
export function allowedByKeys(stack: Stack): any[] {
  return resourcesOf(stack, 'AWS::KMS::Key').flatMap(({ Properties }) => allowed(Properties.KeyPolicy)).filter(({ Action }) => Action !== 'kms:*');
}

export function allowed(policy: any): any[] {
  return policy.Statement.filter(({ Effect }: any) => Effect === 'Allow');
}

export function sidsOf(policy: any): string[] {
  return policy.Statement.map(({ Sid }: any) => Sid);
}

/** The warnings on a construct and below. */
export function warningsOf(stack: Stack, path = '*'): string[] {
  return Annotations.fromStack(stack).findWarning(path, Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** The JSON that the only warning with some words says to add. */
export function jsonIn(warnings: string[], words: RegExp): any {
  const found = warnings.filter(warning => words.test(warning));
  expect(found).toHaveLength(1);
  return JSON.parse(/ until you add: (.*?)( \[ack: .*)?$/is.exec(found[0])![1]);
}
