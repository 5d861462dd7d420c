import { App, Duration, LegacyStackSynthesizer, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketAccess, ComplianceArchive, ComplianceArchiveProps, Encryption, NetworkPerimeter, Retention, SecureBucket } from '../../src';
import { INVENTORY_COLUMNS } from '../../src/archive/archive-evidence-queries';
import { ENV, newStack, statement, synthOf, templateOf } from '../checks/synth';

const SEVEN_YEARS = { retention: Retention.complianceYears(7) };
const ONE_YEAR = { retention: Retention.governance(Duration.days(365)) };

function archiveIn(stack: Stack, props: Partial<ComplianceArchiveProps> = {}): ComplianceArchive {
  return new ComplianceArchive(stack, 'Ledger', { ...SEVEN_YEARS, ...props });
}

function make(props: Partial<ComplianceArchiveProps> = {}): { stack: Stack; archive: ComplianceArchive } {
  const stack = newStack();
  return { stack, archive: archiveIn(stack, props) };
}

function role(stack: Stack, id = 'Role'): iam.Role {
  return new iam.Role(stack, id, { roleName: id, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

/** The bucket resource of the archive. */
function bucketOf({ stack, archive }: { stack: Stack; archive: ComplianceArchive }): any {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(archive.bucket.node.defaultChild as s3.CfnBucket)];
}

function statementOf({ stack, archive }: { stack: Stack; archive: ComplianceArchive }, sid: string): any {
  return statement(templateOf(stack), sid, stack.getLogicalId(archive.bucket.node.defaultChild as s3.CfnBucket));
}

function warnings(stack: Stack, id: string): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`\\[ack: .*${id}\\]`)).map(({ entry }) => String(entry.data));
}

