import { CfnElement } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { functionPolicy } from './function-policy';
import { Environment, Intrinsics, Template } from './intrinsics';
import { PolicyDocument } from './simulator';
import { AccessPoint } from '../../src';
import { ACCOUNT, build, ConfigurationName, REGION } from '../configurations';

/** What a configuration deploys, as far as requests are judged by it. */
export interface Deployed {
  readonly template: Template;
  readonly kind: 'bucket' | 'accessPoint' | 'endpoint' | 'objectLambda' | 'function';
  readonly logicalId: string;
  /** The ARN of the bucket or access point; an endpoint has none that requests would name. */
  readonly arn: string;
  /** What comes before the key in the ARN of an object. */
  readonly objectsArn: string;
  readonly policy: PolicyDocument;
  /** Of the key that encrypts at rest. */
  readonly keyArn?: string;
  readonly keyPolicy?: PolicyDocument;
  readonly roleArns: string[];
  /** Of the access points that a function reads and writes through, and of their keys. */
  readonly reached: Record<string, string>;
  /** What the roles of the stack may do by their own policies, from the ARN of the role. */
  readonly identityPolicies: Record<string, PolicyDocument>;
}

const cache = new Map<string, Deployed>();

/** Synthesizes a configuration, once, and resolves the policies of the construct that it wants judged. */
export function deployed(name: ConfigurationName): Deployed {
  const known = cache.get(name);
  if (known !== undefined) {
    return known;
  }
  const { stack, judged } = build(name);
  const { encryptionKey, bucket } = judged as IConstruct & { encryptionKey?: kms.IKey; bucket?: s3.IBucket };
  const key = encryptionKey ?? bucket?.encryptionKey;
  const keyArn = key && stack.resolve(key.keyArn);
  const logicalId = stack.resolve((judged.node.defaultChild as CfnElement).logicalId);
  const template = Assertions.fromStack(stack).toJSON() as Template;
  const intrinsics = new Intrinsics(template, { account: ACCOUNT, region: REGION });
  const reached = Object.fromEntries(['Source', 'Copies'].flatMap(id => arnsBehind(judged.node.tryFindChild(id)))
    .map(([place, arn]) => [place, intrinsics.resolve(stack.resolve(arn)) as string]));
  const result = { ...read(template, logicalId, keyArn && keyArn['Fn::GetAtt'][0]), reached };
  cache.set(name, result);
  return result;
}

/** Of an access point of a function, and of the key of its bucket. */
function arnsBehind(child: IConstruct | undefined): [string, string][] {
  if (!(child instanceof AccessPoint)) {
    return [];
  }
  const [{ encryptionKey }] = child._buckets;
  const place = child.node.id.toLowerCase();
  return [[place, child.accessPointArn], ...encryptionKey === undefined ? [] : [[`${place}Key`, encryptionKey.keyArn] as [string, string]]];
}

/** The policy of a bucket, an access point or an endpoint, and of its key if it has one, in a synthesized template. */
export function read(
  template: Template, logicalId: string, keyLogicalId?: string, environment: Environment = { account: ACCOUNT, region: REGION },
): Deployed {
  const intrinsics = new Intrinsics(template, environment);
  const resources = Object.entries(template.Resources);
  return {
    template,
    logicalId,
    ...judgedResource(template, logicalId, intrinsics),
    ...keyLogicalId === undefined ? {} : {
      keyArn: intrinsics.attribute(keyLogicalId, 'Arn'),
      keyPolicy: intrinsics.resolve(template.Resources[keyLogicalId].Properties!.KeyPolicy) as PolicyDocument,
    },
    roleArns: resources.filter(([, { Type }]) => Type === 'AWS::IAM::Role').map(([id]) => intrinsics.attribute(id, 'Arn')),
    reached: {},
    get identityPolicies() {
      return identityPolicies(template, intrinsics, environment);
    },
  };
}

/** Each statement as it would stand in the policy of a resource, so that both kinds are judged alike. */
function identityPolicies({ Resources }: Template, intrinsics: Intrinsics, { account }: Environment): Record<string, PolicyDocument> {
  const policies: Record<string, PolicyDocument> = {};
  for (const { Properties } of Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')) {
    for (const role of intrinsics.resolve(Properties!.Roles ?? []) as string[]) {
      const arn = `arn:aws:iam::${account}:role/${role}`;
      const statements = (Properties!.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement
        .map(statement => ({ ...intrinsics.resolve(statement) as Record<string, unknown>, Principal: { AWS: arn } }));
      policies[arn] = { Version: '2012-10-17', Statement: [...policies[arn]?.Statement ?? [], ...statements] };
    }
  }
  return policies;
}

function judgedResource(template: Template, logicalId: string, intrinsics: Intrinsics): Pick<Deployed, 'kind' | 'arn' | 'objectsArn' | 'policy'> {
  const { Type, Properties } = template.Resources[logicalId];
  const only = (type: string, of: string, property: string) => {
    const found = Object.values(template.Resources).filter(resource =>
      resource.Type === type && intrinsics.resolve(resource.Properties![of]) === intrinsics.ref(logicalId));
    if (found.length !== 1) {
      throw new Error(`${logicalId} has ${found.length} resources of type ${type}`);
    }
    return intrinsics.resolve(found[0].Properties![property]) as PolicyDocument;
  };
  switch (Type) {
    case 'AWS::S3::Bucket': {
      const arn = intrinsics.attribute(logicalId, 'Arn');
      return { kind: 'bucket', arn, objectsArn: `${arn}/`, policy: only('AWS::S3::BucketPolicy', 'Bucket', 'PolicyDocument') };
    }
    case 'AWS::S3::AccessPoint': {
      const arn = intrinsics.attribute(logicalId, 'Arn');
      return { kind: 'accessPoint', arn, objectsArn: `${arn}/object/`, policy: intrinsics.resolve(Properties!.Policy) as PolicyDocument };
    }
    case 'AWS::S3::MultiRegionAccessPoint': {
      const arn = `arn:aws:s3::${ACCOUNT}:accesspoint/${intrinsics.attribute(logicalId, 'Alias')}`;
      return { kind: 'accessPoint', arn, objectsArn: `${arn}/object/`, policy: only('AWS::S3::MultiRegionAccessPointPolicy', 'MrapName', 'Policy') };
    }
    case 'AWS::S3ObjectLambda::AccessPoint': {
      const arn = intrinsics.attribute(logicalId, 'Arn');
      return { kind: 'objectLambda', arn, objectsArn: arn, policy: only('AWS::S3ObjectLambda::AccessPointPolicy', 'ObjectLambdaAccessPoint', 'PolicyDocument') };
    }
    case 'AWS::Lambda::Function': {
      const arn = intrinsics.attribute(logicalId, 'Arn');
      return { kind: 'function', arn, objectsArn: arn, policy: functionPolicy(template, arn, intrinsics) };
    }
    case 'AWS::EC2::VPCEndpoint':
      return { kind: 'endpoint', arn: '', objectsArn: '', policy: intrinsics.resolve(Properties!.PolicyDocument) as PolicyDocument };
  }
  throw new Error(`${Type} (${logicalId}) has no policy that is known here`);
}
