import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { TlsVersion } from '../../src/bucket/tls-version';
import { newStack, statement, statementsOf, synthOf, templateOf } from '../checks/synth';

const HARDENED = {
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  VersioningConfiguration: { Status: 'Enabled' },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    }],
  },
  LifecycleConfiguration: { Rules: [{ Id: 'AbortStaleUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] },
};

const DEFAULT_SIDS = ['TlsOnly', 'MinimumTlsVersion', 'PresignedUrls', 'NoSignatureVersion2', 'EncryptionAlgorithm', 'NoCustomerProvidedKeys'];

function template(props?: SecureBucketProps): Template {
  const stack = newStack();
  new SecureBucket(stack, 'Data', props);
  return templateOf(stack);
}

function bucketProperties(of: Template): any {
  const buckets = Object.values(of.findResources('AWS::S3::Bucket'));
  expect(buckets).toHaveLength(1);
  return buckets[0].Properties;
}

describe('by default', () => {
  test('the bucket has exactly the hardened properties', () => {
    expect(bucketProperties(template())).toEqual(HARDENED);
  });

  test('there are a bucket and its policy, and nothing else', () => {
    const resources = Object.values(template().toJSON().Resources as Record<string, { Type: string }>);
    expect(resources.map(({ Type }) => Type).sort()).toEqual(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
  });

  test('the policy has exactly the statements of the guarantees, in this order', () => {
    expect(statementsOf(template()).map(({ Sid }) => Sid)).toEqual(DEFAULT_SIDS);
  });

  test('each statement refuses everyone', () => {
    for (const { Effect, Principal } of statementsOf(template())) {
      expect({ Effect, Principal }).toEqual({ Effect: 'Deny', Principal: { AWS: '*' } });
    }
  });

  test('bucket and policy are retained', () => {
    const found = template();
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      found.hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });
});

describe('in the place of s3.Bucket', () => {
  test('it keeps the logical ids of bucket, policy and key', () => {
    const idsOf = (type: typeof s3.Bucket | typeof SecureBucket, props: any) => {
      const stack = newStack();
      new type(stack, 'Data', props);
      return Object.keys(templateOf(stack).toJSON().Resources).sort();
    };
    expect(idsOf(SecureBucket, { encryption: Encryption.kms() }))
      .toEqual(idsOf(s3.Bucket, { encryption: s3.BucketEncryption.KMS, enforceSSL: true }));
  });

  test('it is an s3.Bucket', () => {
    const bucket = new SecureBucket(newStack(), 'Data');
    expect(bucket).toBeInstanceOf(s3.Bucket);
    expect(bucket.isWebsite).toBeFalsy();
  });

  test('the safe options of the L2 pass through', () => {
    template({
      bucketName: 'example-data',
      transferAcceleration: true,
      objectLockEnabled: true,
      metrics: [{ id: 'all' }],
      intelligentTieringConfigurations: [{ name: 'archive', archiveAccessTierTime: Duration.days(90) }],
      lifecycleRules: [{ id: 'Old', noncurrentVersionExpiration: Duration.days(30) }],
    }).hasResourceProperties('AWS::S3::Bucket', {
      ...HARDENED,
      BucketName: 'example-data',
      AccelerateConfiguration: { AccelerationStatus: 'Enabled' },
      ObjectLockEnabled: true,
      MetricsConfigurations: [{ Id: 'all' }],
      IntelligentTieringConfigurations: [Match.objectLike({ Id: 'archive' })],
      LifecycleConfiguration: { Rules: [Match.objectLike({ Id: 'Old' }), Match.objectLike({ Id: 'AbortStaleUploads' })] },
    });
  });

  test('a rule added later stands beside the one that aborts stale uploads', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data').addLifecycleRule({ id: 'Later', expiration: Duration.days(1) });
    expect(bucketProperties(templateOf(stack)).LifecycleConfiguration.Rules.map(({ Id }: any) => Id)).toEqual(['AbortStaleUploads', 'Later']);
  });

  test('public access cannot be granted', () => {
    expect(() => new SecureBucket(newStack(), 'Data').grantPublicAccess()).toThrow(/blockPublicPolicy/);
  });
});

describe('what the construct owns cannot be smuggled in by untyped callers', () => {
  const stack = newStack();
  const other = new s3.Bucket(stack, 'Other');
  const key = new kms.Key(stack, 'Key');

  test.each<[string, object]>([
    ['publicReadAccess', { publicReadAccess: true }],
    ['blockPublicAccess', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY }],
    ['accessControl', { accessControl: s3.BucketAccessControl.PUBLIC_READ_WRITE }],
    ['objectOwnership', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }],
    ['encryption UNENCRYPTED', { encryption: s3.BucketEncryption.UNENCRYPTED }],
    ['encryption KMS_MANAGED', { encryption: s3.BucketEncryption.KMS_MANAGED }],
    ['encryptionKey', { encryptionKey: key }],
    ['bucketKeyEnabled', { bucketKeyEnabled: true }],
    ['blockedEncryptionTypes', { blockedEncryptionTypes: [s3.BlockedEncryptionType.NONE] }],
    ['versioned', { versioned: false }],
    ['enforceSSL', { enforceSSL: false }],
    ['enforceSSL twice', { enforceSSL: true, minimumTLSVersion: 1.0 }],
    ['websiteIndexDocument', { websiteIndexDocument: 'index.html', websiteErrorDocument: 'error.html' }],
    ['websiteRedirect', { websiteRedirect: { hostName: 'example.com' } }],
    ['websiteRoutingRules', { websiteRoutingRules: [{ hostName: 'example.com' }] }],
    ['serverAccessLogsBucket', { serverAccessLogsBucket: other, serverAccessLogsPrefix: 'x/' }],
    ['serverAccessLogsPrefix', { serverAccessLogsPrefix: 'x/' }],
    ['targetObjectKeyFormat', { targetObjectKeyFormat: s3.TargetObjectKeyFormat.simplePrefix() }],
    ['eventBridgeEnabled', { eventBridgeEnabled: true }],
  ])('%s', (prop, props) => {
    expect(() => template(props as SecureBucketProps)).toThrow(new RegExp(`^\\[Stack/Data\\] ${prop.split(' ')[0]} is `));
  });

  test.each<[string, object, string]>([
    ['a boolean', { mfaDelete: true }, 'mfaDelete is true: give a value of MfaDelete, by MfaDelete.required(...)'],
    ['a number', { minimumTlsVersion: 1.3 }, 'minimumTlsVersion is 1.3: give a value of TlsVersion, such as TlsVersion.TLS_1_3'],
    ['a word', { encryption: 'kms' }, 'encryption is "kms": give a value of Encryption, such as Encryption.kms()'],
    ['an option of NetworkPerimeter', { network: { vpcIds: [] } }, 'network is {"vpcIds":[]}: give a value of NetworkPerimeter, by NetworkPerimeter.of(...)'],
    ['null', { presignedUrls: null }, 'presignedUrls is null: give a value of PresignedUrls, such as PresignedUrls.denied()'],
    ['a bucket of the L2', { accessLogs: other }, 'accessLogs is an object of another class: give an AccessLogBucket'],
    ['an option of the L2', { versioned: true }, 'versioned is given, which this construct decides itself: leave it out: versioning is on always'],
  ])('%s is answered with what to give instead', (_what, props, told) => {
    expect(() => template(props as SecureBucketProps)).toThrow(`[Stack/Data] ${told}`);
  });
});

