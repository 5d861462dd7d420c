import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BucketNode, TemplateResource } from '../guarantees/view';

interface Template {
  readonly Resources?: { [logicalId: string]: TemplateResource };
  readonly Outputs?: { [name: string]: { Value?: unknown; Export?: { Name?: unknown } } };
}

export interface PolicyNode {
  readonly logicalId: string;
  readonly resource: TemplateResource;
  readonly templatePath: string;
}

/** The final template of a stack, as it was written. */
export class WrittenTemplate {
  constructor(readonly stack: Stack, readonly path: string, readonly content: Template) {}

  resource(logicalId: string): TemplateResource | undefined {
    return this.content.Resources?.[logicalId];
  }

  resourcesOfType(type: string): { logicalId: string; resource: TemplateResource }[] {
    return Object.entries(this.content.Resources ?? {}).filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({ logicalId, resource }));
  }
}

/** All final templates of an app, and which bucket a value means, whichever template it stands in. */
export class TemplateIndex {
  private readonly templates = new Map<Stack, WrittenTemplate>();
  private readonly exports = new Map<string, { template: WrittenTemplate; value: unknown }[]>();
  /** By the name as the template writes it: a literal, or put together from pseudo parameters. */
  private readonly named = new Map<string, { template: WrittenTemplate; bucket: BucketNode }[]>();
  private readonly buckets = new Map<string, BucketNode>();
  private readonly owners = new Map<string, WrittenTemplate>();
  private readonly policies = new Map<string, PolicyNode[]>();
  /** The identities of Multi-Region access points; and those by their name. */
  private readonly multiRegion = new Set<string>();
  private readonly multiRegionNamed = new Map<string, { template: WrittenTemplate; identity: string }[]>();
  private readonly multiRegionPolicies = new Map<string, PolicyNode[]>();

  constructor(root: IConstruct) {
    for (const construct of root.node.findAll()) {
      if (Stack.isStack(construct)) {
        this.read(construct);
      }
    }
    const found = [...this.templates.values()];
    found.forEach(template => this.indexExports(template));
    found.forEach(template => this.indexBuckets(template));
    found.forEach(template => this.indexMultiRegionAccessPoints(template));
    found.forEach(template => this.indexPolicies(template));
  }

  templateOf(stack: Stack): WrittenTemplate | undefined {
    return this.templates.get(stack);
  }

  bucket(template: WrittenTemplate, logicalId: string): BucketNode | undefined {
    return this.buckets.get(identityOf(template, logicalId));
  }

  policiesOf(bucket: BucketNode): PolicyNode[] {
    return this.policies.get(bucket.identity) ?? [];
  }

  /** The policies of a Multi-Region access point, in whichever template they stand. */
  multiRegionPoliciesOf(template: WrittenTemplate, logicalId: string): PolicyNode[] {
    return this.multiRegionPolicies.get(identityOf(template, logicalId)) ?? [];
  }

  /** The bucket that receives the access logs of a bucket, if it is in the app. */
  logTargetOf(bucket: BucketNode): BucketNode | undefined {
    const template = this.owners.get(bucket.identity);
    const logging = bucket.resource.Properties?.LoggingConfiguration as { DestinationBucketName?: unknown } | undefined;
    if (template === undefined || logging === undefined) {
      return undefined;
    }
    // Without a destination, S3 delivers the logs to the bucket itself.
    return logging.DestinationBucketName === undefined ? bucket : this.bucketOf(template, logging.DestinationBucketName);
  }

  private read(stack: Stack): void {
    const path = join(Stage.of(stack)?.outdir ?? '', stack.templateFile);
    if (existsSync(path)) {
      this.templates.set(stack, new WrittenTemplate(stack, path, JSON.parse(readFileSync(path, 'utf8'))));
    }
  }

  private indexExports(template: WrittenTemplate): void {
    for (const output of Object.values(template.content.Outputs ?? {})) {
      if (output.Export?.Name !== undefined) {
        listed(this.exports, JSON.stringify(output.Export.Name)).push({ template, value: output.Value });
      }
    }
  }

