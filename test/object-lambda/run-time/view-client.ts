import { Agent } from 'http';
import { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { ObjectLambdaServer } from './object-lambda-server';
import { CREDENTIALS, REGION } from './signatures';

/** A client of the SDK whose requests to the ARN of the view go to the server on loopback, as those of a user go to S3 Object Lambda. */
export function viewClient({ origin }: ObjectLambdaServer, config: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint: `http://s3-object-lambda.${REGION}.example.com:${new URL(origin).port}`,
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    // Each host is here.
    requestHandler: { httpAgent: new Agent({ keepAlive: true, lookup: (_host, _options, tell) => tell(null, [{ address: '127.0.0.1', family: 4 }]) }) },
    ...config,
  });
}
