import { REDACTING_OBJECT_LAMBDA_ENVIRONMENT, RULES_FILE } from './redacting-object-lambda-contract';
import { objectLambdaHandler } from '../transform/aws/object-lambda';
import { redactingFunction } from '../transform/aws/redacting-function';

const hidesKeys = setting('redactKeys') === 'true';

export const handler = objectLambdaHandler(redactingFunction({
  code: __filename,
  rulesFile: RULES_FILE,
  hashKeySecret: setting('hashKeySecret'),
  metadata: setting('metadata'),
  redactsKeys: hidesKeys,
}), { showSizes: setting('showSizes') === 'true', hidesKeys, ownView: setting('ownView') });

function setting(name: keyof typeof REDACTING_OBJECT_LAMBDA_ENVIRONMENT): string | undefined {
  return process.env[REDACTING_OBJECT_LAMBDA_ENVIRONMENT[name]];
}
