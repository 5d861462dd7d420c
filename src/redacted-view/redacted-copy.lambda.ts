import { COPY_SETTINGS, CopySettings } from './redacted-copy-contract';
import { REDACTING_OBJECT_LAMBDA_ENVIRONMENT, RULES_FILE } from '../object-lambda/redacting-object-lambda-contract';
import { copyHandler } from '../transform/aws/copy-handler';
import { redactingFunction } from '../transform/aws/redacting-function';

export const handler = copyHandler({
  ...JSON.parse(process.env[COPY_SETTINGS]!) as CopySettings,
  transformationOf: redactingFunction({
    code: __filename,
    rulesFile: RULES_FILE,
    hashKeySecret: setting('hashKeySecret'),
    metadata: setting('metadata'),
    redactsKeys: false,
  }),
});

function setting(name: keyof typeof REDACTING_OBJECT_LAMBDA_ENVIRONMENT): string | undefined {
  return process.env[REDACTING_OBJECT_LAMBDA_ENVIRONMENT[name]];
}
