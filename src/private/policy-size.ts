/** Amazon S3 refuses a bucket policy above this size. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
export const MAXIMUM_POLICY_BYTES = 20 * 1024;

/**
 * The size in bytes that a policy document of a template will have once it is deployed. References are not known yet and
 * count with the longest value that is usual for their kind, so the estimate errs on the large side.
 */
export function deployedBytes(value: unknown, bucketName?: string): number {
  return Buffer.byteLength(JSON.stringify(materialize(value, bucketName ?? 'b'.repeat(63))));
}

function materialize(value: unknown, bucketName: string): unknown {
  if (Array.isArray(value)) {
    return value.map(item => materialize(item, bucketName));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [name, argument] = entries[0];
    switch (name) {
      case 'Ref':
        return PSEUDO_PARAMETERS[String(argument)] ?? 'r'.repeat(64);
      case 'Fn::GetAtt':
        return isBucketArn(argument) ? `arn:aws:s3:::${bucketName}` : 'a'.repeat(100);
      case 'Fn::ImportValue':
      case 'Fn::GetStackOutput':
        return 'i'.repeat(100);
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown];
        return Array.isArray(parts) ? parts.map(part => materialize(part, bucketName)).join(separator) : 'j'.repeat(100);
      }
      case 'Fn::Sub':
        return String(Array.isArray(argument) ? argument[0] : argument);
      case 'Fn::If':
        return longest((argument as unknown[]).slice(1).map(branch => materialize(branch, bucketName)));
      default:
        if (name.startsWith('Fn::')) {
          return 'f'.repeat(64);
        }
    }
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, materialize(item, bucketName)]));
}

function isBucketArn(argument: unknown): boolean {
  // A role's logical id is as likely here, with a longer ARN; a bucket's own ARN is by far the most frequent.
  return Array.isArray(argument) && argument[1] === 'Arn' && !/role/i.test(String(argument[0]));
}

function longest(values: unknown[]): unknown {
  return values.reduce((a, b) => JSON.stringify(a ?? '').length >= JSON.stringify(b ?? '').length ? a : b);
}

const PSEUDO_PARAMETERS: { [name: string]: string } = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::AccountId': '000000000000',
  'AWS::Region': 'ap-southeast-1',
  'AWS::URLSuffix': 'amazonaws.com.cn',
};
