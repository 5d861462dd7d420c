import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const ENV = { account: ACCOUNT, region: REGION };

/** One entry of the report that CDK writes at synth. */
export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly fix: string;
  readonly severity: string;
  readonly violatingConstructs: { constructPath?: string; resourceLogicalId: string; templatePath: string; locations: string[] }[];
}

/** What synthesis told. */
export interface Outcome {
  /** What the plugin of this library reported. */
  readonly violations: Violation[];
  /** The rules of the violations that nobody acknowledged, sorted and each once. */
  readonly rules: string[];
  /** What CDK asked the process to end with. */
  readonly exitCode: typeof process.exitCode;
  /** What stood on the console. */
  readonly printed: string;
  readonly templates: { [stackName: string]: any };
}

const outdirs: string[] = [];
const untouchedExitCode = process.exitCode;

afterAll(() => outdirs.forEach(outdir => rmSync(outdir, { recursive: true, force: true })));
afterEach(() => {
  process.exitCode = untouchedExitCode;
});

/** An app that leaves nothing behind when the tests of a file have run. */
export function newApp(props: AppProps = {}): App {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  outdirs.push(outdir);
  return new App({ outdir, analyticsReporting: false, treeMetadata: false, ...props });
}

export function newStack(props: StackProps = { env: ENV }, app: AppProps = {}): Stack {
  return new Stack(newApp(app), 'Stack', props);
}

/** Synthesizes an app and reads the report of the plugin. */
export function synth(app: App): Outcome {
  const lines: string[] = [];
  const console_ = jest.spyOn(console, 'error').mockImplementation((...told) => void lines.push(told.join(' ')));
  process.exitCode = undefined;
  try {
    const exitCode = synthExitCode(app);
    const own = pluginReports(app.outdir).filter(plugin => (plugin.pluginName ?? plugin.summary.pluginName) === 'SecureS3');
    const failures = own.map(plugin => (plugin.metadata ?? plugin.summary?.metadata)?.error).filter(error => error !== undefined);
    if (failures.length > 0) {
      throw new Error(failures.join('; '));
    }
    const violations = own.flatMap(plugin => plugin.violations.map(asViolation));
    return {
      violations,
      rules: [...new Set(violations.filter(({ severity }) => severity === 'fatal').map(({ ruleName }) => ruleName))].sort(),
      exitCode,
      printed: lines.join('\n'),
      templates: Object.fromEntries(new CloudAssembly(app.outdir).stacksRecursively.map(stack => [stack.stackName, stack.template])),
    };
  } finally {
    process.exitCode = untouchedExitCode;
    console_.mockRestore();
  }
}

/** Newer versions of CDK throw where older ones set the exit code. */
function synthExitCode(app: App): typeof process.exitCode {
  try {
    app.synth({ force: true });
    return process.exitCode;
  } catch (error) {
    if (!String(error).includes('A copy of this report can be found in')) {
      throw error;
    }
    console.error(String(error));
    return 1;
  }
}

/** The report of CDK at the floor version and of newer ones, which have other names for the same things. */
function pluginReports(outdir: string): any[] {
  const file = ['policy-validation-report.json', 'validation-report.json'].map(name => join(outdir, name)).find(existsSync);
  return file === undefined ? [] : JSON.parse(readFileSync(file, 'utf8')).pluginReports;
}

function asViolation(told: any): Violation {
  return {
    ...told,
    fix: told.fix ?? told.suggestedFix,
    violatingConstructs: told.violatingConstructs.map(({ constructPath, cloudFormationResource: resource, ...old }: any) => resource === undefined
      ? { constructPath, ...old }
      : { constructPath, resourceLogicalId: resource.logicalId, templatePath: resource.templatePath, locations: resource.propertyPaths ?? [] }),
  };
}

/** As `synth`, of the app that a stack is in. */
export function synthOf(stack: Stack): Outcome {
  return synth(stack.node.root as App);
}

/** The template of a stack, without the words that CDK says on the console. */
export function templateOf(stack: Stack): Template {
  const console_ = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    return Template.fromStack(stack);
  } finally {
    process.exitCode = untouchedExitCode;
    console_.mockRestore();
  }
}

/** The statements of the only bucket policy of a template, or of that for a bucket with a logical id. */
export function statementsOf(template: Template, bucketLogicalId?: string): any[] {
  const policies = Object.values(template.findResources('AWS::S3::BucketPolicy'))
    .filter(({ Properties }) => bucketLogicalId === undefined || Properties.Bucket.Ref === bucketLogicalId);
  expect(policies).toHaveLength(1);
  return policies[0].Properties.PolicyDocument.Statement;
}

/** The statement with a Sid of a bucket policy; undefined without it. */
export function statement(template: Template, sid: string, bucketLogicalId?: string): any {
  return statementsOf(template, bucketLogicalId).find(({ Sid }) => Sid === sid);
}
