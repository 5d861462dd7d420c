import { ENDPOINT_SETTINGS, EndpointGrant, EndpointSettings, TOKEN_HEADER } from './redacted-endpoint-contract';
import { REDACTING_OBJECT_LAMBDA_ENVIRONMENT, RULES_FILE } from '../object-lambda/redacting-object-lambda-contract';
import { endpointHandler } from '../transform/aws/endpoint-handler';
import { redactingFunction } from '../transform/aws/redacting-function';
import { Grant } from '../transform/endpoint/grants';
import { AwsLambda } from '../transform/endpoint/response-stream';

declare const awslambda: AwsLambda;

const hidesKeys = setting('redactKeys') === 'true';
const settings = JSON.parse(process.env[ENDPOINT_SETTINGS]!) as EndpointSettings;

export const handler = awslambda.streamifyResponse(endpointHandler({
  ...settings,
  grants: settings.grants.map(grantOf),
  tokenHeader: TOKEN_HEADER,
  showSizes: setting('showSizes') === 'true',
  hidesKeys,
  transformationOf: redactingFunction({
    code: __filename,
    rulesFile: RULES_FILE,
    hashKeySecret: setting('hashKeySecret'),
    metadata: setting('metadata'),
    redactsKeys: hidesKeys,
  }),
}, awslambda));

function grantOf({ arn, claim, value, prefix }: EndpointGrant): Grant {
  return arn !== undefined ? { arn, prefix } : { claim: claim!, value: value!, prefix };
}

function setting(name: keyof typeof REDACTING_OBJECT_LAMBDA_ENVIRONMENT): string | undefined {
  return process.env[REDACTING_OBJECT_LAMBDA_ENVIRONMENT[name]];
}
