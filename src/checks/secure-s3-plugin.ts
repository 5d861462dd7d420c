import {
  App, CfnElement, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation,
  Stack, Stage, StageSynthesisOptions, Token, Tokenization, Validations,
} from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { acknowledgement } from './acknowledgement';
import { PolicyNode, TemplateIndex, WrittenTemplate } from './template-index';
import { CATALOGUE, guaranteesOf } from '../guarantees/catalogue';
import { Facts } from '../guarantees/facts';
import { AnyGuarantee, Finding } from '../guarantees/guarantee';
import { verify } from '../guarantees/verify';
import { BucketNode, BucketView, PolicyView, View } from '../guarantees/view';
import { ResourceArns } from '../private/statement';

/** Before the two colons of the id with which a finding is acknowledged: `SecureS3::versioned`. */
export const PLUGIN_NAME = 'SecureS3';

/**
 * Where it only sets the exit code, the CDK CLI, which looks for a report of another name, and apps in other languages than
 * JavaScript go on as if nothing had been found. Newer versions of aws-cdk-lib, which know that report, throw or tell the CLI.
 * The CLI sets the context that keeps synthesis from failing, since it would read the report; that context counts without it only.
 */
const SYNTH_ONLY_SETS_EXIT_CODE = !('VALIDATION_REPORT_FILE' in cxapi);

/** A construct that gives guarantees, with what it was asked to be. */
export interface Subject {
  /** Its default child is the resource that is judged: a bucket, a function, or what the policy that is given speaks of. */
  readonly construct: IConstruct;
  readonly facts: Facts;
  /** Where the policy stands, and which resource it speaks of. Bucket policies are found in whichever template they stand. */
  readonly policy?: { readonly element: CfnElement; readonly property: PolicyView['property']; readonly arns: ResourceArns };
}

/** Of what has no policy of its own. */
const NO_ARNS: ResourceArns = { own: undefined, objects: undefined };

/** What became of one guarantee of one subject. */
export interface Verdict {
  readonly subject: Subject;
  readonly guarantee: AnyGuarantee;
  readonly view: View;
  readonly templatePath: string;
  readonly findings: Finding[];
  /** Why a person accepts the findings. */
  readonly acknowledged?: string;
}

/**
 * Reads the final templates and tells, for every construct of this library, which guarantee no longer holds.
 *
 * CDK drops acknowledged findings for the whole app, whichever construct they were acknowledged on. So this plugin looks
 * for the acknowledgement on the construct and its scopes itself, and reports the rest as `fatal`, which CDK does not drop.
 */
export class SecureS3Plugin implements IPolicyValidationPlugin {
  /** Registers a construct, and the plugin with its Stage. One plugin serves the whole app. */
  static register(subject: Subject): void {
    const root = subject.construct.node.root;
    let plugin = SecureS3Plugin.plugins.get(root);
    if (plugin === undefined) {
      plugin = new SecureS3Plugin(root);
      SecureS3Plugin.plugins.set(root, plugin);
      if (App.isApp(root) && SYNTH_ONLY_SETS_EXIT_CODE) {
        plugin.throwFromSynth(root);
      }
    }
    plugin.add(subject);
  }

  /** The plugin of an app, if a construct of this library is in it. */
  static of(app: IConstruct): SecureS3Plugin | undefined {
    return SecureS3Plugin.plugins.get(app.node.root);
  }

  private static readonly plugins = new WeakMap<IConstruct, SecureS3Plugin>();

  readonly name = PLUGIN_NAME;
  readonly ruleIds = CATALOGUE.map(guarantee => guarantee.id);
  private readonly subjects: Subject[] = [];
  private readonly stages = new Set<Stage>();
  private failure?: string;

  private constructor(private readonly root: IConstruct) {}

