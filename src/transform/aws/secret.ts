import { callService } from './service-call';

/** The text or the bytes of a secret. The role of the function needs `secretsmanager:GetSecretValue`. */
export async function secretBytes(secretArn: string, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await callService({
    service: 'secretsmanager',
    target: 'secretsmanager.GetSecretValue',
    input: { SecretId: secretArn },
    endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    // arn:aws:secretsmanager:region:account:secret:name
    region: secretArn.split(':')[3],
  }, signal) as { SecretString?: string; SecretBinary?: string };
  return answer.SecretString !== undefined ? Buffer.from(answer.SecretString) : Buffer.from(answer.SecretBinary ?? '', 'base64');
}
