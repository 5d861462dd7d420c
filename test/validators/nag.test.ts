import { App } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
} from 'cdk-nag';
import acknowledgements from './nag-acknowledgements.json';
import { combinations, constructPath, isWithin, ourApp, pathsByGuarantee, plainApp, resources, split, synthesize } from './subjects';
import { CATALOGUE } from '../../src/guarantees/catalogue';

const PACKS: (new () => NagPack)[] = [
  AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
];

interface NagFinding {
  readonly pack: string;
  /** As the pack writes it: `AwsSolutions-IAM5[Resource::*]`. */
  readonly rule: string;
  readonly construct: string;
}

function findings(app: App): NagFinding[] {
  return PACKS.map(Pack => new Pack()).flatMap(pack => pack.validateScope(app).violations.flatMap(
    violation => violation.violatingResources.map(resource => ({
      pack: pack.readPackName, rule: violation.ruleName, construct: constructPath(resource.constructPath!),
    }))));
}

/** Every rule of a pack is tried on every resource, so one resource tells them all. */
function ruleIds(): Set<string> {
  const ids = new Set<string>();
  const [resource] = resources(plainApp());
  for (const pack of PACKS.map(Pack => new Pack() as any)) {
    pack.applyRule = ({ ruleSuffixOverride, rule }: any) => ids.add(`${pack.packName}-${ruleSuffixOverride ?? rule.name}`);
    pack.checkResource(resource);
  }
  return ids;
}

const OURS = ourApp();
synthesize(OURS);
const FOUND = findings(OURS);
const FOUND_IN_PLAIN = findings(plainApp());
const RULE_IDS = ruleIds();
// These rules want a KMS key, and cdk-nag does not know that DSSE-KMS is one.
const BUCKETS = pathsByGuarantee(OURS, { 'default-encryption': ({ encryption }) => encryption.mode === 'kms' });

describe('the findings of cdk-nag', () => {
  const found = FOUND.map(({ pack, rule, construct }) => `${pack} ${rule} ${construct}`);
  const listed = acknowledgements.flatMap(({ pack, rule, construct }) => split(pack).flatMap(
    name => combinations(name, `${name}-${rule}`, construct)));

  test('are all acknowledged in nag-acknowledgements.json', () => {
    expect(found.filter(line => !listed.includes(line))).toEqual([]);
  });

  test('are all that nag-acknowledgements.json acknowledges', () => {
    expect(listed.filter(line => !found.includes(line))).toEqual([]);
  });

  test('are none for a bucket with all the options that the reasons name', () => {
    expect(FOUND.filter(({ construct }) => construct === 'Complete/LoggingBucketPair/Bucket')).toEqual([]);
  });

  test('are acknowledged once and with a reason', () => {
    expect(listed.filter((line, index) => listed.indexOf(line) !== index)).toEqual([]);
    expect(acknowledgements.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});

describe.each(CATALOGUE.filter(({ rules }) => rules.cdkNag !== undefined))('the guarantee $id', ({ id, rules }) => {
  test.each(rules.cdkNag!)('meets %s', rule => {
    expect(RULE_IDS).toContain(rule);
    const buckets = BUCKETS.get(id) ?? [];
    expect(buckets).not.toEqual([]);
    const against = FOUND.filter(finding => finding.rule === rule && buckets.some(bucket => isWithin(finding.construct, bucket)));
    expect(against).toEqual([]);
    expect(FOUND_IN_PLAIN.map(finding => finding.rule)).toContain(rule);
  });
});

test('six packs with at least 300 rules were asked', () => {
  expect(new Set([...RULE_IDS].map(id => id.replace(/-[^-]*$/, ''))).size).toBe(6);
  expect(RULE_IDS.size).toBeGreaterThan(300);
});