describe('the bucket', () => {
  test('has Object Lock from its creation on, with the default retention', () => {
    expect(bucketOf(make()).Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2557 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(bucketOf(make(ONE_YEAR)).Properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'GOVERNANCE', Days: 365 });
  });

  test('is kept, with its policy and its key', () => {
    const { stack } = make();
    const kept = Object.values<any>(templateOf(stack).toJSON().Resources).filter(({ Type }) => /Bucket|Key/.test(Type));
    expect(kept.map(({ Type }) => Type).sort()).toEqual(['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
    expect(kept.filter(({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy !== 'Retain' || UpdateReplacePolicy !== 'Retain')).toEqual([]);
  });

  test('is encrypted with a key of its own, or as it is said', () => {
    const rule = (props?: Partial<ComplianceArchiveProps>) => bucketOf(make(props)).Properties.BucketEncryption.ServerSideEncryptionConfiguration[0];
    expect(rule()).toMatchObject({ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } });
    expect(rule({ encryption: Encryption.s3Managed() }).ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
  });

  test('holds every guarantee, with all options', () => {
    const { stack, archive } = make({
      ...ONE_YEAR,
      maximumRetention: Duration.days(730),
      administrators: [iam.Role.fromRoleArn(newStack(), 'Admin', 'arn:aws:iam::111122223333:role/admin')],
      transitions: [{ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) }],
      expiration: Duration.days(730),
      evidence: true,
      eventBridge: true,
      organizationId: 'o-exampleorg1',
    });
    archive.grantArchive(role(stack, 'Writer'));
    archive.grantBypassGovernance(role(stack, 'Eraser'));
    archive.grantLegalHold(archive.legalHoldJobRole);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });
});

describe('what an archive decides itself cannot be said', () => {
  test.each([
    ['autoDeleteObjects', true, 'the objects of an archive are never deleted with its stack'],
    ['removalPolicy', 'destroy', 'bucket, policy and key are kept always'],
    ['versioned', false, 'versioning is on always'],
    ['objectLockDefaultRetention', {}, 'say retention'],
    ['lifecycleRules', [], 'say transitions and expiration'],
    ['mfaDelete', {}, 'the lock already keeps versions'],
    ['encryptionKey', {}, 'say encryption'],
    ['blockPublicAccess', {}, 'all public access is blocked always'],
  ])('%s', (name, value, remedy) => {
    expect(() => make({ [name]: value } as any)).toThrow(`[Stack/Ledger] ${name} is given, which this construct decides itself: `);
    expect(() => make({ [name]: value } as any)).toThrow(remedy);
  });

  test.each([['objectLockEnabled', false], ['bucket', {}]])('%s, and the error says how an existing bucket becomes an archive', (name, value) => {
    expect(() => make({ [name]: value } as any)).toThrow(/CloudFormation replaces a bucket whose ObjectLockEnabled changes.*S3 Batch Operations.*put-object-lock-configuration.*cdk import/);
  });

  test.each([undefined, 'COMPLIANCE', Duration.days(7)])('the retention as %s', retention => {
    expect(() => make({ retention } as any)).toThrow(/\[Stack\/Ledger\] retention is (missing|no value of Retention): give Retention.complianceYears\(7\), for example/);
  });
});

test('Object Lock on a SecureBucket is warned of, since it replaces a bucket that is there', () => {
  const stack = newStack();
  new SecureBucket(stack, 'Locked', { objectLockDefaultRetention: s3.ObjectLockRetention.compliance(Duration.days(1)) });
  expect(warnings(stack, 'object-lock-replaces-bucket')).toEqual([expect.stringContaining('[Stack/Locked] ')]);
  const [told] = warnings(stack, 'object-lock-replaces-bucket');
  expect(told).toContain('CloudFormation replaces a bucket whose ObjectLockEnabled changes');
  expect(warnings(make().stack, 'object-lock-replaces-bucket')).toEqual([]);
});

describe('the bounds', () => {
  const minimum = (props: Partial<ComplianceArchiveProps>) => statementOf(make(props), 'RetentionMinimum').Condition.NumericLessThan['s3:object-lock-remaining-retention-days'];
  const maximum = (props: Partial<ComplianceArchiveProps>) => statementOf(make(props), 'RetentionMaximum')?.Condition.NumericGreaterThan['s3:object-lock-remaining-retention-days'];

  test('leave a date that was computed a moment ago its day', () => {
    expect(minimum({})).toBe('2555');
    expect(minimum({ retention: Retention.compliance(Duration.days(2557)) })).toBe('2556');
    expect(minimum({ minimumRetention: Duration.days(30) })).toBe('29');
    expect(minimum({ minimumRetention: Duration.days(1) })).toBe('1');
  });

  test('have a maximum if it is said', () => {
    expect(maximum({})).toBeUndefined();
    expect(maximum({ maximumRetention: Duration.days(3653) })).toBe('3653');
  });

  test.each([
    [{ minimumRetention: Duration.days(2558) }, 'minimumRetention is 2558 days, and the default retention 2557: give a minimum that the default retention keeps'],
    [{ maximumRetention: Duration.days(2556) }, 'maximumRetention is 2556 days, and the default retention 2557: give a maximum that the default retention keeps'],
    [{ maximumRetention: Duration.days(36_501) }, 'maximumRetention is 36501 days: S3 locks objects for whole days'],
    [{ minimumRetention: Duration.hours(1) }, 'minimumRetention is 1 hour: S3 locks objects for whole days'],
  ])('refuse %j', (props, told) => {
    expect(() => make(props)).toThrow(`[Stack/Ledger] ${told}`);
  });
});

describe('lifecycle', () => {
  const rules = (props: Partial<ComplianceArchiveProps>) => bucketOf(make(props)).Properties.LifecycleConfiguration.Rules;
  const { INTELLIGENT_TIERING, GLACIER_INSTANT_RETRIEVAL, GLACIER, DEEP_ARCHIVE, INFREQUENT_ACCESS } = s3.StorageClass;
  const to = (storageClass: s3.StorageClass, days: number): s3.Transition => ({ storageClass, transitionAfter: Duration.days(days) });

  test('has nothing but the end of stale uploads, unless it is asked for', () => {
    expect(rules({}).map(({ Id }: any) => Id)).toEqual(['AbortStaleUploads']);
  });

  test('moves current and replaced versions down', () => {
    const [rule] = rules({ transitions: [to(DEEP_ARCHIVE, 365), to(INTELLIGENT_TIERING, 0), to(GLACIER_INSTANT_RETRIEVAL, 90), to(GLACIER, 180)] });
    const days = [['INTELLIGENT_TIERING', 0], ['GLACIER_IR', 90], ['GLACIER', 180], ['DEEP_ARCHIVE', 365]];
    expect(rule).toMatchObject({
      Id: 'ArchiveTransitions',
      Status: 'Enabled',
      Transitions: days.map(([StorageClass, TransitionInDays]) => ({ StorageClass, TransitionInDays })),
      NoncurrentVersionTransitions: days.map(([StorageClass, TransitionInDays]) => ({ StorageClass, TransitionInDays })),
    });
  });

  test.each<[string, s3.Transition[], string]>([
    ['a class that is none of an archive', [to(INFREQUENT_ACCESS, 30)], 'a transition is to STANDARD_IA: choose INTELLIGENT_TIERING'],
    ['a date', [{ storageClass: GLACIER, transitionDate: new Date('2030-01-01') }], 'the transition to GLACIER (Flexible Retrieval) has a date'],
    ['no time', [{ storageClass: GLACIER }], 'has no time: say transitionAfter'],
    ['parts of a day', [{ storageClass: GLACIER, transitionAfter: Duration.hours(1) }], 'is after 1 hour: S3 moves objects by whole days'],
    ['a way up', [to(DEEP_ARCHIVE, 30), to(GLACIER, 400)], 'S3 moves them down only'],
    ['a class twice', [to(GLACIER, 30), to(GLACIER, 400)], 'name each class once'],
    ['89 days in GLACIER_INSTANT_RETRIEVAL', [to(GLACIER_INSTANT_RETRIEVAL, 30), to(GLACIER, 119)],
      'objects stay in GLACIER_INSTANT_RETRIEVAL for 89 days, and are billed there for 90 days at least: move them to GLACIER (Flexible Retrieval) after 120 days or later'],
    ['89 days in GLACIER', [to(GLACIER, 0), to(DEEP_ARCHIVE, 89)], 'move them to DEEP_ARCHIVE after 90 days or later'],
    ['no day between two moves', [to(INTELLIGENT_TIERING, 30), to(GLACIER, 30)], 'move them to GLACIER (Flexible Retrieval) after 31 days or later'],
    ['a class for longer than the objects are kept', [to(DEEP_ARCHIVE, 2377)],
      'objects move to DEEP_ARCHIVE after 2377 days and may be deleted after 2556, but that class is billed for 180 days at least'],
  ])('refuses %s', (_how, transitions, told) => {
    expect(() => make({ transitions })).toThrow(told);
  });

  test.each<[string, s3.Transition[]]>([
    ['90 days in GLACIER_INSTANT_RETRIEVAL', [to(GLACIER_INSTANT_RETRIEVAL, 30), to(GLACIER, 120)]],
    ['one day in INTELLIGENT_TIERING', [to(INTELLIGENT_TIERING, 0), to(DEEP_ARCHIVE, 1)]],
    ['180 days in DEEP_ARCHIVE before the retention ends', [to(DEEP_ARCHIVE, 2376)]],
  ])('takes %s', (_how, transitions) => {
    expect(() => make({ transitions })).not.toThrow();
  });

  test('expires after the retention, then the versions, then the markers', () => {
    expect(rules({ expiration: Duration.days(2557) }).slice(0, 2)).toEqual([
      { Id: 'ExpireAfterRetention', Status: 'Enabled', ExpirationInDays: 2557, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      { Id: 'RemoveDeleteMarkers', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
    ]);
  });

  test.each([
    [{ expiration: Duration.days(2556) }, 'expiration is 2556 days, and objects are retained for 2557 days'],
    [{ expiration: Duration.days(3652), maximumRetention: Duration.days(3653) }, 'expiration is 3652 days, and objects are retained for 3653 days'],
    [{ expiration: Duration.hours(1) }, 'expiration is 1 hour'],
  ])('never expires within the retention: %j', (props, told) => {
    expect(() => make(props)).toThrow(`[Stack/Ledger] ${told}`);
  });
});

describe('administrators', () => {
  const settings = (archive: { stack: Stack; archive: ComplianceArchive }) => statementOf(archive, 'Settings').Condition.ArnNotLike['aws:PrincipalArn'];
  const deployRole = 'arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';

  test('are the deploy role and those named', () => {
    expect(settings(make())).toEqual([{ 'Fn::Sub': deployRole }]);
    const stack = newStack();
    const admin = role(stack, 'Admin');
    expect(settings({ stack, archive: archiveIn(stack, { administrators: [admin, admin] }) }))
      .toEqual([{ 'Fn::Sub': deployRole }, { 'Fn::GetAtt': [stack.getLogicalId(admin.node.defaultChild as iam.CfnRole), 'Arn'] }]);
  });

  test('have to be named where the synthesizer knows no deploy role', () => {
    const stack = newStack({ env: ENV, synthesizer: new LegacyStackSynthesizer() });
    expect(() => archiveIn(stack)).toThrow('[Stack/Ledger] the archive would lock out whoever deploys this stack, and its synthesizer names no role: '
      + 'name the role that deploys the stack in administrators');
    const named = new ComplianceArchive(stack, 'Named', { ...SEVEN_YEARS, administrators: [role(stack, 'Admin')] });
    expect(settings({ stack, archive: named })).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Admin/), 'Arn'] }]);
  });

  test('are named one by one', () => {
    const stack = newStack();
    const anyRole = iam.Role.fromRoleArn(stack, 'Any', 'arn:aws:iam::111122223333:role/team-*');
    expect(() => archiveIn(stack, { administrators: [anyRole] })).toThrow("'arn:aws:iam::111122223333:role/team-*' in administrators holds a wildcard");
  });

  test('of another stack are named, since that stack may use the archive', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const other = new Stack(app, 'Other', { env: ENV });
    const admin = role(other, 'admin');
    const archive = archiveIn(stack, { administrators: [admin] });
    archive.grantRead(admin);
    expect(settings({ stack, archive })[1]).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/admin']] });
    expect(() => app.synth()).not.toThrow();
    const unnamed = new iam.Role(new Stack(new App(), 'Other', { env: ENV }), 'Admin', { assumedBy: new iam.AccountRootPrincipal() });
    expect(() => make({ administrators: [unnamed] })).toThrow('[Stack/Ledger] administrators holds [Other/Admin], which is in another stack and has no name of its own');
  });

  test('may change the policy of a key that the archive created, and nobody may delete it', () => {
    const { stack } = make({ encryption: Encryption.clientSide() });
    const [key] = Object.values<any>(templateOf(stack).findResources('AWS::KMS::Key'));
    expect(key.Properties.KeyPolicy.Statement.slice(1)).toEqual([
      {
        Sid: 'KeyDeletion',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
        Resource: '*',
      },
      {
        Sid: 'KeyPolicy',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'kms:PutKeyPolicy',
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': [{ 'Fn::Sub': deployRole }] } },
      },
    ]);
  });
});

