import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** A request by the name under which its outcome is told. */
export type Reads = Record<string, {
  /** The name of a bucket or the ARN of an access point, for GET and LIST by the client of S3. */
  readonly bucket?: string;
  /** Of a function URL, or another one, which is asked with a signature for AWS Lambda. */
  readonly url?: string;
  /** Of the object; `list` asks for the keys that start with it, `head` for its length, by the client of S3. */
  readonly key: string;
  readonly list?: boolean;
  readonly head?: boolean;
  /** `bytes=0-9`. */
  readonly range?: string;
}>;

/** A reader of views, with the rights that are granted to it and no others. It tells the text of what it gets, or the error code. */
export class Reader extends lambda.Function {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'index.handler',
      timeout: Duration.minutes(2),
      code: lambda.Code.fromInline(`
import os
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError

SESSION = boto3.Session()
S3 = SESSION.client('s3')

def through_s3(read):
    try:
        if read.get('list'):
            return ' '.join(each['Key'] for each in S3.list_objects_v2(Bucket=read['bucket'], Prefix=read['key']).get('Contents', []))
        if read.get('head'):
            return str(S3.head_object(Bucket=read['bucket'], Key=read['key'])['ContentLength'])
        more = {'Range': read['range']} if 'range' in read else {}
        return S3.get_object(Bucket=read['bucket'], Key=read['key'], **more)['Body'].read().decode()
    except ClientError as error:
        return error.response['Error']['Code']

def through_url(read):
    query = '?' + urllib.parse.urlencode({'list-type': '2', 'prefix': read['key']}) if read.get('list') else ''
    url = read['url'] + (query or urllib.parse.quote(read['key']))
    request = AWSRequest('GET', url, headers={'range': read['range']} if 'range' in read else {})
    SigV4Auth(SESSION.get_credentials(), 'lambda', os.environ['AWS_REGION']).add_auth(request)
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=dict(request.headers))) as answer:
            text = answer.read().decode()
            return ' '.join(each.text for each in xml.fromstring(text).iter('{*}Key')) if query else text
    except urllib.error.HTTPError as error:
        return str(error.code)

def handler(event, context):
    return {name: (through_s3 if 'bucket' in read else through_url)(read) for name, read in event.items()}
`),
    });
  }

  /** The payload with which it asks this. */
  public payload(reads: Reads): string {
    return this.stack.toJsonString(reads);
  }
}
