/** For whatever valid options: what must never be allowed, and what always must. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { Encryption, MfaDelete, NetworkPerimeter, NetworkPerimeterOptions, PresignedUrls, SecureBucket, TlsVersion } from '../../src';
import { SecureS3Plugin } from '../../src/checks/secure-s3-plugin';
import { ACCOUNT, REGION } from '../configurations';
import { fc } from '../fast-check';
import { Deployed, read } from '../simulator/deployed';
import { Decision, judge, prepare, RequestRow } from '../simulator/simulator';

/** Options as plain values, so that a counterexample can be read. */
interface Options {
  readonly encryption: 's3Managed' | 'kms' | 'dualLayerKms' | 'customerProvided' | 'clientSide';
  readonly requireEncryptionHeaders: boolean;
  readonly tls13: boolean;
  readonly presignedUrls: number | 'denied' | 'unrestricted' | undefined;
  readonly mfaSeconds: number | undefined;
  readonly network: Pick<NetworkPerimeterOptions, 'vpcEndpointIds' | 'vpcIds' | 'cidrs'> | undefined;
  readonly organizationId: string | undefined;
}

const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 17, maxLength: 17 }).map(digits => digits.join(''));
/** TEST-NET-1 to -3 stand for public networks; what is asked from outside comes from another one. */
const cidr = fc.tuple(fc.constantFrom('192.0.2', '203.0.113'), fc.constantFrom(24, 32)).map(([net, bits]) => `${net}.0/${bits}`);
const OUTSIDE_ADDRESS = '198.51.100.7';

const options: fc.Arbitrary<Options> = fc.record({
  encryption: fc.constantFrom('s3Managed', 'kms', 'dualLayerKms', 'customerProvided', 'clientSide'),
  requireEncryptionHeaders: fc.boolean(),
  tls13: fc.boolean(),
  presignedUrls: fc.oneof(fc.integer({ min: 1, max: 604800 }), fc.constantFrom('denied', 'unrestricted', undefined)),
  mfaSeconds: fc.option(fc.integer({ min: 1, max: 129600 }), { nil: undefined }),
  network: fc.option(fc.record({
    vpcEndpointIds: fc.uniqueArray(hex.map(id => `vpce-${id}`), { maxLength: 3 }),
    vpcIds: fc.uniqueArray(hex.map(id => `vpc-${id}`), { maxLength: 3 }),
    cidrs: fc.uniqueArray(cidr, { maxLength: 3 }),
  }).filter(({ vpcEndpointIds, vpcIds, cidrs }) => vpcEndpointIds.length + vpcIds.length + cidrs.length > 0), { nil: undefined }),
  organizationId: fc.option(hex.map(id => `o-${id}`), { nil: undefined }),
}) as fc.Arbitrary<Options>;

const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion', 's3:AbortMultipartUpload', 's3:GetObjectTagging'];
const BUCKET_ACTIONS = ['s3:ListBucket', 's3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:ListBucketMultipartUploads'];
const PRINCIPALS = ['owner', 'root', 'user', 'partner', 'anonymous', 'deployRole', 'logging.s3.amazonaws.com'];

const action = fc.constantFrom(...OBJECT_ACTIONS, ...BUCKET_ACTIONS);
const principal = fc.constantFrom(...PRINCIPALS);

/** Each run synthesizes an app. */
const RUNS = { numRuns: 60 };

test('no request without TLS is allowed, whoever asks for whatever', async () => {
  await fc.assert(fc.asyncProperty(options, action, principal, async (given, asked, who) => {
    const bucket = deploy(given);
    expect(await ask(bucket, given, { principal: who, action: asked, alsoAllowed: true, context: { 'aws:SecureTransport': 'false', 's3:TlsVersion': null } }))
      .toBe('denied');
  }), RUNS);
});

test('no request below the minimum TLS version is allowed', async () => {
  await fc.assert(fc.asyncProperty(options, action, principal, async (given, asked, who) => {
    const bucket = deploy(given);
    const version = given.tls13 ? '1.2' : '1.1';
    expect(await ask(bucket, given, { principal: who, action: asked, alsoAllowed: true, context: { 's3:TlsVersion': version } })).toBe('denied');
  }), RUNS);
});