describe('grants', () => {
  test.each<[string, (archive: ComplianceArchive, grantee: iam.IGrantable) => iam.Grant]>([
    ['grantLegalHold', (archive, grantee) => archive.grantLegalHold(grantee)],
    ['grantExtendRetention', (archive, grantee) => archive.grantExtendRetention(grantee)],
    ['grantBypassGovernance', (archive, grantee) => archive.grantBypassGovernance(grantee)],
  ])('%s is for roles and users', (name, grant) => {
    const { stack, archive } = make(ONE_YEAR);
    grant(archive, role(stack));
    grant(archive, new iam.User(stack, 'User'));
    grant(archive, new iam.ArnPrincipal('arn:aws:iam::444455556666:role/Auditor'));
    for (const grantee of [
      new iam.AccountPrincipal('444455556666'), new iam.AccountRootPrincipal(), new iam.ServicePrincipal('lambda.amazonaws.com'), new iam.AnyPrincipal(),
      new iam.OrganizationPrincipal('o-exampleorg1'), new iam.ArnPrincipal('arn:aws:iam::444455556666:role/*'),
      new iam.ArnPrincipal('arn:aws:sts::111122223333:assumed-role/Counsel/alice'), new iam.ArnPrincipal('arn:aws:iam::111122223333:group/Counsel'),
      new iam.ArnPrincipal('arn:aws:iam::111122223333:root'), new iam.ArnPrincipal('arn:aws:s3:::role/Counsel'), new iam.Group(stack, `Group${name}`),
    ]) {
      expect(() => grant(archive, grantee)).toThrow(new RegExp(`^\\[Stack/Ledger\\] ${name} is for .*, which is neither a role nor a user: `));
    }
  });

  test('principals of another stack are named, since the two stacks cannot refer to each other', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const archive = archiveIn(stack);
    const other = new Stack(app, 'Other', { env: ENV });
    archive.grantLegalHold(new iam.Role(other, 'Role', { roleName: 'counsel', path: '/legal/', assumedBy: new iam.AccountRootPrincipal() }));
    archive.grantLegalHold(new iam.User(other, 'User', { userName: 'clerk' }));
    archive.grantLegalHold(iam.Role.fromRoleArn(other, 'Imported', 'arn:aws:iam::111122223333:role/imported'));
    archive.grantLegalHold(unnamed(new NestedStack(stack, 'Nested')));
    expect(() => archive.grantLegalHold(unnamed(other))).toThrow('[Stack/Ledger] grantLegalHold is for [Other/Unnamed], which is in another stack and has no name of its own, '
      + 'so that the two stacks would refer to each other as soon as its rights name the bucket: give it a roleName, or create it in the stack of [Stack/Ledger]');
    const arn = (end: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::111122223333:${end}`]] });
    expect(statementOf({ stack, archive }, 'LegalHold').Condition.ArnNotLike['aws:PrincipalArn'])
      .toEqual([arn('role/legal/counsel'), arn('user/clerk'), 'arn:aws:iam::111122223333:role/imported', { 'Fn::GetAtt': [expect.stringMatching(/^Nested/), expect.anything()] }]);
    expect(() => app.synth()).not.toThrow();
    function unnamed(scope: Stack): iam.Role {
      return new iam.Role(scope, 'Unnamed', { assumedBy: new iam.AccountRootPrincipal() });
    }
  });

  test('so are principals of a stack that is nested beside that of the archive', () => {
    const app = new App();
    const parent = new Stack(app, 'Parent', { env: ENV });
    const [one, two, inner] = [new NestedStack(parent, 'One'), new NestedStack(parent, 'Two')].flatMap((nested, index) => index === 0 ? [nested] : [nested, new NestedStack(nested, 'Inner')]);
    const archive = archiveIn(two);
    const unnamed = (scope: Stack) => new iam.Role(scope, 'Unnamed', { assumedBy: new iam.AccountRootPrincipal() });
    archive.grantLegalHold(role(one, 'beside'));
    archive.grantLegalHold(unnamed(parent));
    archive.grantLegalHold(unnamed(inner));
    expect(() => archive.grantLegalHold(unnamed(one))).toThrow('[Parent/Two/Ledger] grantLegalHold is for [Parent/One/Unnamed], which is in another stack and has no name of its own');
    expect(two.resolve(archive.bucket.policy!.document).Statement.find(({ Sid }: any) => Sid === 'LegalHold').Condition.ArnNotLike['aws:PrincipalArn'][0])
      .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/beside']] });
    const resources = Object.entries<any>(templateOf(parent).toJSON().Resources).filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack');
    const refers = (from: string, to: string) => resources.some(([id, { Properties }]) => id.startsWith(from) && JSON.stringify(Properties.Parameters ?? {}).includes(`"${to}NestedStack`));
    expect([refers('One', 'Two'), refers('Two', 'One')]).toEqual([true, false]);
  });

  test('grantBypassGovernance throws in compliance mode', () => {
    const { stack, archive } = make();
    expect(() => archive.grantBypassGovernance(role(stack)))
      .toThrow('[Stack/Ledger] grantBypassGovernance is called, and the archive is in compliance mode, which nobody bypasses');
  });

  test('a refusal has no condition before the first grant, and names everyone after the last', () => {
    const { stack, archive } = make(ONE_YEAR);
    expect(statementOf({ stack, archive }, 'LegalHold').Condition).toBeUndefined();
    const second = make(ONE_YEAR);
    second.archive.grantLegalHold(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/One'));
    second.archive.grantLegalHold(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Two'));
    second.archive.grantLegalHold(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Two'));
    expect(statementOf(second, 'LegalHold').Condition)
      .toEqual({ ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/One', 'arn:aws:iam::111122223333:role/Two'] } });
    expect(synthOf(second.stack).violations).toEqual([]);
  });

  test('the first grant of a right comes before the policy is read', () => {
    const { stack, archive } = make(ONE_YEAR);
    archive.grantLegalHold(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/One'));
    stack.resolve(archive.bucket.policy!.document);
    archive.grantLegalHold(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Two'));
    expect(() => archive.grantExtendRetention(role(stack))).toThrow('[Stack/Ledger] the first grant that spares a principal from the statement RetentionConfined '
      + 'comes after the bucket policy was resolved: make the grant before anything reads the policy');
    expect(statementOf({ stack, archive }, 'LegalHold').Condition.ArnNotLike['aws:PrincipalArn']).toHaveLength(2);
  });

  test('the role for jobs passes also when the policy was read before it was asked for', () => {
    const stack = newStack();
    const archive = archiveIn(stack, { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY, network: NetworkPerimeter.of({ vpcIds: ['vpc-0123456789abcdef0'] }) });
    archive.grantLegalHold(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Counsel'));
    stack.resolve(archive.bucket.policy!.document);
    const arn = stack.resolve(archive.legalHoldJobRole.roleArn);
    expect(statementOf({ stack, archive }, 'AccessPointsOnly').Condition.ArnNotLike['aws:PrincipalArn']).toContainEqual(arn);
    expect(statementOf({ stack, archive }, 'NetworkPerimeter').Condition.ArnNotLikeIfExists['aws:PrincipalArn']).toContainEqual(arn);
  });

  test('prefixes are plain', () => {
    const { stack, archive } = make();
    expect(() => archive.grantArchive(role(stack), 'a*')).toThrow('holds a wildcard');
    expect(() => archive.grantRead(role(stack, 'Other'), '/a')).toThrow('keys do not start with a slash');
  });

  test('readers restore where objects are not read at once', () => {
    const actions = (props: Partial<ComplianceArchiveProps>) => {
      const { stack, archive } = make(props);
      archive.grantRead(role(stack));
      return JSON.stringify(templateOf(stack).findResources('AWS::IAM::Policy'));
    };
    const after = (storageClass: s3.StorageClass) => ({ transitions: [{ storageClass, transitionAfter: Duration.days(90) }] });
    expect(actions({})).not.toContain('RestoreObject');
    expect(actions(after(s3.StorageClass.GLACIER_INSTANT_RETRIEVAL))).not.toContain('RestoreObject');
    expect(actions(after(s3.StorageClass.GLACIER))).toContain('s3:RestoreObject');
    expect(actions(after(s3.StorageClass.DEEP_ARCHIVE))).toContain('s3:RestoreObject');
  });

  test('readers of a prefix list that prefix only', () => {
    const { stack, archive } = make();
    archive.grantRead(role(stack), '2026/');
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: ['s3:ListBucket', 's3:ListBucketVersions'], Condition: { StringLike: { 's3:prefix': '2026/*' } } })]),
      },
    });
  });
});

describe('the role for legal hold jobs', () => {
  test('is there when it is asked for, once', () => {
    const { stack, archive } = make();
    templateOf(make().stack).resourceCountIs('AWS::IAM::Role', 0);
    expect(archive.legalHoldJobRole).toBe(archive.legalHoldJobRole);
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'batchoperations.s3.amazonaws.com' } }] },
    });
  });

  test('may do what S3 Batch Operations documents, and nothing else', () => {
    const { stack, archive } = make();
    archive.legalHoldJobRole;
    const [policy] = Object.values<any>(templateOf(stack).findResources('AWS::IAM::Policy'));
    expect(policy.Properties.PolicyDocument.Statement.map(({ Action }: any) => Action))
      .toEqual([['s3:PutObjectLegalHold', 's3:GetObjectLegalHold'], 's3:GetBucketObjectLockConfiguration']);
  });
});

