/**
 * Shows that the import zones are in force: files with an import against the arrows of ARCHITECTURE.md, and a circle, are put
 * beside the sources, linted and removed. Each must be an error of its own rule, and an import along the arrows none.
 */
import { execFileSync } from 'child_process';
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

const ROOT = join(__dirname, '..', '..');

const PROBES: { file: string; imported: string; rule?: string }[] = [
  { file: 'src/guarantees/zone-probe.ts', imported: '../bucket/secure-bucket', rule: 'import/no-restricted-paths' },
  { file: 'src/private/zone-probe.ts', imported: '../guarantees/catalogue', rule: 'import/no-restricted-paths' },
  { file: 'src/checks/zone-probe.ts', imported: '../bucket/secure-bucket', rule: 'import/no-restricted-paths' },
  { file: 'src/bucket/zone-probe.ts', imported: '../logging/logging-bucket-pair', rule: 'import/no-restricted-paths' },
  { file: 'src/logging/zone-probe.ts', imported: '../index', rule: 'import/no-restricted-paths' },
  { file: 'src/logging/archive-probe.ts', imported: '../archive/zone-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/bucket/archive-probe.ts', imported: '../archive/zone-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/bucket/access-point-probe.ts', imported: '../access-point/zone-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/access-point/zone-probe.ts', imported: '../logging/access-log-queries', rule: 'import/no-restricted-paths' },
  { file: 'src/archive/zone-probe.ts', imported: '../access-point/zone-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/archive/cdk-probe.lambda.ts', imported: 'aws-cdk-lib', rule: 'import/no-restricted-paths' },
  { file: 'src/archive/construct-probe.lambda.ts', imported: '../bucket/cors', rule: 'import/no-restricted-paths' },
  { file: 'src/archive/cdk-probe-contract.ts', imported: 'constructs', rule: 'import/no-restricted-paths' },
  { file: 'src/archive/lambda-probe.ts', imported: './right-probe.lambda', rule: 'import/no-restricted-paths' },
  { file: 'src/redaction/cdk-probe.ts', imported: 'aws-cdk-lib', rule: 'import/no-restricted-paths' },
  { file: 'src/redaction/construct-probe.ts', imported: '../bucket/cors', rule: 'import/no-restricted-paths' },
  { file: 'src/redaction/private-probe.ts', imported: '../private/statement', rule: 'import/no-restricted-paths' },
  { file: 'src/redaction/cli-probe.ts', imported: '../cli/zone-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/bucket/engine-probe.ts', imported: '../redaction/stream', rule: 'import/no-restricted-paths' },
  { file: 'src/archive/cli-probe.ts', imported: '../cli/zone-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/cli/zone-probe.ts', imported: '../bucket/cors', rule: 'import/no-restricted-paths' },
  { file: 'src/cli/cdk-probe.ts', imported: 'aws-cdk-lib', rule: 'import/no-restricted-paths' },
  { file: 'src/transform/cdk-probe.ts', imported: 'aws-cdk-lib', rule: 'import/no-restricted-paths' },
  { file: 'src/transform/construct-probe.ts', imported: '../bucket/cors', rule: 'import/no-restricted-paths' },
  { file: 'src/transform/sdk-probe.ts', imported: '@aws-sdk/client-s3', rule: 'import/no-restricted-paths' },
  { file: 'src/object-lambda/transform-probe.ts', imported: '../transform/view', rule: 'import/no-restricted-paths' },
  { file: 'src/object-lambda/engine-probe.ts', imported: '../redaction/stream', rule: 'import/no-restricted-paths' },
  { file: 'src/access-point/view-probe.ts', imported: '../object-lambda/right-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/object-lambda/endpoint-probe.ts', imported: '../redacted-view/right-probe', rule: 'import/no-restricted-paths' },
  { file: 'src/private/cycle-probe-a.ts', imported: './cycle-probe-b', rule: 'import/no-cycle' },
  { file: 'src/private/cycle-probe-b.ts', imported: './cycle-probe-a', rule: 'import/no-cycle' },
  { file: 'src/redaction/right-probe.ts', imported: '../private/errors' },
  { file: 'src/bucket/rules-probe.ts', imported: '../redaction/redaction' },
  { file: 'src/cli/right-probe.ts', imported: '../redaction/stream' },
  { file: 'src/guarantees/right-probe.ts', imported: '../private/statement' },
  { file: 'src/archive/right-probe.ts', imported: '../bucket/secure-bucket' },
  { file: 'src/archive/right-probe-2.ts', imported: '../logging/access-log-queries' },
  { file: 'src/access-point/right-probe.ts', imported: '../bucket/secure-bucket' },
  { file: 'src/transform/right-probe.ts', imported: '../redaction/stream' },
  { file: 'src/transform/aws/right-probe.ts', imported: '@aws-sdk/client-s3' },
  { file: 'src/object-lambda/right-probe.lambda.ts', imported: '../transform/view' },
  { file: 'src/object-lambda/right-probe.ts', imported: '../access-point/access-point' },
  { file: 'src/redacted-view/right-probe.ts', imported: '../object-lambda/right-probe' },
  { file: 'src/archive/right-probe-contract.ts', imported: '../private/statement' },
  { file: 'src/archive/right-probe.lambda.ts', imported: './right-probe-contract' },
  { file: 'src/archive/right-probe-2.lambda.ts', imported: '@aws-sdk/client-glacier' },
];

interface LintResult {
  readonly filePath: string;
  readonly messages: { ruleId: string; message: string }[];
}

function lint(): LintResult[] {
  const files = PROBES.map(({ file }) => file);
  const env = { ...process.env, ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' };
  try {
    return JSON.parse(execFileSync('npx', ['--no-install', 'eslint', '--format', 'json', ...files], { cwd: ROOT, env, encoding: 'utf8' }));
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

try {
  PROBES.forEach(({ file, imported }) => {
    mkdirSync(join(ROOT, dirname(file)), { recursive: true });
    writeFileSync(join(ROOT, file), `import * as imported from '${imported}';\n\nexport const used = () => imported;\n`);
  });
  const results = lint();
  const wrong = PROBES.filter(({ file, rule }) => {
    const found = results.find(({ filePath }) => filePath === join(ROOT, file))!.messages.map(({ ruleId }) => ruleId);
    return rule === undefined ? found.length > 0 : !found.includes(rule);
  });
  if (wrong.length > 0) {
    throw new Error(`not judged as ARCHITECTURE.md draws it: ${wrong.map(({ file, imported }) => `${file} -> ${imported}`).join(', ')}`);
  }
  console.log(`import zones: ${PROBES.filter(({ rule }) => rule !== undefined).length} wrong imports are errors, ${PROBES.filter(({ rule }) => rule === undefined).length} right ones are none`);
} finally {
  PROBES.forEach(({ file }) => rmSync(join(ROOT, file), { force: true }));
}