  private indexBuckets(template: WrittenTemplate): void {
    for (const [logicalId, resource] of Object.entries(template.content.Resources ?? {})) {
      if (resource.Type === 'AWS::S3::Bucket') {
        const bucket = { identity: identityOf(template, logicalId), path: `${template.stack.node.path}/${logicalId}`, logicalId, resource };
        this.buckets.set(bucket.identity, bucket);
        this.owners.set(bucket.identity, template);
        if (resource.Properties?.BucketName !== undefined) {
          listed(this.named, JSON.stringify(resource.Properties.BucketName)).push({ template, bucket });
        }
      }
    }
  }

  private indexPolicies(template: WrittenTemplate): void {
    for (const [logicalId, resource] of Object.entries(template.content.Resources ?? {})) {
      if (resource.Type === 'AWS::S3::BucketPolicy') {
        const bucket = this.bucketOf(template, resource.Properties?.Bucket);
        if (bucket !== undefined) {
          listed(this.policies, bucket.identity).push({ logicalId, resource, templatePath: template.path });
        }
      }
      if (resource.Type === 'AWS::S3::MultiRegionAccessPointPolicy') {
        const accessPoint = this.multiRegionAccessPointOf(template, resource.Properties?.MrapName);
        if (accessPoint !== undefined) {
          listed(this.multiRegionPolicies, accessPoint).push({ logicalId, resource, templatePath: template.path });
        }
      }
    }
  }

  private indexMultiRegionAccessPoints(template: WrittenTemplate): void {
    for (const [logicalId, resource] of Object.entries(template.content.Resources ?? {})) {
      if (resource.Type === 'AWS::S3::MultiRegionAccessPoint') {
        const accessPoint = { template, identity: identityOf(template, logicalId) };
        this.multiRegion.add(accessPoint.identity);
        if (resource.Properties?.Name !== undefined) {
          listed(this.multiRegionNamed, JSON.stringify(resource.Properties.Name)).push(accessPoint);
        }
      }
    }
  }

  /** The Multi-Region access point whose name a value is: a literal, a reference, or an import. Names are unique in all Regions of an account. */
  private multiRegionAccessPointOf(template: WrittenTemplate, value: unknown): string | undefined {
    const namedAlike = this.multiRegionNamed.get(JSON.stringify(value)) ?? [];
    const byName = namedAlike.find(other => mayBeSame(other.template.stack.account, template.stack.account));
    if (byName !== undefined || value === null || typeof value !== 'object') {
      return byName?.identity;
    }
    const [name, argument] = Object.entries(value as Record<string, unknown>)[0] ?? [];
    if (name === 'Ref' && typeof argument === 'string') {
      const identity = identityOf(template, argument);
      return this.multiRegion.has(identity) ? identity : undefined;
    }
    if (name === 'Fn::ImportValue') {
      const exported = nearest(template, this.exports.get(JSON.stringify(argument)) ?? []);
      return exported && this.multiRegionAccessPointOf(exported.template, exported.value);
    }
    return undefined;
  }