describe('TLS', () => {
  test.each([[TlsVersion.TLS_1_2, '1.2'], [TlsVersion.TLS_1_3, '1.3']])('%p', (minimumTlsVersion, value) => {
    expect(statement(template({ minimumTlsVersion }), 'MinimumTlsVersion').Condition).toEqual({ NumericLessThan: { 's3:TlsVersion': value } });
  });

  test('plain HTTP is refused whatever the minimum is', () => {
    expect(statement(template({ minimumTlsVersion: TlsVersion.TLS_1_3 }), 'TlsOnly').Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  });
});

describe('organizationId', () => {
  test('refuses other principals, and services that act for others', () => {
    const found = template({ organizationId: 'o-exampleorg1' });
    expect(statement(found, 'OrganizationOnly')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    });
    expect(statement(found, 'OrganizationServices')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Condition: {
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
        Null: { 'aws:SourceAccount': 'false' },
        StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-exampleorg1' },
      },
    });
  });

  test.each(['', 'o-', 'o-short', 'O-EXAMPLEORG1', 'o-exampleorg1 ', 'r-exampleorg1', '111122223333', 'o-example_org', `o-${'a'.repeat(33)}`])('%p is refused', organizationId => {
    expect(() => template({ organizationId })).toThrow(
      `[Stack/Data] organizationId is '${organizationId}': give the id of the organization, 'o-' and 10 to 32 lower case letters or digits`);
  });

  test.each(['o-a1b2c3d4e5', `o-${'z'.repeat(32)}`])('%p is taken', organizationId => {
    expect(statement(template({ organizationId }), 'OrganizationOnly')).toBeDefined();
  });
});

