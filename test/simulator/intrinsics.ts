import { createHash } from 'crypto';

type Json = Record<string, unknown>;

export interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: Json }>;
  readonly Parameters?: Record<string, Json>;
}

export interface Environment {
  readonly account: string;
  readonly region: string;
}

/**
 * The values of a template as CloudFormation would deploy it: every reference becomes the name or the ARN that its resource
 * would have. What it does not know, it refuses, so that no reference ends up in a policy as text.
 */
export class Intrinsics {
  public constructor(private readonly template: Template, private readonly environment: Environment) {}

  public resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map(item => this.resolve(item));
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? ['', undefined];
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      return this.intrinsic(name, argument);
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, this.resolve(item)]));
  }

  /** What `Ref` gives. */
  public ref(logicalId: string): string {
    switch (logicalId) {
      case 'AWS::AccountId': return this.environment.account;
      case 'AWS::Region': return this.environment.region;
      case 'AWS::Partition': return 'aws';
      case 'AWS::URLSuffix': return 'amazonaws.com';
    }
    const { Type, Properties } = this.resource(logicalId);
    switch (Type) {
      case 'AWS::S3::Bucket': return this.name(Properties?.BucketName, logicalId.toLowerCase());
      case 'AWS::IAM::Role': return this.name(Properties?.RoleName, logicalId);
      case 'AWS::KMS::Key': return uuid(logicalId);
      case 'AWS::S3::AccessPoint': return this.name(Properties?.Name, logicalId.toLowerCase());
      case 'AWS::S3::MultiRegionAccessPoint': return this.name(Properties?.Name, logicalId.toLowerCase());
      case 'AWS::S3ObjectLambda::AccessPoint': return this.name(Properties?.Name, logicalId.toLowerCase());
      case 'AWS::Lambda::Function': return this.name(Properties?.FunctionName, logicalId);
      case 'AWS::EC2::VPC': return `vpc-${uuid(logicalId).slice(-12)}`;
      case 'AWS::EC2::VPCEndpoint': return `vpce-${uuid(logicalId).slice(-12)}`;
      case 'AWS::CloudFront::Distribution': return 'EDFDVBD6EXAMPLE';
      case 'AWS::Cognito::UserPool': return `${this.environment.region}_${uuid(logicalId).slice(-9)}`;
      case 'AWS::Cognito::UserPoolClient': return uuid(logicalId).replace(/-/g, '').slice(0, 26);
      case 'AWS::SQS::Queue': return `https://sqs.${this.environment.region}.amazonaws.com/${this.environment.account}/${logicalId}`;
    }
    throw new Error(`Ref of ${Type} (${logicalId}) is not known here: say in ${__filename} what it gives`);
  }

  /** What `Fn::GetAtt` gives. */
  public attribute(logicalId: string, attribute: string): string {
    const { Type } = this.resource(logicalId);
    const { account, region } = this.environment;
    switch (`${Type}.${attribute}`) {
      case 'AWS::S3::Bucket.Arn': return `arn:aws:s3:::${this.ref(logicalId)}`;
      case 'AWS::S3::AccessPoint.Arn': return `arn:aws:s3:${region}:${account}:accesspoint/${this.ref(logicalId)}`;
      case 'AWS::S3::MultiRegionAccessPoint.Alias': return `m${uuid(logicalId).slice(-12)}.mrap`;
      case 'AWS::KMS::Key.Arn': return `arn:aws:kms:${region}:${account}:key/${this.ref(logicalId)}`;
      case 'AWS::IAM::User.Arn': return `arn:aws:iam::${account}:user/${logicalId}`;
      case 'AWS::IAM::Role.Arn': return `arn:aws:iam::${account}:role/${this.ref(logicalId)}`;
      case 'AWS::S3ObjectLambda::AccessPoint.Arn': return `arn:aws:s3-object-lambda:${region}:${account}:accesspoint/${this.ref(logicalId)}`;
      case 'AWS::Lambda::Function.Arn': return `arn:aws:lambda:${region}:${account}:function:${this.ref(logicalId)}`;
      case 'AWS::Lambda::Url.FunctionArn': return this.resolve(this.resource(logicalId).Properties!.TargetFunctionArn) as string;
      case 'AWS::Logs::LogGroup.Arn': return `arn:aws:logs:${region}:${account}:log-group:${logicalId}:*`;
      case 'AWS::DynamoDB::Table.Arn': return `arn:aws:dynamodb:${region}:${account}:table/${logicalId}`;
      case 'AWS::SQS::Queue.Arn': return `arn:aws:sqs:${region}:${account}:${logicalId}`;
    }
    throw new Error(`Fn::GetAtt ${Type}.${attribute} (${logicalId}) is not known here: say in ${__filename} what it gives`);
  }

  private intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref': return this.ref(argument as string);
      case 'Fn::GetAtt': {
        const [logicalId, attribute] = typeof argument === 'string' ? argument.split('.') : argument as [string, string];
        return this.attribute(logicalId, attribute);
      }
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown];
        return (this.resolve(parts) as string[]).join(separator);
      }
      case 'Fn::Split': {
        const [separator, text] = argument as [string, unknown];
        return (this.resolve(text) as string).split(separator);
      }
      case 'Fn::Select': {
        const [index, list] = argument as [number | string, unknown];
        return (this.resolve(list) as unknown[])[Number(index)];
      }
      case 'Fn::Sub': return this.substitute(argument);
    }
    throw new Error(`the intrinsic function ${name} is not known here`);
  }

  private substitute(argument: unknown): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Json];
    return text.replace(/\$\{([^}]*)\}/g, (_all, name: string) => {
      if (name.startsWith('!')) {
        return `\${${name.slice(1)}}`;
      }
      if (name in variables) {
        return this.resolve(variables[name]) as string;
      }
      const [logicalId, attribute] = name.split('.');
      return attribute === undefined ? this.ref(logicalId) : this.attribute(logicalId, attribute);
    });
  }

  private resource(logicalId: string): Template['Resources'][string] {
    const resource = this.template.Resources[logicalId];
    if (resource === undefined) {
      throw new Error(`the template has no resource ${logicalId}`);
    }
    return resource;
  }

  private name(given: unknown, otherwise: string): string {
    return given === undefined ? otherwise : this.resolve(given) as string;
  }
}

/** Always the same for the same logical id. */
function uuid(logicalId: string): string {
  return createHash('sha256').update(logicalId).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