describe('replication', () => {
  const destination = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Copy', 'example-copy');
  const copyKey = (stack: Stack) => kms.Key.fromKeyArn(stack, 'CopyKey', 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');

  test('takes the locks along, and decrypts with the key of the archive', () => {
    const stack = newStack();
    const rule = { destination: destination(stack), sseKmsEncryptedObjects: true, kmsKey: copyKey(stack) };
    const archive = archiveIn(stack, { replicationRules: [rule] });
    const [policy] = Object.values<any>(templateOf(stack).findResources('AWS::IAM::Policy'));
    const actions = policy.Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action);
    expect(actions).toEqual(expect.arrayContaining(['s3:GetObjectVersionForReplication', 's3:GetObjectRetention', 's3:GetObjectLegalHold', 'kms:Decrypt']));
    expect(bucketOf({ stack, archive }).Properties.ReplicationConfiguration.Rules).toHaveLength(1);
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('leaves out no object for its encryption', () => {
    const stack = newStack();
    expect(() => archiveIn(stack, { replicationRules: [{ destination: destination(stack) }] })).toThrow('[Stack/Ledger] a replication rule leaves out objects under KMS keys');
    const other = newStack();
    expect(() => archiveIn(other, { encryption: Encryption.s3Managed(), replicationRules: [{ destination: destination(other) }] })).not.toThrow();
  });
});

describe('evidence', () => {
  test('is a daily inventory with the locks, whose fields are the columns of the table in their order', () => {
    const made = make({ evidence: true });
    const [inventory] = bucketOf(made).Properties.InventoryConfigurations;
    expect(inventory).toMatchObject({ Enabled: true, ScheduleFrequency: 'Daily', IncludedObjectVersions: 'All', Destination: { Format: 'CSV', Prefix: 'inventory' } });
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
    const written = ['Bucket', 'Key', 'VersionId', 'IsLatest', 'IsDeleteMarker', 'Size', 'LastModifiedDate', 'ETag', 'StorageClass', 'IsMultipartUploaded',
      'ReplicationStatus', 'EncryptionStatus', 'ObjectLockRetainUntilDate', 'ObjectLockMode', 'ObjectLockLegalHoldStatus'];
    const always = written.slice(0, 5);
    const snake = (name: string) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
    const chosen = written.filter(name => always.includes(name) || inventory.OptionalFields.includes(name));
    expect(INVENTORY_COLUMNS.map(({ name }) => name)).toEqual(chosen.map(snake));
    const [table] = Object.values<any>(templateOf(made.stack).findResources('AWS::Glue::Table'));
    expect(table.Properties.TableInput.StorageDescriptor.Columns.map(({ Name }: any) => Name)).toEqual(INVENTORY_COLUMNS.map(({ name }) => name));
    expect(table.Properties.TableInput.StorageDescriptor.Location['Fn::Join'][1]).toEqual(
      ['s3://', { Ref: expect.stringMatching(/^LedgerEvidenceBucket/) }, '/inventory/', { Ref: expect.stringMatching(/^LedgerBucket/) }, '/ObjectLocks/hive/']);
  });

  test('has the three questions, and nothing of the options of the archive that are not for it', () => {
    const { stack, archive } = make({ evidence: true, bucketName: 'example-ledger', encryption: Encryption.dualLayerKms() });
    const template = templateOf(stack);
    expect(Object.values<any>(template.findResources('AWS::Athena::NamedQuery')).map(({ Properties }) => Properties.Name).sort())
      .toEqual(['Objects under hold', 'Objects whose retention ends within 90 days', 'Objects without a lock']);
    const evidence = template.toJSON().Resources[stack.getLogicalId(archive.evidenceBucket!.node.defaultChild as s3.CfnBucket)].Properties;
    expect(evidence).not.toHaveProperty('BucketName');
    expect(evidence).not.toHaveProperty('ObjectLockEnabled');
    expect(evidence.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect(evidence.LifecycleConfiguration.Rules.map(({ Id, Prefix, ExpirationInDays }: any) => [Id, Prefix, ExpirationInDays]).slice(0, 2))
      .toEqual([['Expire-inventory', 'inventory/', 90], ['Expire-results', 'results/', 30]]);
    expect(stack.resolve([archive.evidenceDatabaseName, archive.evidenceWorkGroupName]))
      .toEqual([{ Ref: expect.stringMatching(/^LedgerEvidenceDatabase/) }, { Ref: expect.stringMatching(/^LedgerEvidenceWorkGroup/) }]);
  });

  test('is not there unless it is asked for', () => {
    const { stack, archive } = make();
    templateOf(stack).resourceCountIs('AWS::Athena::NamedQuery', 0);
    expect([archive.evidenceBucket, archive.evidenceDatabaseName, archive.evidenceWorkGroupName]).toEqual([undefined, undefined, undefined]);
  });
});

describe('warnings', () => {
  const prepared = (props: Partial<ComplianceArchiveProps>, terminationProtection = true) => {
    const stack = new Stack(new App(), 'Stack', { env: ENV, terminationProtection });
    archiveIn(stack, props);
    return stack;
  };
  const bounded = { maximumRetention: Duration.days(3654) };

  test('are none for a bounded archive of ten years in a protected stack', () => {
    const stack = prepared({ retention: Retention.complianceYears(10), ...bounded });
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('over ten years in compliance mode', () => {
    const told = warnings(prepared({ retention: Retention.compliance(Duration.days(3654)), ...bounded }), 'archive-long-retention');
    expect(told).toEqual([expect.stringContaining('[Stack/Ledger] the default retention is 3654 days in compliance mode. What is written, also by mistake, cannot be deleted by anyone')]);
    expect(warnings(prepared({ retention: Retention.governance(Duration.days(3654)), ...bounded }), 'archive-long-retention')).toEqual([]);
  });

  test.each([
    [SEVEN_YEARS, 'In compliance mode nobody can undo that'],
    [ONE_YEAR, 'Only who may bypass governance mode can undo that'],
  ])('without a maximum: %j', (props, told) => {
    expect(warnings(prepared(props), 'archive-maximum-unbounded')).toEqual([expect.stringContaining(told)]);
  });

  test('without termination protection, said at any time, also of the stack that a nested one is in', () => {
    expect(warnings(prepared(bounded, false), 'archive-stack-unprotected')).toEqual([expect.stringContaining('locked objects can only be left to run out')]);
    const late = prepared(bounded, false);
    late.terminationProtection = true;
    expect(warnings(late, 'archive-stack-unprotected')).toEqual([]);
    const parent = new Stack(new App(), 'Parent', { env: ENV, terminationProtection: true });
    archiveIn(new NestedStack(parent, 'Nested'), bounded);
    expect(warnings(parent, 'archive-stack-unprotected')).toEqual([]);
    parent.terminationProtection = false;
    expect(warnings(parent, 'archive-stack-unprotected')).toHaveLength(1);
  });

  test('of grants that the bucket refuses without an access point', () => {
    const stack = newStack();
    const direct = role(stack, 'Direct');
    const archive = archiveIn(stack, { ...ONE_YEAR, bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY, directAccessRoles: [direct] });
    const grants = ['grantArchive', 'grantRead', 'grantLegalHold', 'grantExtendRetention', 'grantBypassGovernance'] as const;
    grants.forEach(grant => archive[grant](direct));
    archive.legalHoldJobRole;
    expect(warnings(stack, 'archive-grant-refused')).toEqual([]);
    grants.forEach(grant => archive[grant](role(stack, `By${grant}`)));
    archive.grantRead(new iam.AccountPrincipal('444455556666'));
    const told = (grant: string, who: string) => expect.stringContaining(`[Stack/Ledger] ${grant} is for ${who}, and bucketAccess is THROUGH_ACCESS_POINTS_ONLY`);
    expect(warnings(stack, 'archive-grant-refused').sort()).toEqual([
      ...grants.filter(grant => grant !== 'grantRead').sort().map(grant => told(grant, `[Stack/By${grant}]`)),
      told('grantRead', 'AccountPrincipal(444455556666)'),
      told('grantRead', '[Stack/BygrantRead]'),
    ]);
    const everyone = make();
    everyone.archive.grantRead(role(everyone.stack));
    expect(warnings(everyone.stack, 'archive-grant-refused')).toEqual([]);
  });

  test('with a key of your own', () => {
    const stack = newStack();
    archiveIn(stack, { encryption: Encryption.kms({ key: new kms.Key(stack, 'Key') }) });
    expect(warnings(stack, 'archive-key-unconfined')).toEqual([expect.stringContaining('Refuse kms:ScheduleKeyDeletion, kms:DisableKey and kms:PutKeyPolicy')]);
    expect(warnings(make().stack, 'archive-key-unconfined')).toEqual([]);
  });

  test('can be acknowledged', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const archive = archiveIn(stack);
    for (const id of ['archive-maximum-unbounded', 'archive-stack-unprotected']) {
      Validations.of(archive).acknowledge({ id, reason: 'tried in an account that is closed afterwards' });
    }
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});