describe('removal', () => {
  const everything = (removalPolicy?: RemovalPolicy) => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { removalPolicy, encryption: Encryption.dualLayerKms() });
    new SecureBucket(stack, 'Client', { removalPolicy, encryption: Encryption.clientSide() });
    const resources = Object.values(templateOf(stack).toJSON().Resources as Record<string, any>);
    expect(resources.map(({ Type }) => Type).sort())
      .toEqual(['AWS::KMS::Key', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::S3::BucketPolicy']);
    return resources.map(({ DeletionPolicy, UpdateReplacePolicy }) => ({ DeletionPolicy, UpdateReplacePolicy }));
  };

  test.each<[RemovalPolicy | undefined, object]>([
    [undefined, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }],
    [RemovalPolicy.RETAIN, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }],
    [RemovalPolicy.DESTROY, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }],
  ])('%s goes for buckets, policies and created keys', (removalPolicy, attributes) => {
    expect(everything(removalPolicy)).toEqual(Array(6).fill(attributes));
  });

  test('a key that was given keeps its own removal policy', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key: new kms.Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }) }) });
    templateOf(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
  });

  test('autoDeleteObjects needs DESTROY', () => {
    expect(() => template({ autoDeleteObjects: true })).toThrow(/autoDeleteObjects/);
    expect(() => template({ autoDeleteObjects: true, removalPolicy: RemovalPolicy.RETAIN })).toThrow(/autoDeleteObjects/);
  });

  test('autoDeleteObjects lets the helper of the CDK empty the bucket', () => {
    const found = template({ autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    found.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
    expect(statementsOf(found).filter(({ Effect }) => Effect === 'Allow')).toEqual([expect.objectContaining({
      Action: ['s3:PutBucketPolicy', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*'],
      Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^CustomS3AutoDeleteObjectsCustomResourceProviderRole/), 'Arn'] } },
    })]);
    expect(statementsOf(found).map(({ Sid }) => Sid)).toEqual(expect.arrayContaining(DEFAULT_SIDS));
  });
});

describe('grants of the L2', () => {
  const KEY_ARN = { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] };

  function grantedBy(grant: (bucket: SecureBucket, role: iam.Role) => void, props?: SecureBucketProps): any[] {
    const stack = newStack();
    grant(new SecureBucket(stack, 'Data', props), new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    return Object.values(templateOf(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  }

  test.each<[string, (bucket: SecureBucket, role: iam.Role) => void, string[]]>([
    ['grantRead', (bucket, role) => bucket.grantRead(role), ['kms:Decrypt']],
    ['grants.read', (bucket, role) => bucket.grants.read(role), ['kms:Decrypt']],
    ['grantPut', (bucket, role) => bucket.grantPut(role), ['kms:Decrypt', 'kms:GenerateDataKey*']],
    ['grantReadWrite', (bucket, role) => bucket.grantReadWrite(role), ['kms:Decrypt', 'kms:GenerateDataKey*']],
  ])('%s includes the key', (_name, grant, actions) => {
    const statements = grantedBy(grant, { encryption: Encryption.kms() });
    expect(statements).toEqual(expect.arrayContaining([{ Effect: 'Allow', Action: expect.arrayContaining(actions), Resource: KEY_ARN }]));
    expect(statements.some(({ Action }) => [Action].flat().some((action: string) => action.startsWith('s3:')))).toBe(true);
  });

  test('of SSE-S3 need no key', () => {
    expect(JSON.stringify(grantedBy((bucket, role) => bucket.grantReadWrite(role)))).not.toContain('kms:');
  });

  test('of client-side encryption leave the key to the grants of their own', () => {
    expect(JSON.stringify(grantedBy((bucket, role) => bucket.grantReadWrite(role), { encryption: Encryption.clientSide() }))).not.toContain('kms:');
  });
});

describe('grants of client-side encryption', () => {
  test.each<[string, (bucket: SecureBucket, role: iam.Role) => iam.Grant, string]>([
    ['grantClientSideEncrypt', (bucket, role) => bucket.grantClientSideEncrypt(role), 'kms:GenerateDataKey'],
    ['grantClientSideDecrypt', (bucket, role) => bucket.grantClientSideDecrypt(role), 'kms:Decrypt'],
  ])('%s gives exactly %s', (_name, grant, action) => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.clientSide() });
    const given = grant(bucket, new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    expect(given.success).toBe(true);
    const policies = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'));
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([[{
      Effect: 'Allow', Action: action, Resource: { 'Fn::GetAtt': [expect.stringMatching(/^DataClientSideKey/), 'Arn'] },
    }]]);
  });

  test.each([Encryption.s3Managed(), Encryption.kms(), Encryption.dualLayerKms(), Encryption.customerProvided()])('are refused with another encryption (%#)', encryption => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const message = `[Stack/Data] the encryption is ${encryption._mode}, which has no client-side key: create the bucket with encryption: Encryption.clientSide()`;
    expect(() => bucket.grantClientSideEncrypt(role)).toThrow(message);
    expect(() => bucket.grantClientSideDecrypt(role)).toThrow(message);
  });
});

