const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

export interface Difference {
  readonly aws: string;
  /** The page that says so. */
  readonly page: string;
  readonly server: string;
}

/**
 * Where the server of the live tests, Ceph RGW 16.2, is not as Amazon S3 is. `differences.test.ts` shows each on the server;
 * docs/LIVE.md is written from here.
 */
export const DIFFERENCES = {
  // Bucket configuration
  'bucket-encryption': {
    aws: 'A bucket has a default encryption, which `PutBucketEncryption` sets.',
    page: `${S3}/userguide/default-bucket-encryption.html`,
    server: 'Does not know the operation and takes it for the creation of a bucket; objects without encryption headers are not encrypted.',
  },
  'sse-s3': {
    aws: 'The header `x-amz-server-side-encryption: AES256` encrypts with keys of S3.',
    page: `${S3}/userguide/UsingServerSideEncryption.html`,
    server: 'Takes the header, and stores the object unencrypted.',
  },
  'key-service': {
    aws: 'AWS KMS keeps the keys and judges their policies; `aws:kms` without a key id means the AWS managed key.',
    page: `${S3}/userguide/UsingKMSEncryption.html`,
    server: 'Has a list of keys in its configuration, which everyone may use, and no AWS managed key: it refuses `aws:kms` without a key id.',
  },
  'ownership-controls': {
    aws: '`PutBucketOwnershipControls` turns ACLs off: requests that set one are refused.',
    page: `${S3}/userguide/about-object-ownership.html`,
    server: 'Does not know the operation; ACLs stay on.',
  },
  'block-public-acls': {
    aws: '`BlockPublicAcls` refuses PUTs with a public ACL.',
    page: `${S3}/userguide/access-control-block-public-access.html`,
    server: 'Refuses every PUT of an object, whatever its ACL.',
  },
  'block-public-policy': {
    aws: '`BlockPublicPolicy` refuses a bucket policy that grants access to everyone.',
    page: `${S3}/userguide/access-control-block-public-access.html`,
    server: 'Refuses every policy that grants access to someone.',
  },
  'lock-on-existing-bucket': {
    aws: 'Object Lock can be turned on for a versioned bucket that exists.',
    page: `${S3}/userguide/object-lock-configure.html`,
    server: 'Only when the bucket is created.',
  },
  'lifecycle-transitions': {
    aws: 'Lifecycle rules move objects to other storage classes.',
    page: `${S3}/userguide/lifecycle-transition-general-considerations.html`,
    server: 'Has one storage class, and takes rules that name others.',
  },
  'lifecycle-filters': {
    aws: 'Lifecycle rules can keep a number of newer noncurrent versions and ask for a size of objects.',
    page: `${S3}/userguide/intro-lifecycle-rules.html`,
    server: 'Drops both without a word: the rule then concerns all objects.',
  },
  'lifecycle-day': {
    aws: 'A day of a lifecycle rule is a day, rounded up to midnight UTC.',
    page: `${S3}/userguide/intro-lifecycle-rules.html`,
    server: 'Is told to make it 2 seconds (`rgw lc debug interval`), so that tests can see rules act.',
  },
  'location': {
    aws: '`GetBucketLocation` gives the Region of the bucket.',
    page: `${S3}/API/API_GetBucketLocation.html`,
    server: 'Gives `default`.',
  },

  // Object Lock
  'lock-headers-of-multipart-uploads': {
    aws: 'The Object Lock headers of `CreateMultipartUpload` hold for the object.',
    page: `${S3}/API/API_CreateMultipartUpload.html`,
    server: 'Ignores them: the object gets the default retention of the bucket, from its completion on.',
  },
  'lock-of-copies': {
    aws: 'A copy is a new object: it gets what the Object Lock headers of `CopyObject` say, or else the default retention.',
    page: `${S3}/API/API_CopyObject.html`,
    server: 'Ignores the headers, and copies the retention of the source.',
  },
  'lock-headers-need-no-right': {
    aws: 'Placing a retention or a legal hold needs `s3:PutObjectRetention` or `s3:PutObjectLegalHold`.',
    page: `${S3}/API/API_PutObjectRetention.html`,
    server: 'Not when it is placed with the headers of `PutObject`.',
  },
  'bypass-needs-no-right': {
    aws: 'To delete a version in governance mode needs `s3:BypassGovernanceRetention`.',
    page: `${S3}/userguide/object-lock-managing.html`,
    server: 'Lets everyone bypass it who may delete versions, unless a policy denies that action.',
  },
  'bypass-allowed-by-identity': {
    aws: 'A Deny of the bucket policy refuses, also what an identity policy allows.',
    page: `${IAM}/reference_policies_evaluation-logic.html`,
    server: 'Does not ask the bucket policy about `s3:BypassGovernanceRetention` when the identity policy allows it and a version is deleted.',
  },
  'retention-not-removed': {
    aws: 'Who may bypass governance mode may also remove a retention: a `PutObjectRetention` without mode and date.',
    page: `${S3}/userguide/object-lock-managing.html`,
    server: 'Takes no retention without mode and date.',
  },

  // Requests
  'delete-objects-right': {
    aws: '`DeleteObjects` asks for the right to delete each of the objects.',
    page: `${S3}/API/API_DeleteObjects.html`,
    server: 'Asks for `s3:DeleteObject` on the bucket first, and refuses the whole request without it.',
  },
  'checksums': {
    aws: 'A PUT whose checksum header does not fit its data is refused.',
    page: `${S3}/userguide/checking-object-integrity.html`,
    server: 'Ignores the checksum headers.',
  },
  'names-from-outside': {
    aws: 'A bucket has one name, for everybody.',
    page: `${S3}/userguide/UsingBucket.html`,
    server: 'Users of other accounts and anonymous ones (so each preflight) have to write `account:bucket`.',
  },

  // Policies
  'unknown-actions': {
    aws: 'Policies can name all actions of S3 and of other services.',
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
    server: 'Refuses policies with actions that it does not know; the applier leaves these actions out.',
  },
  'absent-keys': {
    aws: 'Requests carry the condition keys of their action, such as `aws:SecureTransport` or `s3:object-lock-mode`.',
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
    server: 'Fills few of them; the applier leaves out the statements that speak of the others (`ABSENT_KEYS` in test-live/applier/statements.ts).',
  },
  'principal-arn': {
    aws: '`aws:PrincipalArn` holds the ARN of the role.',
    page: `${IAM}/reference_policies_condition-keys.html`,
    server: 'Does not fill it; the applier writes a Deny that spares roles by it with `NotPrincipal`, which the server judges as AWS does.',
  },
  'no-services': {
    aws: '`aws:PrincipalIsAWSService` and `aws:ViaAWSService` say whether an AWS service calls.',
    page: `${IAM}/reference_policies_condition-keys.html`,
    server: 'Has neither. No service calls it: the applier takes both for `false`.',
  },
  'negated-operators': {
    aws: 'A negated condition operator matches when the key is missing.',
    page: `${IAM}/reference_policies_elements_condition_operators.html`,
    server: 'It does not match then; the applier adds `IfExists`, with which it does.',
  },
  'null-operator': {
    aws: '`Null: { key: false }` matches when the key is there.',
    page: `${IAM}/reference_policies_elements_condition_operators.html`,
    server: 'Takes `false` for `true`; the applier writes `StringLike: { key: "*" }`.',
  },
  'encryption-keys-of-multipart-uploads': {
    aws: '`CreateMultipartUpload` is judged by its encryption headers.',
    page: `${S3}/API/API_CreateMultipartUpload.html`,
    server: 'Judges `PutObject` by them, but not the start of a multipart upload.',
  },
  'account-principals': {
    aws: 'The account as principal of a bucket policy stands for all of its principals.',
    page: `${IAM}/reference_policies_elements_principal.html`,
    server: 'Stands for the users of the account, not for its roles.',
  },
} satisfies Record<string, Difference>;

export type DifferenceId = keyof typeof DIFFERENCES;

/** The table of docs/LIVE.md. */
export function table(): string {
  const rows = Object.entries<Difference>(DIFFERENCES).map(([id, { aws, page, server }]) => `| \`${id}\` | ${aws} ([AWS](${page})) | ${server} |`);
  return ['| Difference | Amazon S3 | The server of the live tests |', '|---|---|---|', ...rows].join('\n');
}
