/** Amazon S3 refuses a bucket policy above this size. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
export const MAXIMUM_POLICY_BYTES = 20 * 1024;

/**
 * The size in bytes that a policy document of a template will have once it is deployed. References are not known yet and
 * count with the longest value that is usual for their kind, so the estimate errs on the large side.
 */
export function deployedBytes(value: unknown, bucket?: KnownBucket): number {
  return Buffer.byteLength(JSON.stringify(materialize(value, bucket)));
}

/** The bucket of the policy, whose ARN is by far the most frequent in it. */
export interface KnownBucket {
  readonly logicalId: string;
  /** If it has a name of its own. */
  readonly name?: string;
}

function materialize(value: unknown, bucket: KnownBucket | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map(item => materialize(item, bucket));
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
        return isArnOf(bucket, argument) ? `arn:aws:s3:::${bucket!.name ?? 'b'.repeat(63)}` : 'a'.repeat(100);
      case 'Fn::ImportValue':
      case 'Fn::GetStackOutput':
        return 'i'.repeat(100);
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown];
        return Array.isArray(parts) ? parts.map(part => materialize(part, bucket)).join(separator) : 'j'.repeat(100);
      }
      case 'Fn::Sub':
        return substituted(argument, bucket);
      case 'Fn::If':
        return longest((argument as unknown[]).slice(1).map(branch => materialize(branch, bucket)));
      default:
        if (name.startsWith('Fn::')) {
          return 'f'.repeat(64);
        }
    }
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, materialize(item, bucket)]));
}

function isArnOf(bucket: KnownBucket | undefined, argument: unknown): boolean {
  return bucket !== undefined && Array.isArray(argument) && argument[0] === bucket.logicalId && argument[1] === 'Arn';
}

function substituted(argument: unknown, bucket: KnownBucket | undefined): string {
  const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
  return text.replace(/\$\{([^!}][^}]*)\}/g, (_all, name: string) => {
    const value = variables[name] ?? (name.includes('.') ? { 'Fn::GetAtt': name.split('.') } : { Ref: name });
    return String(materialize(value, bucket));
  });
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