describe('CloudFront with origin access control', () => {
  test.each<[string, Encryption]>([['SSE-S3', Encryption.s3Managed()], ['SSE-KMS', Encryption.kms()]])('reads a bucket with %s', (_name, encryption) => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption });
    new cloudfront.Distribution(stack, 'Website', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) } });
    const found = templateOf(stack);
    found.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
    expect(statementsOf(found).filter(({ Effect }) => Effect === 'Allow')).toEqual([expect.objectContaining({
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
    })]);
    found.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Origins: [{ DomainName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Data'), 'RegionalDomainName'] } }] },
    });
    if (encryption._mode === 'kms') {
      found.hasResourceProperties('AWS::KMS::Key', {
        KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 'kms:Decrypt' })]) },
      });
    }
  });
});

describe('replication', () => {
  test('to another bucket of this library, with both keys', () => {
    const stack = newStack();
    const target = new SecureBucket(stack, 'Target', { encryption: Encryption.kms() });
    new SecureBucket(stack, 'Data', {
      encryption: Encryption.kms(),
      replicationRules: [{ destination: target, kmsKey: target.encryptionKey, sseKmsEncryptedObjects: true, deleteMarkerReplication: true }],
    });
    const found = templateOf(stack);
    found.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Rules: [Match.objectLike({
          Status: 'Enabled',
          Destination: Match.objectLike({ EncryptionConfiguration: { ReplicaKmsKeyID: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TargetKey'), 'Arn'] } } }),
        })],
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    found.resourceCountIs('AWS::IAM::Role', 1);
  });

  test('into the bucket is judged by its algorithm and key as any write', () => {
    const found = template({ encryption: Encryption.kms() });
    for (const sid of ['EncryptionAlgorithm', 'EncryptionKey', 'NoCustomerProvidedKeys']) {
      expect(statement(found, sid).Action).toContain('s3:ReplicateObject');
    }
  });
});

describe('imported buckets', () => {
  const IMPORTS: [string, (stack: Stack) => s3.IBucket][] = [
    ['fromBucketName', stack => SecureBucket.fromBucketName(stack, 'Imported', 'example-data')],
    ['fromBucketArn', stack => SecureBucket.fromBucketArn(stack, 'Imported', 'arn:aws:s3:::example-data')],
    ['fromBucketAttributes', stack => SecureBucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'example-data' })],
  ];

  test.each(IMPORTS)('%s warns that statements are dropped', (_name, importIn) => {
    const stack = newStack();
    const bucket = importIn(stack);
    expect(bucket.bucketName).toBe('example-data');
    expect(bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], principals: [new iam.AnyPrincipal()] })).statementAdded).toBe(false);
    Annotations.fromStack(stack).hasWarning('/Stack/Imported', Match.stringLikeRegexp(
      '^\\[Stack/Imported\\] is an imported bucket: its policy is neither checked nor changed, and statements that grants add to it are dropped. '
      + 'Add them where the bucket is defined.*[Aa]nnotation::imported-bucket'));
  });

  test.each(IMPORTS)('%s: the warning can be acknowledged', (_name, importIn) => {
    const stack = newStack();
    Validations.of(importIn(stack)).acknowledge({ id: 'imported-bucket', reason: 'read only' });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('imported bucket'));
  });

  test('have no guarantees that the plugin could check', () => {
    const stack = newStack();
    SecureBucket.fromBucketName(stack, 'Imported', 'example-data');
    expect(synthOf(stack).printed).not.toContain('Validation Report');
  });
});
