import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

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
    const assembly = app.synth({ force: true });
    const file = join(assembly.directory, 'policy-validation-report.json');
    const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { pluginReports: [] };
    const own = report.pluginReports.filter((plugin: any) => plugin.summary.pluginName === 'SecureS3');
    const failures = own.map((plugin: any) => plugin.summary.metadata?.error).filter((error: unknown) => error !== undefined);
    if (failures.length > 0) {
      throw new Error(failures.join('; '));
    }
    const violations: Violation[] = own.flatMap((plugin: any) => plugin.violations);
    return {
      violations,
      rules: [...new Set(violations.filter(({ severity }) => severity === 'fatal').map(({ ruleName }) => ruleName))].sort(),
      exitCode: process.exitCode,
      printed: lines.join('\n'),
      templates: Object.fromEntries(assembly.stacksRecursively.map(stack => [stack.stackName, stack.template])),
    };
  } finally {
    process.exitCode = untouchedExitCode;
    console_.mockRestore();
  }
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
