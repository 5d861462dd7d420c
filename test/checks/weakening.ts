import { CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { IAccessPoint } from '../../src/access-point/access-point-base';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ObjectLambdaAccessPointBase } from '../../src/object-lambda/object-lambda-access-point-base';
import { RedactedCopy } from '../../src/redacted-view/redacted-copy';
import { RedactedEndpoint } from '../../src/redacted-view/redacted-endpoint';

/** What gives guarantees. */
export type Subject = s3.Bucket | IAccessPoint | ec2.IVpcEndpoint | ObjectLambdaAccessPointBase | RedactedCopy | RedactedEndpoint;

/** One way to weaken a subject, and what the plugin has to say of it. */
export interface Weakening<S extends Subject = Subject> {
  readonly how: string;
  /** The guarantees that no longer hold: these and no others. */
  readonly undone: string[];
  /** Words of the description that say what undid it. */
  readonly told: string | RegExp;
  readonly props?: () => SecureBucketProps;
  /** The subject to weaken, if it is not a SecureBucket with `props`. */
  readonly make?: (stack: Stack) => S;
  weaken(subject: S): void;
}

export function cfn(subject: IConstruct): CfnResource {
  return subject.node.defaultChild as CfnResource;
}

/** The resource that holds the policy. */
export function policy(subject: Subject): CfnResource {
  return subject instanceof s3.Bucket ? cfn(subject.policy!) : subject.node.tryFindChild('Policy') as CfnResource ?? cfn(subject);
}

export function set(path: string, value: unknown): (subject: Subject) => void {
  return subject => cfn(subject).addPropertyOverride(path, value);
}

export function sidsOf(subject: Subject): string[] {
  const document = Stack.of(subject).resolve((policy(subject) as unknown as Record<string, unknown>)[propertyOf(subject)]);
  return (document?.Statement ?? []).map(({ Sid }: { Sid: string }) => Sid);
}

export function changeStatement(sid: string, path: string, value: unknown): (subject: Subject) => void {
  return subject => {
    const at = `${statementPath(subject, sid)}.${path}`;
    policy(subject).addPropertyDeletionOverride(at);
    policy(subject).addPropertyOverride(at, value);
  };
}

/** Puts another statement in its place: an override cannot take an element out of a list. */
export function removeStatement(sid: string): (subject: Subject) => void {
  return subject => {
    const at = statementPath(subject, sid);
    policy(subject).addPropertyOverride(`${at}.Sid`, 'Another');
    policy(subject).addPropertyOverride(`${at}.Action`, 's3:ListBucketVersions');
  };
}

function propertyOf(subject: Subject): string {
  return /^AWS::S3::.*AccessPoint/.test(policy(subject).cfnResourceType) ? 'policy' : 'policyDocument';
}

function statementPath(subject: Subject, sid: string): string {
  const index = sidsOf(subject).indexOf(sid);
  if (index < 0) {
    throw new Error(`[${subject.node.path}] has no statement ${sid}`);
  }
  const property = propertyOf(subject);
  return `${property[0].toUpperCase()}${property.slice(1)}.Statement.${index}`;
}
