import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { Environment, Intrinsics, Template } from './intrinsics';
import { PolicyDocument } from './simulator';
import { ACCOUNT, build, ConfigurationName, REGION } from '../configurations';

/** What a configuration deploys, as far as requests are judged by it. */
export interface Deployed {
  readonly template: Template;
  readonly bucketLogicalId: string;
  readonly bucketArn: string;
  readonly bucketPolicy: PolicyDocument;
  /** Of the key that encrypts at rest. */
  readonly keyArn?: string;
  readonly keyPolicy?: PolicyDocument;
  readonly roleArns: string[];
}

const cache = new Map<string, Deployed>();

/** Synthesizes a configuration, once, and resolves the policies of the bucket that it wants judged. */
export function deployed(name: ConfigurationName): Deployed {
  const known = cache.get(name);
  if (known !== undefined) {
    return known;
  }
  const { stack, judged } = build(name);
  const keyArn = judged.encryptionKey && stack.resolve(judged.encryptionKey.keyArn);
  const bucketArn = stack.resolve(judged.bucketArn);
  const result = read(Assertions.fromStack(stack).toJSON() as Template, logicalIdOf(bucketArn), keyArn && logicalIdOf(keyArn));
  cache.set(name, result);
  return result;
}

/** The policies of a bucket, and of its key if it has one, in a synthesized template. */
export function read(
  template: Template, bucketLogicalId: string, keyLogicalId?: string, environment: Environment = { account: ACCOUNT, region: REGION },
): Deployed {
  const intrinsics = new Intrinsics(template, environment);
  const resources = Object.entries(template.Resources);
  const policies = resources.filter(([, { Type, Properties }]) =>
    Type === 'AWS::S3::BucketPolicy' && intrinsics.resolve(Properties!.Bucket) === intrinsics.ref(bucketLogicalId));
  if (policies.length !== 1) {
    throw new Error(`the bucket ${bucketLogicalId} has ${policies.length} bucket policies`);
  }
  return {
    template,
    bucketLogicalId,
    bucketArn: intrinsics.attribute(bucketLogicalId, 'Arn'),
    bucketPolicy: intrinsics.resolve(policies[0][1].Properties!.PolicyDocument) as PolicyDocument,
    ...keyLogicalId === undefined ? {} : {
      keyArn: intrinsics.attribute(keyLogicalId, 'Arn'),
      keyPolicy: intrinsics.resolve(template.Resources[keyLogicalId].Properties!.KeyPolicy) as PolicyDocument,
    },
    roleArns: resources.filter(([, { Type }]) => Type === 'AWS::IAM::Role').map(([id]) => intrinsics.attribute(id, 'Arn')),
  };
}

function logicalIdOf(arn: { 'Fn::GetAtt': [string, string] }): string {
  return arn['Fn::GetAtt'][0];
}
