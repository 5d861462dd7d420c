/**
 * Writes docs/GUARANTEES.md from the catalogue. With `--check`, fails if the file is not what it would write.
 */
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CATALOGUE } from '../../src/guarantees/catalogue';
import { OutsideRules } from '../../src/guarantees/guarantee';

const ROOT = join(__dirname, '..', '..');
const FILE = join(ROOT, 'docs', 'GUARANTEES.md');
const ACKNOWLEDGEMENTS = join(ROOT, 'test', 'validators', 'nag-acknowledgements.json');

/** Of the Security Hub controls that the catalogue names. https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html */
const FSBP = ['CloudFront.3', 'CloudFront.9', 'S3.1', 'S3.2', 'S3.3', 'S3.5', 'S3.6', 'S3.8', 'S3.9', 'S3.12', 'S3.13', 'S3.19', 'S3.24', 'S3.25'];

interface Acknowledgement {
  readonly pack: string;
  readonly rule: string;
  readonly construct: string;
  readonly reason: string;
}

const written = document();
if (process.argv.includes('--check')) {
  if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== written) {
    console.error('docs/GUARANTEES.md is not what the catalogue says: run npm run docs');
    process.exitCode = 1;
  } else {
    console.log(`docs/GUARANTEES.md is up to date: ${CATALOGUE.length} guarantees`);
  }
} else {
  writeFileSync(FILE, written);
}

function document(): string {
  return [
    '# Guarantees',
    '',
    'Generated from `src/guarantees/catalogue.ts` by `npm run docs`. A guarantee is one sentence about a deployed bucket, access point or endpoint that a reviewer can check.',
    'It is enforced by statements or properties, and found again in the final template when the app is synthesized. To accept a finding, say',
    "`Validations.of(construct).acknowledge({ id: 'SecureS3::<id>', reason: '...' })` on the construct or a scope around it. A",
    '`ComplianceArchive` is a `SecureBucket` as well, and a `LoggingBucketPair` two buckets: they give the guarantees of both.',
    '',
    '| Guarantee | Constructs | How enforced | Security Hub | CIS | Control Tower | cdk-nag | NIST 800-53 r5 | PCI DSS 4.0.1 | HIPAA | AWS page |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...CATALOGUE.map(({ id, title, constructs, enforcedBy, rules, awsPage }) => row([
      `**${title}** (\`${id}\`)`, constructs.map(nameOfConstruct).join(', '), enforcedBy,
      ...ruleColumns(rules), `[AWS](${awsPage})`,
    ])),
    '',
    'Security Hub: controls marked * belong to AWS Foundational Security Best Practices (FSBP). NIST and PCI DSS ids are those that Security Hub',
    'gives for the same controls, HIPAA ids those of the AWS Config conformance pack. CIS ids are those of the AWS Foundations Benchmark 3.0.0 and 5.0.0.',
    '',
    '## Why',
    '',
    ...CATALOGUE.flatMap(({ id, title, reason, rules }) => [
      `- **${title}** (\`${id}\`). ${reason}${rules.note === undefined ? '' : ` Outside rules: ${rules.note}.`}`,
    ]),
    '',
    '## What cdk-nag finds all the same',
    '',
    'All six packs of cdk-nag run over the constructs in the tests. These findings remain, each for a reason:',
    '',
    '| Rule | Construct | Reason |',
    '|---|---|---|',
    ...(JSON.parse(readFileSync(ACKNOWLEDGEMENTS, 'utf8')) as Acknowledgement[]).map(({ pack, rule, construct, reason }) => row([`${pack}: ${rule}`, construct, reason])),
    '',
  ].join('\n');
}

function nameOfConstruct(name: string): string {
  return name === 'VpcEndpointForS3' ? 'endpoint of `VpcAccessPoint`' : `\`${name}\``;
}

function ruleColumns(rules: OutsideRules): string[] {
  const securityHub = rules.securityHub?.map(id => FSBP.includes(id) ? `${id}*` : id);
  return [securityHub, rules.cis, rules.controlTower, rules.cdkNag, rules.nist, rules.pci, rules.hipaa]
    .map(ids => ids === undefined || ids.length === 0 ? '–' : ids.join(', '));
}

function row(cells: string[]): string {
  return `| ${cells.map(cell => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
}
