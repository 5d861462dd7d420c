import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What a probe asks of a bucket. */
export interface ProbeRequests {
  /** Its name, or the ARN of an access point. */
  readonly bucket: string;
  /** Uploads by name, which is also the key: the further parameters of `put_object`. */
  readonly puts: Record<string, Record<string, string>>;
  /** Seconds after which presigned URLs should be refused. */
  readonly presignedMaxAge?: number;
}

/**
 * A client of its own, which makes requests and tells of each by name what came of it: for uploads the encryption, for other requests
 * `allowed`, and the error code for those that were refused. The API calls of integ-tests cannot: a refused one fails the deployment.
 */
export class Probe extends lambda.Function {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'index.handler',
      timeout: Duration.minutes(2),
      code: lambda.Code.fromInline(`
import time
import urllib.error
import urllib.request
import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

V4 = Config(signature_version='s3v4', s3={'addressing_style': 'virtual'})

def outcome(request, *arguments, **parameters):
    try:
        stored = request(*arguments, **parameters)
        if request.__name__ == 'put_object':
            return ' '.join(stored[name] for name in ('ServerSideEncryption', 'SSEKMSKeyId') if name in stored)
        return 'allowed'
    except ClientError as error:
        return error.response['Error']['Code']
    except urllib.error.HTTPError as error:
        return 'AccessDenied' if error.code == 403 else str(error.code)

def handler(event, context):
    bucket = event['bucket']
    s3 = boto3.client('s3', config=V4)
    outcomes = {name: outcome(s3.put_object, Bucket=bucket, Key=name, Body=b'x', **parameters)
                for name, parameters in event['puts'].items()}
    if not bucket.startswith('arn:'):  # access points answer no plain HTTP at all
        plain = boto3.client('s3', config=V4, use_ssl=False)
        outcomes['plain HTTP'] = outcome(plain.get_object, Bucket=bucket, Key='no header')
    if 'presignedMaxAge' in event:
        url = s3.generate_presigned_url('get_object', Params={'Bucket': bucket, 'Key': 'no header'}, ExpiresIn=3600)
        outcomes['fresh presigned URL'] = outcome(urllib.request.urlopen, url)
        time.sleep(event['presignedMaxAge'] + 5)
        outcomes['old presigned URL'] = outcome(urllib.request.urlopen, url)
    return outcomes
`),
    });
  }

  /** The payload with which the probe makes these requests. */
  public payload(requests: ProbeRequests): string {
    return this.stack.toJsonString(requests);
  }
}