  validate(_context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.failure = 'the templates could not be read';
    // Not only the templates of the Stage: what weakens a bucket may be in any.
    const failed = this.verdicts().filter(verdict => verdict.findings.length > 0);
    const unaccepted = failed.filter(verdict => verdict.acknowledged === undefined).map(violation);
    this.failure = unaccepted.length === 0 ? undefined : unaccepted.map(({ ruleName, description, fix }) => `${ruleName}: ${description}\n  ${fix}`).join('\n');
    return {
      success: failed.every(verdict => verdict.acknowledged !== undefined),
      violations: failed.map(violation),
    };
  }

  /** Judges every construct in the final templates. */
  verdicts(): Verdict[] {
    const index = new TemplateIndex(this.root);
    const views = this.subjects.map(subject => {
      const template = index.templateOf(Stack.of(subject.construct));
      return { subject, template, view: template && viewOf(subject, template, index) };
    });
    return views.flatMap(({ subject, template, view }) => {
      return view === undefined ? [] : guaranteesOf(subject.facts).map(guarantee => {
        const findings = verify(guarantee, view);
        return {
          subject,
          guarantee,
          view,
          templatePath: template!.path,
          findings,
          acknowledged: findings.length === 0 ? undefined : acknowledgement(subject.construct, `${PLUGIN_NAME}::${guarantee.id}`),
        };
      });
    });
  }

  /** jsii calls the method of an object's class, whatever the object itself has, so the app gets a class of its own. */
  private throwFromSynth(app: App): void {
    const synth = app.synth;
    const throwOnFindings = (assembly: cxapi.CloudAssembly) => this.throwOnFindings(app, assembly);
    const OwnClass = class extends (app.constructor as typeof App) {
      public synth(options?: StageSynthesisOptions): cxapi.CloudAssembly {
        const assembly = synth.call(this, options);
        throwOnFindings(assembly);
        return assembly;
      }
    };
    Object.setPrototypeOf(app, OwnClass.prototype);
  }

  private throwOnFindings(app: App, assembly: cxapi.CloudAssembly): void {
    const mayFail = app.node.tryGetContext(cxapi.FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT) ?? true;
    if (this.failure !== undefined && (mayFail || process.env.CDK_CLI_VERSION !== undefined)) {
      throw new Error(`Validation failed.\n${this.failure}\nA copy of this report can be found in: ${assembly.directory}`);
    }
  }

  private add(subject: Subject): void {
    this.subjects.push(subject);
    const stage = Stage.of(subject.construct);
    if (stage !== undefined && !this.stages.has(stage)) {
      this.stages.add(stage);
      Validations.of(stage).addPlugins(this);
    }
  }
}

function violation({ subject, guarantee, findings, acknowledged, templatePath, view }: Verdict): PolicyViolation {
  const told = findings.map(finding => finding.problem).join('; ');
  return {
    // Another name than the acknowledged rule's, or CDK would leave the acknowledgement out of the report.
    ruleName: acknowledged === undefined ? guarantee.id : `${guarantee.id} (acknowledged)`,
    description: acknowledged === undefined
      ? `[${subject.construct.node.path}] no longer holds: ${guarantee.title}. Undone by: ${told}`
      : `[${subject.construct.node.path}] accepted because: ${acknowledged}. Undone by: ${told}`,
    fix: `${guarantee.remedy}; or, if you mean it, Validations.of(${nameOfVariable(subject)}).acknowledge({ id: '${PLUGIN_NAME}::${guarantee.id}', reason: '...' }). See ${guarantee.awsPage}`,
    severity: acknowledged === undefined ? 'fatal' : 'info',
    violatingResources: [...new Set(findings.map(finding => finding.logicalId))].map(logicalId => ({
      resourceLogicalId: logicalId ?? view.logicalId,
      templatePath,
      locations: findings.filter(finding => finding.logicalId === logicalId).map(finding => finding.location),
    })),
  };
}

