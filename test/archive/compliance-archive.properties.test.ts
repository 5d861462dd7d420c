/** For whatever options and whatever sequence of grants: who may do what, and nobody more. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ComplianceArchive, Retention } from '../../src';
import { SecureS3Plugin } from '../../src/checks/secure-s3-plugin';
import { ACCOUNT, REGION } from '../configurations';
import { fc } from '../fast-check';
import { Deployed, read } from '../simulator/deployed';
import { judge, prepare } from '../simulator/simulator';

/** Each right of an archive, and the actions on objects that it stands for. */
const RIGHTS = {
  archive: ['s3:PutObject', 's3:AbortMultipartUpload'],
  read: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention', 's3:GetObjectLegalHold'],
  legalHold: ['s3:PutObjectLegalHold', 's3:GetObjectLegalHold'],
  extendRetention: ['s3:PutObjectRetention', 's3:GetObjectRetention'],
  bypassGovernance: ['s3:BypassGovernanceRetention', 's3:DeleteObjectVersion', 's3:PutObjectRetention', 's3:GetObjectRetention'],
};
type Right = keyof typeof RIGHTS;

/** What the L2 itself grants on a bucket; its policy refuses whatever is no right of the archive. */
const L2_GRANTS = ['grantRead', 'grantWrite', 'grantPut', 'grantReadWrite', 'grantDelete'] as const;

/** What the policy refuses to all but those who have one of the rights. */
const REFUSED: Record<string, Right[]> = {
  's3:PutObjectLegalHold': ['legalHold'],
  's3:PutObjectRetention': ['extendRetention', 'bypassGovernance'],
  's3:BypassGovernanceRetention': ['bypassGovernance'],
  's3:DeleteObject': ['bypassGovernance'],
  's3:DeleteObjectVersion': ['bypassGovernance'],
  's3:DeleteBucket': [],
  's3:PutBucketObjectLockConfiguration': [],
  's3:PutLifecycleConfiguration': [],
  's3:PutBucketVersioning': [],
  's3:PutBucketPolicy': [],
  's3:PutEncryptionConfiguration': [],
};

const ROLES = ['one', 'two', 'three'];

interface Given {
  readonly mode: 'compliance' | 'governance';
  readonly grants: { readonly role: string; readonly right: Right }[];
  readonly besides: { readonly role: string; readonly l2: typeof L2_GRANTS[number] }[];
}

const role = fc.constantFrom(...ROLES);
const given: fc.Arbitrary<Given> = fc.record({
  mode: fc.constantFrom<Given['mode']>('compliance', 'governance'),
  grants: fc.array(fc.record({ role, right: fc.constantFrom(...Object.keys(RIGHTS) as Right[]) }), { maxLength: 8 }),
  besides: fc.array(fc.record({ role, l2: fc.constantFrom(...L2_GRANTS) }), { maxLength: 3 }),
}).map(({ mode, grants, ...others }) => ({ ...others, mode, grants: grants.filter(({ right }) => mode === 'governance' || right !== 'bypassGovernance') }));

function build({ mode, grants, besides }: Given): { deployed: Deployed; identityActions: Record<string, Set<string>>; findings: string[] } {
  const stack = new Stack(new App(), 'Random', { env: { account: ACCOUNT, region: REGION } });
  const archive = new ComplianceArchive(stack, 'Archive', { retention: Retention[mode](Duration.days(30)) });
  const roles = Object.fromEntries(ROLES.map(roleName => [roleName, new iam.Role(stack, roleName, {
    roleName, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  })]));
  const grant: Record<Right, (grantee: iam.IGrantable) => iam.Grant> = {
    archive: grantee => archive.grantArchive(grantee),
    read: grantee => archive.grantRead(grantee),
    legalHold: grantee => archive.grantLegalHold(grantee),
    extendRetention: grantee => archive.grantExtendRetention(grantee),
    bypassGovernance: grantee => archive.grantBypassGovernance(grantee),
  };
  grants.forEach(({ role: name, right }) => grant[right](roles[name]));
  besides.forEach(({ role: name, l2 }) => archive.bucket[l2](roles[name]));
  const template = Assertions.fromStack(stack).toJSON() as { Resources: Record<string, any> };
  const logicalId = stack.resolve(archive.bucket.bucketArn)['Fn::GetAtt'][0];
  return {
    deployed: read(template as never, logicalId),
    identityActions: Object.fromEntries(ROLES.map(name => [name, objectActions(template, stack.resolve(roles[name].roleName).Ref)])),
    findings: SecureS3Plugin.of(stack)!.verdicts().flatMap(verdict => verdict.findings.map(({ problem }) => problem)),
  };
}

/** What the identity policies of a role allow on objects. */
function objectActions(template: { Resources: Record<string, any> }, roleLogicalId: string): Set<string> {
  const statements = Object.values(template.Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === roleLogicalId))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  return new Set(statements.filter(({ Resource }) => JSON.stringify(Resource).includes('/*')).flatMap(({ Action }) => Action));
}

/** Each run synthesizes an app. */
const RUNS = { numRuns: 25 };

test('no sequence of grants gives more than the rights that were granted', async () => {
  await fc.assert(fc.asyncProperty(given, async options => {
    const { deployed: { policy, arn, objectsArn }, identityActions, findings } = build(options);
    expect(findings).toEqual([]);
    const decide = judge(policy);
    for (const name of ROLES) {
      const rights = options.grants.filter(granted => granted.role === name).map(({ right }) => right);
      for (const [action, spared] of Object.entries(REFUSED)) {
        const resource = /Object|Bypass/.test(action) && !action.includes('BucketObjectLock') ? `${objectsArn}ledger/2026.csv` : arn;
        const request = await prepare({ principal: `arn:aws:iam::${ACCOUNT}:role/${name}`, action, resource, resourceAccount: ACCOUNT });
        // The simulator's identity policies allow everything: only what the bucket policy refuses is denied.
        expect([name, action, decide(request)]).toEqual([name, action, spared.some(right => rights.includes(right)) ? 'allowed' : 'denied']);
      }
      if (!options.besides.some(other => other.role === name)) {
        expect([...identityActions[name]].sort()).toEqual([...new Set(rights.flatMap(right => RIGHTS[right]))].sort());
      }
    }
  }), RUNS);
});

/** How S3 may count a part of a day: AWS does not document it. */
const COUNTINGS = [Math.floor, Math.ceil, Math.round, (exact: number) => exact];

test('a writer who computes the date of the retention is never refused for it, and one with a date two days before always is', () => {
  const days = fc.integer({ min: 3, max: 36_500 });
  const delay = fc.double({ min: 0, max: 15 * 60, noNaN: true });
  fc.assert(fc.property(days, delay, fc.constantFrom(...COUNTINGS), (least, delaySeconds, counted) => {
    const refusedBelow = refusedBelowOf(least);
    const remaining = (ahead: number) => counted(ahead - delaySeconds / 86_400);
    expect(remaining(least)).toBeGreaterThanOrEqual(refusedBelow);
    expect(remaining(least - 2)).toBeLessThan(refusedBelow);
  }), { numRuns: 60 });
});

function refusedBelowOf(least: number): number {
  const stack = new Stack(new App(), 'Random', { env: { account: ACCOUNT, region: REGION } });
  const archive = new ComplianceArchive(stack, 'Archive', { retention: Retention.compliance(Duration.days(least)) });
  const minimum = archive.bucket.policy!.document.toJSON().Statement.find(({ Sid }: { Sid: string }) => Sid === 'RetentionMinimum');
  return Number(minimum.Condition.NumericLessThan['s3:object-lock-remaining-retention-days']);
}