test('no write with SSE-C is allowed, unless it was asked for', async () => {
  await fc.assert(fc.asyncProperty(options, principal, async (given, who) => {
    const bucket = deploy(given);
    const decision = await ask(bucket, given, {
      principal: who, action: 's3:PutObject', alsoAllowed: true, context: { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' },
    });
    const outside = given.organizationId !== undefined && who === 'anonymous';
    expect(decision).toBe(given.encryption === 'customerProvided' && !outside ? 'allowed' : 'denied');
  }), RUNS);
});

test('no request from outside the perimeter is allowed, but for the roles that deploy and for AWS services', async () => {
  await fc.assert(fc.asyncProperty(
    options.filter(({ network }) => network !== undefined), action, fc.constantFrom('owner', 'root', 'user', 'partner', 'anonymous'), hex,
    async (given, asked, who, id) => {
      const bucket = deploy(given);
      for (const place of [
        { 'aws:SourceIp': OUTSIDE_ADDRESS, 'aws:SourceVpce': null, 'aws:SourceVpc': null },
        { 'aws:SourceIp': null, 'aws:SourceVpce': `vpce-${other(id)}`, 'aws:SourceVpc': `vpc-${other(id)}` },
      ]) {
        expect(await ask(bucket, given, { principal: who, action: asked, alsoAllowed: true, context: place })).toBe('denied');
      }
    }), RUNS);

  // One digit more than the generated ids have.
  function other(id: string): string {
    return `${id}0`;
  }
});

test("a plain owner's TLS request is always allowed", async () => {
  await fc.assert(fc.asyncProperty(options, action, async (given, asked) => {
    const bucket = deploy(given);
    expect(await ask(bucket, given, { principal: 'owner', action: asked })).toBe('allowed');
  }), RUNS);
});

test('whatever the options, the final template holds every guarantee', () => {
  fc.assert(fc.property(options, given => {
    const { stack } = build(given);
    Assertions.fromStack(stack);
    const findings = SecureS3Plugin.of(stack)!.verdicts().filter(verdict => verdict.findings.length > 0);
    expect(findings.map(({ guarantee }) => guarantee.id)).toEqual([]);
  }), RUNS);
});

function build(given: Options): { stack: Stack; bucket: SecureBucket } {
  const stack = new Stack(new App(), 'Random', { env: { account: ACCOUNT, region: REGION } });
  const presignedUrls = given.presignedUrls === undefined ? undefined
    : given.presignedUrls === 'denied' ? PresignedUrls.denied()
      : given.presignedUrls === 'unrestricted' ? PresignedUrls.unrestricted()
        : PresignedUrls.maxAge(Duration.seconds(given.presignedUrls));
  const bucket = new SecureBucket(stack, 'Bucket', {
    encryption: Encryption[given.encryption](),
    requireEncryptionHeaders: given.encryption === 'customerProvided' ? undefined : given.requireEncryptionHeaders,
    minimumTlsVersion: given.tls13 ? TlsVersion.TLS_1_3 : undefined,
    presignedUrls,
    mfaDelete: given.mfaSeconds === undefined ? undefined : MfaDelete.required({ maxAge: Duration.seconds(given.mfaSeconds) }),
    network: given.network && NetworkPerimeter.of(given.network),
    organizationId: given.organizationId,
  });
  return { stack, bucket };
}

function deploy(given: Options): Deployed {
  const { stack, bucket } = build(given);
  const logicalId = (arn: string) => stack.resolve(arn)['Fn::GetAtt'][0];
  return read(
    Assertions.fromStack(stack).toJSON() as never, logicalId(bucket.bucketArn), bucket.encryptionKey && logicalId(bucket.encryptionKey.keyArn));
}

/** Asks as someone who does all that the options want, except for what the request says. */
async function ask(bucket: Deployed, given: Options, request: Pick<RequestRow, 'principal' | 'action' | 'context' | 'alsoAllowed'>): Promise<Decision> {
  const row: RequestRow = {
    ...request,
    resource: BUCKET_ACTIONS.includes(request.action) ? bucket.arn : `${bucket.objectsArn}reports/2026.csv`,
    resourceAccount: ACCOUNT,
    context: {
      ...inside(given),
      ...given.organizationId === undefined || ['anonymous', 'logging.s3.amazonaws.com'].includes(request.principal)
        ? {} : { 'aws:PrincipalOrgID': given.organizationId },
      ...request.action === 's3:PutObject' ? encryptionHeaders(bucket, given) : {},
      ...request.context,
    },
  };
  return judge(bucket.policy)(await prepare(row));
}

function inside({ network }: Options): Record<string, string | null> {
  if (network?.vpcEndpointIds?.length) {
    return { 'aws:SourceVpce': network.vpcEndpointIds[0], 'aws:SourceIp': null };
  }
  if (network?.vpcIds?.length) {
    return { 'aws:SourceVpc': network.vpcIds[0], 'aws:SourceIp': null };
  }
  return network?.cidrs?.length ? { 'aws:SourceIp': network.cidrs[0].split('/')[0] } : {};
}

function encryptionHeaders({ keyArn }: Deployed, { encryption, requireEncryptionHeaders }: Options): Record<string, string> {
  if (encryption === 'customerProvided') {
    return { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' };
  }
  if (!requireEncryptionHeaders) {
    return {};
  }
  return keyArn === undefined ? { 's3:x-amz-server-side-encryption': 'AES256' } : {
    's3:x-amz-server-side-encryption': encryption === 'kms' ? 'aws:kms' : 'aws:kms:dsse',
    's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn,
  };
}
