import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { REDACTING_OBJECT_LAMBDA_ENVIRONMENT, RULES_FILE } from './redacting-object-lambda-contract';
import { RuleSet } from '../redaction/rule-set';
import { objectLambdaHandler } from '../transform/aws/object-lambda';
import { secretBytes } from '../transform/aws/secret';
import { RedactingTransformation } from '../transform/redacting/redacting-transformation';

const rules = JSON.parse(readFileSync(join(__dirname, RULES_FILE), 'utf8')) as RuleSet;
const engine = createHash('sha256').update(readFileSync(__filename)).digest('hex');
const usesHash = [rules.mask, ...Object.values(rules.masks)].some(({ kind }) => kind === 'hash');
const metadata = metadataOf(setting('metadata'));
const redactsKeys = setting('redactKeys') === 'true';
const showSizes = setting('showSizes') === 'true';

let hashKey: Uint8Array | undefined;

export const handler = objectLambdaHandler(async ({ counts, signal }) => {
  if (usesHash) {
    hashKey ??= await secretBytes(setting('hashKeySecret') ?? '', signal);
  }
  return new RedactingTransformation({
    rules,
    hashKey,
    engine,
    metadata,
    redactsKeys,
    onReport: report => Object.entries(report.counts).forEach(([label, count]) => counts.atLeast(label, count)),
  });
}, { showSizes });

function setting(name: keyof typeof REDACTING_OBJECT_LAMBDA_ENVIRONMENT): string | undefined {
  return process.env[REDACTING_OBJECT_LAMBDA_ENVIRONMENT[name]];
}

/** What is unknown is taken as the strictest that still shows something. */
function metadataOf(text = 'redact'): 'redact' | 'keep' | 'drop' {
  return text === 'keep' || text === 'drop' ? text : 'redact';
}