  /** The bucket whose name a value of a template is: a literal, a reference, an import, or what a nested stack passes on. */
  private bucketOf(template: WrittenTemplate, value: unknown): BucketNode | undefined {
    const byName = nearest(template, this.named.get(JSON.stringify(value)) ?? []);
    if (byName !== undefined || value === null || typeof value !== 'object') {
      return byName?.bucket;
    }
    const [name, argument] = Object.entries(value as Record<string, unknown>)[0] ?? [];
    if (name === 'Ref' && typeof argument === 'string') {
      return this.buckets.get(identityOf(template, argument)) ?? this.bucketOfParameter(template, argument);
    }
    if (name === 'Fn::ImportValue') {
      const exported = nearest(template, this.exports.get(JSON.stringify(argument)) ?? []);
      return exported && this.bucketOf(exported.template, exported.value);
    }
    if (name === 'Fn::If' && Array.isArray(argument)) {
      return argument.slice(1).map(branch => this.bucketOf(template, branch)).find(bucket => bucket !== undefined);
    }
    if (name === 'Fn::Select') {
      return this.bucketOfArn(template, value); // the name as a part of the ARN
    }
    if (name === 'Fn::GetStackOutput') {
      return this.bucketOfStackOutput(template, argument as StackOutput);
    }
    if (name === 'Fn::Sub' && typeof argument === 'string') {
      const reference = /^\$\{([A-Za-z0-9]+)\}$/.exec(argument);
      return reference ? this.bucketOf(template, { Ref: reference[1] }) : undefined;
    }
    if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
      return this.bucketOfNestedOutput(template, String(argument[0]), String(argument[1]));
    }
    return undefined;
  }

  private bucketOfArn(template: WrittenTemplate, arn: unknown): BucketNode | undefined {
    const [name, argument] = Object.entries((arn ?? {}) as Record<string, unknown>)[0] ?? [];
    if (name === 'Fn::Select' && Array.isArray(argument)) {
      const split = (argument[1] as { 'Fn::Split'?: [string, unknown] } | undefined)?.['Fn::Split'];
      return split && this.bucketOfArn(template, split[1]);
    }
    if (name === 'Fn::GetAtt' && Array.isArray(argument) && argument[1] === 'Arn') {
      return this.buckets.get(identityOf(template, String(argument[0])));
    }
    if (name === 'Fn::ImportValue') {
      const exported = nearest(template, this.exports.get(JSON.stringify(argument)) ?? []);
      return exported && this.bucketOfArn(exported.template, exported.value);
    }
    return undefined;
  }

  private bucketOfParameter(template: WrittenTemplate, parameter: string): BucketNode | undefined {
    const { nestedStackParent, nestedStackResource } = template.stack;
    const parent = nestedStackParent && this.templates.get(nestedStackParent);
    if (parent === undefined || nestedStackResource === undefined) {
      return undefined;
    }
    const parameters = parent.resource(parent.stack.resolve(nestedStackResource.logicalId))?.Properties?.Parameters;
    return this.bucketOf(parent, (parameters as Record<string, unknown> | undefined)?.[parameter]);
  }

  private bucketOfStackOutput(template: WrittenTemplate, output: StackOutput): BucketNode | undefined {
    const candidates = [...this.templates.values()]
      .filter(({ stack }) => stack.nestedStackParent === undefined && stack.stackName === output.StackName)
      .map(other => ({ template: other }));
    const found = nearest(template, candidates, output.Region)?.template;
    return found && this.bucketOf(found, found.content.Outputs?.[output.OutputName]?.Value);
  }

  private bucketOfNestedOutput(template: WrittenTemplate, nestedStackId: string, attribute: string): BucketNode | undefined {
    const nested = [...this.templates.values()].find(({ stack }) => stack.nestedStackParent === template.stack
      && stack.nestedStackResource !== undefined && template.stack.resolve(stack.nestedStackResource.logicalId) === nestedStackId);
    return nested && this.bucketOf(nested, nested.content.Outputs?.[attribute.replace(/^Outputs\./, '')]?.Value);
  }
}

interface StackOutput {
  readonly StackName: string;
  readonly OutputName: string;
  readonly Region?: string;
}

/**
 * Which of several things with the same name a template means: that of its own Stage before others, and never one of another
 * account or Region.
 */
function nearest<T extends { template: WrittenTemplate }>(from: WrittenTemplate, candidates: T[], region = from.stack.region): T | undefined {
  const reachable = candidates.filter(({ template: { stack } }) => mayBeSame(stack.account, from.stack.account) && mayBeSame(stack.region, region));
  return reachable.find(({ template }) => dirname(template.path) === dirname(from.path)) ?? reachable[0];
}

function mayBeSame(a: string, b: string): boolean {
  return Token.isUnresolved(a) || Token.isUnresolved(b) || a === b;
}

function listed<T>(map: Map<string, T[]>, key: string): T[] {
  let list = map.get(key);
  if (list === undefined) {
    map.set(key, list = []);
  }
  return list;
}

function identityOf(template: WrittenTemplate, logicalId: string): string {
  return `${template.path}#${logicalId}`;
}