/** What a person calls it in their code. */
function nameOfVariable({ facts }: Subject): string {
  switch (facts.construct) {
    case 'AccessPoint':
    case 'VpcAccessPoint':
    case 'MultiRegionAccessPoint':
    case 'ObjectLambdaAccessPoint':
      return 'accessPoint';
    case 'VpcEndpointForS3':
    case 'RedactedEndpoint':
      return 'endpoint';
    case 'RedactedCopy':
      return 'copy';
    case 'ComplianceArchive':
    case 'ArchiveEvidence':
      return 'archive';
    default:
      return 'bucket';
  }
}

function viewOf(subject: Subject, template: WrittenTemplate, index: TemplateIndex): View | undefined {
  const { construct, facts } = subject;
  const { stack } = template;
  const logicalId: string = stack.resolve((construct.node.defaultChild as CfnElement).logicalId);
  const resource = template.resource(logicalId);
  if (resource === undefined) {
    return undefined; // taken out of the app: there is nothing to protect
  }
  const common = {
    facts,
    logicalId,
    resource,
    resourceOf: (id: string) => template.resource(id),
    resourcesOfType: (type: string) => template.resourcesOfType(type),
    resolve: (value: unknown) => resolveTokens(stack, value),
  };
  if (subject.policy === undefined) {
    const node = index.bucket(template, logicalId);
    return node === undefined ? { ...common, policies: [], arns: NO_ARNS } : bucketView(construct as s3.Bucket, node, common, index, template);
  }
  const { element, property, arns } = subject.policy;
  const policyId: string = stack.resolve(element.logicalId);
  const policy = template.resource(policyId);
  const seconds = index.multiRegionPoliciesOf(template, logicalId).map(node => policyView(node, property, template))
    .filter(each => !each.sameTemplate || each.logicalId !== policyId);
  return {
    ...common,
    policies: [...policy === undefined ? [] : [{ logicalId: policyId, resource: policy, property, sameTemplate: true }], ...seconds],
    arns,
  };
}

function bucketView(
  bucket: s3.Bucket, node: BucketNode, common: Omit<View, 'policies' | 'arns'>, index: TemplateIndex, template: WrittenTemplate,
): BucketView<Facts> {
  node.path = bucket.node.path;
  // As CDK writes both within a template.
  const arn = { 'Fn::GetAtt': [common.logicalId, 'Arn'] };
  return {
    ...common,
    policies: policiesOf(bucket, node, template, index),
    arns: { own: arn, objects: { 'Fn::Join': ['', [arn, '/*']] } },
    logTargetOf: (of = node) => index.logTargetOf(of),
    self: node,
  };
}

/** The policies of a bucket, its own first. */
function policiesOf(bucket: s3.Bucket, node: BucketNode, template: WrittenTemplate, index: TemplateIndex): PolicyView[] {
  const own = bucket.policy && template.stack.resolve((bucket.policy.node.defaultChild as CfnElement).logicalId);
  const policies = index.policiesOf(node).map(policy => policyView(policy, 'PolicyDocument', template));
  const isOwn = (policy: PolicyView) => policy.sameTemplate && policy.logicalId === own;
  return [...policies.filter(isOwn), ...policies.filter(policy => !isOwn(policy))];
}

function policyView({ logicalId, resource, templatePath }: PolicyNode, property: PolicyView['property'], template: WrittenTemplate): PolicyView {
  return { logicalId, resource, property, sameTemplate: templatePath === template.path };
}

/** As `stack.resolve`, which visits every value, but only where there is a token: most statements hold none. */
function resolveTokens(stack: Stack, value: unknown): unknown {
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) ? stack.resolve(value) : value.map(item => resolveTokens(stack, item));
  }
  if (typeof value === 'string') {
    return Token.isUnresolved(value) ? stack.resolve(value) : value;
  }
  if (value !== null && typeof value === 'object') {
    return Tokenization.isResolvable(value) ? stack.resolve(value)
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveTokens(stack, item)]));
  }
  return value;
}
