import { createHmac } from 'crypto';
import { buffer } from 'stream/consumers';
import { LoopbackServer } from './loopback-server';
import { ObjectLambda } from './object-lambda';
import { signatureProblem } from './signatures';

const KEY = 'a key of more than sixteen bytes';
const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:view-AbCdEf';
const RULES = { types: ['EMAIL'], fields: [], keywords: [], patterns: [], mask: { kind: 'hash', length: 16 }, masks: {} };

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
async function secretsManager(problems: (string | undefined)[], asked: unknown[]): Promise<LoopbackServer> {
  return LoopbackServer.start(async (request, response) => {
    const body = await buffer(request);
    const scope = /\/([^/]+\/secretsmanager)\//.exec(request.headers.authorization ?? '')?.[1];
    asked.push([request.headers['x-amz-target'], scope, signatureProblem(request, body), JSON.parse(body.toString())]);
    const problem = problems.shift();
    if (problem === undefined) {
      response.writeHead(200).end(JSON.stringify({ ARN, SecretString: KEY }));
    } else {
      response.writeHead(400).end(JSON.stringify({ __type: problem, message: `not for ${ARN}` }));
    }
  });
}

test('the key of hashes is read from its secret, once', async () => {
  const asked: unknown[] = [];
  const secrets = await secretsManager(['AccessDeniedException'], asked);
  const view = await ObjectLambda.start('redacting-object-lambda', {
    files: { 'rules.json': JSON.stringify(RULES) }, environment: { AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.origin, HASH_KEY_SECRET_ARN: ARN },
  });
  try {
    view.s3.put('a.txt', 'jane@example.com', {}, 'v1');

    expect(await view.get('a.txt')).toMatchObject({ status: 500, code: 'InternalError' });
    expect(view.s3.asked).toEqual([]);
    expect(view.lines.join()).not.toContain(ARN);
    const [first, second] = [await view.get('a.txt'), await view.get('a.txt')];
    expect(first.body.toString()).toMatch(/^\[EMAIL:[0-9a-f]{16}\]$/);
    expect(first.body.toString()).not.toContain(createHmac('sha256', '').update('jane@example.com').digest('hex').slice(0, 16));
    expect(second.body).toEqual(first.body);
    expect(asked).toEqual(Array(2).fill(['secretsmanager.GetSecretValue', 'eu-central-1/secretsmanager', undefined, { SecretId: ARN }]));
  } finally {
    await Promise.all([view.stop(), secrets.stop()]);
  }
});
