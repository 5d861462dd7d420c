import { IResource, Resource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3objectlambda from 'aws-cdk-lib/aws-s3objectlambda';
import { Construct } from 'constructs';
import { checkBucket } from './bucket-check';
import { ObjectLambdaAccessPointOptions } from './object-lambda-access-point-props';
import { ObjectLambdaAction, operationsOf } from './object-lambda-action';
import { ObjectLambdaMonitoring } from './object-lambda-monitoring';
import { hasMember } from './option-types';
import { SupportingAccessPoint } from './supporting-access-point';
import { checkAccessPointName, generatedName } from '../access-point/access-point-name';
import { grantedPrefixes } from '../access-point/prefixes';
import { checkUnique } from '../access-point/unique-name';
import { DECRYPT, grantBucketKey } from '../bucket/key-grant';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { warn } from '../checks/warning';
import { guaranteesOf } from '../guarantees/catalogue';
import { ObjectLambdaFacts, OwnFunctionFacts } from '../guarantees/object-lambda-facts';
import { described } from '../private/described';
import { ConfigurationError } from '../private/errors';
import { isPublic } from '../private/everyone';
import { throughObjectLambda } from '../private/object-lambda';
import { PolicyOfRole } from '../private/policy-of-role';
import { isService } from '../private/service-principal';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ObjectLambdaAccessPoint.html */
const MAXIMUM_NAME_LENGTH = 45;
/** Names of other access points may have 50 characters. */
const SUPPORTING_SUFFIX = '-data';
const ANSWER = ['s3-object-lambda:WriteGetObjectResponse'];

/** What kinds of Object Lambda access points differ in. */
export interface Transformer {
  /** Called once, with the access point as the scope of what it makes. One of this library says how it is made. */
  readonly handler: (accessPoint: ObjectLambdaAccessPointBase) => { readonly handler: lambda.IFunction; readonly own?: OwnFunctionFacts };
  /** Whether the function, one of this library, reads transformed objects through the access point itself. Defaults to false. */
  readonly readsOwnView?: boolean;
  readonly actions: ObjectLambdaAction[];
  readonly supportsRange: boolean;
  readonly supportsPartNumber: boolean;
  readonly payload?: string;
  /** Whether it can do something with what was encrypted before it was stored. */
  readonly takesCipherText: boolean;
}

/**
 * What Object Lambda access points have in common: the supporting access point, the policy, grants and alarms.
 * @internal
 */
export abstract class ObjectLambdaAccessPointBase extends Resource implements iam.IResourceWithPolicyV2 {
  /** Clients give it in place of a bucket name: `arn:aws:s3-object-lambda:REGION:ACCOUNT:accesspoint/NAME`. */
  public readonly objectLambdaAccessPointArn: string;

  /** Unique in its account and Region. */
  public readonly objectLambdaAccessPointName: string;

  /** Made up by S3; goes wherever the name of a bucket goes, for clients that know no ARNs. */
  public readonly objectLambdaAccessPointAlias: string;

  /** The host that requests go to: `NAME-ACCOUNT.s3-object-lambda.REGION.amazonaws.com`. */
  public readonly domainName: string;

  /** The ARN of the access point that S3 Object Lambda reads the originals from. It refuses everyone else. */
  public readonly supportingAccessPointArn: string;

  /** The bucket with the originals. */
  public readonly bucket: s3.IBucket;

  /** The function that transforms. */
  public readonly handler: lambda.IFunction;

  /** Of errors, duration and throttles of the function, and of answers with an error. */
  public readonly alarms: cloudwatch.Alarm[];

  /** With the requests, the errors and the duration, unless it was left out. */
  public readonly dashboard?: cloudwatch.Dashboard;

  private readonly policy = new iam.PolicyDocument();
  private readonly prefixes: string[];
  private readonly actions: ObjectLambdaAction[];

  constructor(scope: Construct, id: string, props: ObjectLambdaAccessPointOptions, transformer: Transformer) {
    const place = { scope, id };
    checkAccessPointName(place, props.name, MAXIMUM_NAME_LENGTH);
    checkBucket(place, props.bucket, transformer.takesCipherText);
    super(scope, id);

    const { account, region, urlSuffix } = this.stack;
    this.bucket = props.bucket;
    this.prefixes = props.prefixes ?? [];
    this.actions = transformer.actions;
    this.objectLambdaAccessPointName = props.name ?? generatedName(this, MAXIMUM_NAME_LENGTH);
    // Written out rather than referred to, so that the function, to which the access point refers, can be given rights to it.
    this.objectLambdaAccessPointArn = this.stack.formatArn({ service: 's3-object-lambda', resource: 'accesspoint', resourceName: this.objectLambdaAccessPointName });
    this.domainName = `${this.objectLambdaAccessPointName}-${account}.s3-object-lambda.${region}.${urlSuffix}`;

    const { prefixes, bucket, bucketAccountId } = props;
    const name = `${this.objectLambdaAccessPointName}${SUPPORTING_SUFFIX}`;
    const supporting = new SupportingAccessPoint(this, 'SupportingAccessPoint', { bucket, prefixes, bucketAccountId, name });
    this.supportingAccessPointArn = supporting.accessPointArn;
    const { handler, own } = transformer.handler(this);
    this.handler = handler;
    checkFunction(this, this.handler);
    this.letAnswer();
    if (transformer.readsOwnView === true) {
      this.letReadOwnView();
    }

    const facts: ObjectLambdaFacts = {
      construct: 'ObjectLambdaAccessPoint',
      name: this.objectLambdaAccessPointName,
      supportingAccessPointArn: this.supportingAccessPointArn,
      functionArn: this.handler.functionArn,
      payload: transformer.payload,
      transformed: operationsOf(transformer.actions),
      features: featuresOf(transformer),
      ownFunction: own && { ...own, rights: [...own.rights, { actions: ANSWER, resources: [this.objectLambdaAccessPointArn] }] },
      ownView: transformer.readsOwnView !== true ? undefined : {
        arn: this.objectLambdaAccessPointArn, region: bucket.env.region, prefixes: this.prefixes, keyArn: bucket.encryptionKey?.keyArn,
      },
    };
    const resource = new s3objectlambda.CfnAccessPoint(this, 'Resource', {
      name: facts.name,
      objectLambdaConfiguration: {
        supportingAccessPoint: facts.supportingAccessPointArn,
        cloudWatchMetricsEnabled: true,
        allowedFeatures: facts.features.length === 0 ? undefined : facts.features,
        transformationConfigurations: [{
          actions: facts.transformed,
          contentTransformation: { AwsLambda: { FunctionArn: facts.functionArn, FunctionPayload: facts.payload } },
        }],
      },
    });
    resource.node.addDependency(supporting);
    this.objectLambdaAccessPointAlias = resource.attrAliasValue;

    const arns = { own: this.objectLambdaAccessPointArn, objects: undefined };
    for (const statement of guaranteesOf(facts).flatMap(guarantee => guarantee.statements?.(facts, arns) ?? [])) {
      this.policy.addStatements(iam.PolicyStatement.fromJson(statement));
    }
    const policy = new s3objectlambda.CfnAccessPointPolicy(this, 'Policy', { objectLambdaAccessPoint: resource.ref, policyDocument: this.policy });
    SecureS3Plugin.register({ construct: this, facts, policy: { element: policy, property: 'PolicyDocument', arns } });

    const monitoring = new ObjectLambdaMonitoring(this, 'Monitoring', {
      name: facts.name,
      handler: this.handler,
      isOfThisLibrary: facts.ownFunction !== undefined,
      supportingAccessPointArn: this.supportingAccessPointArn,
      dashboard: props.dashboard ?? true,
    });
    this.alarms = monitoring.alarms;
    this.dashboard = monitoring.dashboard;

    checkUnique(this, `object-lambda/${this.objectLambdaAccessPointName}`, 'Region');
    warn(this, 'object-lambda-new-accounts',
      `[${this.node.path}] AWS takes no new customers of S3 Object Lambda since November 7, 2025, and its deployment fails in an account that has not used it `
      + 'before: use RedactedEndpoint there');
    if (transformer.actions.includes(ObjectLambdaAction.GET_OBJECT) && !transformer.actions.includes(ObjectLambdaAction.HEAD_OBJECT)) {
      warn(this, 'object-lambda-original-head',
        `[${this.node.path}] HEAD_OBJECT is none of the actions, so readers see the metadata of the originals: length, ETag, checksums and user metadata`);
    }
  }

  /**
   * `s3://` and the alias, as the AWS CLI, Hadoop and Spark take it.
   * @param key the key of an object, or the start of keys; the whole access point by default
   */
  public s3UrlForObject(key: string = ''): string {
    return `s3://${this.objectLambdaAccessPointAlias}/${key}`;
  }

  /** Has every alarm notify, a topic of Amazon SNS for example. */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarms.forEach(alarm => alarm.addAlarmAction(...actions));
  }

  /**
   * Adds a statement to the policy of the Object Lambda access point. Its one resource is `objectLambdaAccessPointArn`; keys and prefixes
   * are judged by the policy of the supporting access point.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }

  /**
   * Lets a role, user or group of this account read the transformed objects, and never the originals: `s3-object-lambda:GetObject`,
   * `GetObjectVersion` and `ListBucket` on this access point; and, only for requests that S3 Object Lambda makes for them
   * (`aws:CalledVia`), `s3:GetObject`, `s3:GetObjectVersion` and, below the prefix, `s3:ListBucket` on the supporting access point,
   * `lambda:InvokeFunction` on the function, and `kms:Decrypt` with the bucket's key. What the function does not transform is left out.
   *
   * All of it is in the policy of the grantee: the policy of a function knows no condition that confines invocations to those of S3
   * Object Lambda, so principals of other accounts, AWS services and whoever has no policy of their own are refused. Let them assume a
   * role of this account.
   *
   * @param prefix what the keys start with; by default the prefixes of the access point
   * @throws if the prefix is outside the prefixes, or the grantee is of another account, a service, everyone, or has no policy of its own
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html
   */
  public grantRead(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    const prefixes = grantedPrefixes(this, this.prefixes, prefix);
    this.checkGrantee(grantee);
    return this.grantView(grantee, prefixes, this.actions);
  }

  /** All of it in the policy of the grantee, and only through this access point on what is behind it. */
  private grantView(grantee: iam.IGrantable, prefixes: string[], allowed: ObjectLambdaAction[]): iam.Grant {
    const readsObjects = allowed.includes(ObjectLambdaAction.GET_OBJECT);
    const listsObjects = allowed.includes(ObjectLambdaAction.LIST_OBJECTS);
    const actions = (service: string) => readsObjects ? [`${service}:GetObject`, `${service}:GetObjectVersion`] : [];
    const through = throughObjectLambda();
    const grants = [
      this.grant(grantee, [...actions('s3-object-lambda'), ...listsObjects ? ['s3-object-lambda:ListBucket'] : []], [this.objectLambdaAccessPointArn]),
      this.grant(grantee, ['lambda:InvokeFunction'], this.handler.resourceArnsForGrantInvoke, through),
      ...readsObjects ? [
        this.grant(grantee, actions('s3'), prefixes.map(each => `${this.supportingAccessPointArn}/object/${each}*`), through),
        grantBucketKey(this, this.bucket, grantee, DECRYPT, through),
      ] : [],
      ...listsObjects ? [
        this.grant(grantee, ['s3:ListBucket'], [this.supportingAccessPointArn], {
          ...through, ...prefixes.includes('') ? {} : { StringLike: { 's3:prefix': prefixes.map(each => `${each}*`) } },
        }),
      ] : [],
    ];
    return grants.filter(each => each !== undefined).reduce((all, each) => all.combine(each));
  }

  private checkGrantee(grantee: iam.IGrantable): void {
    const remedy = 'grant to a role, user or group of this account, or let them assume such a role';
    if (!hasMember(grantee, 'grantPrincipal')) {
      throw new ConfigurationError(this, `the grantee is ${described(grantee)}`, remedy);
    }
    if (isPublic(grantee)) {
      throw new ConfigurationError(this, 'a grant to everyone would be public, and S3 Object Lambda takes no anonymous requests', remedy);
    }
    if (isService(this, grantee)) {
      throw new ConfigurationError(this, 'a grant is to an AWS service, which has no policy of its own to hold its conditions', remedy);
    }
    const { principalAccount } = grantee.grantPrincipal;
    if (principalAccount !== undefined && Token.compareStrings(principalAccount, this.env.account) === TokenComparison.DIFFERENT) {
      throw new ConfigurationError(this, `a grant is to a principal of account ${principalAccount}; the policy of the function would let it be invoked from there with any event`,
        remedy);
    }
  }

  private grant(grantee: iam.IGrantable, actions: string[], resourceArns: string[], conditions?: iam.GrantOnPrincipalOptions['conditions']): iam.Grant {
    const grant = iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
    if (!grant.success) {
      throw new ConfigurationError(this, `a grant is to ${grantee.grantPrincipal}, which has no policy of its own to hold its conditions`,
        'grant to a role, user or group of this account, or let them assume such a role');
    }
    return grant;
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html#olap-execution-role */
  private letAnswer(): void {
    if (this.handler.role === undefined) {
      warn(this, 'imported-function', `[${this.node.path}] the role of the imported function ${this.handler.functionArn} is not known, so it cannot answer until it may do `
        + `${ANSWER.join()} on ${this.objectLambdaAccessPointArn}`);
    }
    this.handler.addToRolePolicy(new iam.PolicyStatement({ actions: ANSWER, resources: [this.objectLambdaAccessPointArn] }));
  }

  /** The function waits for the policy of its role, and this one, which names the function, for the function. */
  private letReadOwnView(): void {
    const role = this.handler.role!;
    const policy = new iam.Policy(this, 'OwnViewPolicy', { roles: [role] });
    this.grantView(new PolicyOfRole(role, policy), this.prefixes.length > 0 ? this.prefixes : [''], [ObjectLambdaAction.GET_OBJECT]);
  }
}

function featuresOf({ actions, supportsRange, supportsPartNumber }: Transformer): string[] {
  return ['GetObject', 'HeadObject']
    .filter(operation => operationsOf(actions).some(each => each === operation))
    .flatMap(operation => [...supportsRange ? [`${operation}-Range`] : [], ...supportsPartNumber ? [`${operation}-PartNumber`] : []]);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-best-practices.html */
function checkFunction(accessPoint: IResource & Construct, handler: lambda.IFunction): void {
  const { account, region } = Stack.of(accessPoint);
  const isElsewhere = [[handler.env.account, account], [handler.env.region, region]]
    .some(([one, other]) => Token.compareStrings(one, other) === TokenComparison.DIFFERENT);
  if (isElsewhere) {
    throw new ConfigurationError(accessPoint, `the function [${handler.node.path}] is of account ${handler.env.account} in ${handler.env.region}`,
      'give one of the account and Region of the access point');
  }
}
