import { spawnSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import exceptions from './guard-exceptions.json';
import { combinations, constructPath, isWithin, ourApp, pathsByGuarantee, plainApp, resources, synthesize } from './subjects';
import { CATALOGUE } from '../../src/guarantees/catalogue';

const PACKAGE = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
/** The services of the resources that the constructs of this library make, as far as the package has rules for them. */
const RULES = ['s3', 'keymanagementservice', 'athena', 'glue'].map(service => join(PACKAGE, 'rules', 'control-tower', 'cfn-guard', service));

const SYSTEMS: Record<string, string> = { linux: 'ubuntu', darwin: 'macos' };
const PROCESSORS: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64' };
const GUARD = join(PACKAGE, 'bin', SYSTEMS[process.platform], PROCESSORS[process.arch], 'cfn-guard');

/** The exit code of cfn-guard when it ran well and rules failed. */
const FAILURES_FOUND = 19;

/** What one control says of one template. */
interface Judgement {
  readonly control: string;
  readonly stack: string;
  readonly status: 'pass' | 'fail' | 'skip';
  /** The constructs that fail. */
  readonly constructs: string[];
}

/** From the name of the rule in its file to the id of the control, which is the name of the file. */
function controls(): Map<string, string> {
  const found = new Map<string, string>();
  for (const directory of RULES) {
    for (const file of readdirSync(directory)) {
      const rule = /^rule (\w+_check) when/m.exec(readFileSync(join(directory, file), 'utf8'));
      found.set(rule![1], basename(file, '.guard').toUpperCase().replace(/-/g, '.'));
    }
  }
  return found;
}

interface GuardReport {
  readonly name: string;
  readonly compliant: string[];
  readonly not_compliant: { readonly Rule: { readonly name: string } }[];
}

function judge(app: App): Judgement[] {
  const stacks = synthesize(app).stacks;
  const { status, stdout, stderr } = spawnSync(GUARD, [
    'validate',
    ...RULES.flatMap(directory => ['--rules', directory]),
    ...stacks.flatMap(stack => ['--data', stack.templateFullPath]),
    '--output-format', 'json', '--show-summary', 'none', '--structured',
  ], { encoding: 'utf8', maxBuffer: 100_000_000 });
  if (status !== 0 && status !== FAILURES_FOUND) {
    throw new Error(`cfn-guard ended with ${status}: ${stderr}`);
  }
  const reports: GuardReport[] = JSON.parse(stdout);
  return reports.flatMap(report => {
    const stack = stacks.find(({ templateFullPath }) => templateFullPath === report.name)!.stackName;
    const paths = pathsOf(app.node.findChild(stack) as Stack);
    return [...CONTROLS].map(([rule, control]): Judgement => {
      // A rule is written twice, for templates and for hooks, and one of the two never applies.
      const failures = report.not_compliant.filter(({ Rule }) => Rule.name === rule);
      const constructs = [...new Set(failures.flatMap(logicalIds))].map(id => paths.get(id)!);
      return { control, stack, constructs, status: failures.length > 0 ? 'fail' : report.compliant.includes(rule) ? 'pass' : 'skip' };
    });
  });
}

function pathsOf(stack: Stack): Map<string, string> {
  return new Map(resources(stack).map(resource => [stack.resolve(resource.logicalId), constructPath(resource.node.path)]));
}

/** The resources that the report of a rule names, however deep. */
function logicalIds(report: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(report, (key, value) => {
    const resource = key === 'path' ? /^\/Resources\/(\w+)/.exec(value) : null;
    if (resource !== null) {
      found.push(resource[1]);
    }
    return value;
  });
  return found;
}

const CONTROLS = controls();
const OURS = ourApp();
const JUDGED = judge(OURS);
const PLAIN = judge(plainApp());
// The control wants a KMS key.
const BUCKETS = pathsByGuarantee(OURS, { 'default-encryption': ({ encryption }) => ['kms', 'dualLayerKms'].includes(encryption.mode) });

describe('the failures of Control Tower controls', () => {
  const found = JUDGED.flatMap(({ control, constructs }) => constructs.map(construct => `${control} ${construct}`));
  const listed = exceptions.flatMap(({ control, construct }) => combinations(control, construct));

  test('are all listed in guard-exceptions.json', () => {
    expect(found.filter(line => !listed.includes(line))).toEqual([]);
  });

  test('are all that guard-exceptions.json lists', () => {
    expect(listed.filter(line => !found.includes(line))).toEqual([]);
  });

  test('are none for a bucket and a key with all that the reasons name', () => {
    const failing = JUDGED.flatMap(({ constructs }) => constructs);
    expect(failing.filter(construct => ['Complete/LoggingBucketPair/Bucket', 'Complete/Key'].includes(construct))).toEqual([]);
  });

  test('are listed once and with a reason', () => {
    expect(listed.filter((line, index) => listed.indexOf(line) !== index)).toEqual([]);
    expect(exceptions.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  test('name the constructs that fail', () => {
    expect(JUDGED.filter(({ status, constructs }) => (status === 'fail') !== (constructs.length > 0))).toEqual([]);
  });
});

describe.each(CATALOGUE.filter(({ rules }) => rules.controlTower !== undefined))('the guarantee $id', ({ id, rules }) => {
  test.each(rules.controlTower!)('meets %s', control => {
    expect([...CONTROLS.values()]).toContain(control);
    const buckets = BUCKETS.get(id) ?? [];
    expect(buckets).not.toEqual([]);
    const judgements = JUDGED.filter(judgement => judgement.control === control && buckets.some(bucket => isWithin(bucket, judgement.stack)));
    expect(judgements.filter(({ status }) => status !== 'skip')).not.toEqual([]);
    expect(judgements.flatMap(({ constructs }) => constructs).filter(construct => buckets.some(bucket => isWithin(construct, bucket)))).toEqual([]);
    expect(PLAIN.filter(judgement => judgement.control === control).map(({ status }) => status)).toEqual(['fail']);
  });
});
