// One synthesis in a fresh process: node access-points-one.js s3.CfnAccessPoint|AccessPoint COUNT
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const { App, Names, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const s3 = require('aws-cdk-lib/aws-s3');
const { AccessPoint, SecureBucket } = require('../lib');

const [variant, countText] = process.argv.slice(2);
const count = Number(countText);
/** An access point, a role and its policy are three resources, and CloudFormation takes 500 a stack. */
const ACCESS_POINTS_PER_STACK = 150;
const ACTIONS = ['s3:AbortMultipartUpload', 's3:DeleteObject*', 's3:GetObject*', 's3:ListBucket', 's3:ListBucketMultipartUploads',
  's3:ListBucketVersions', 's3:ListMultipartUploadParts', 's3:ListObject*', 's3:PutObject*', 's3:RestoreObject'];
const ESCAPES = ['*/../*', '*/..', '*..%2f*', '*..%2F*', '*%2f..*', '*%2F..*', '*%2e*', '*%2E*'];

const outdir = mkdtempSync(join(tmpdir(), 'bench-access-points-'));
try {
  // Loads lazily loaded modules and compiles the hot paths, for both variants alike.
  synthesize(newApp('warm-up'), 5);
  const app = newApp('measured');
  const started = performance.now();
  synthesize(app, count);
  const milliseconds = performance.now() - started;
  const templates = readdirSync(app.outdir).filter(file => file.endsWith('.template.json')).map(file => readFileSync(join(app.outdir, file), 'utf8'));
  const policies = templates.flatMap(template => Object.values(JSON.parse(template).Resources)).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  console.log(JSON.stringify({
    milliseconds,
    templateBytes: templates.reduce((sum, template) => sum + Buffer.byteLength(template), 0),
    bucketPolicyBytes: Buffer.byteLength(JSON.stringify(policies[0].Properties.PolicyDocument)),
  }));
} finally {
  rmSync(outdir, { recursive: true });
}

/** As `cdk init` sets up an app. */
function newApp(name) {
  return new App({ outdir: join(outdir, name), context: { '@aws-cdk/core:enablePartitionLiterals': true } });
}

function synthesize(app, accessPoints) {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const bucket = new SecureBucket(new Stack(app, 'Data', { env }), 'Data', { bucketName: 'example-data' });
  if (variant !== 'AccessPoint') {
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'AccessPointDelegation',
      principals: [new iam.AnyPrincipal()],
      actions: ACTIONS,
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      conditions: { StringEquals: { 's3:DataAccessPointAccount': env.account } },
    }));
  }
  let stack;
  for (let index = 0; index < accessPoints; index++) {
    if (index % ACCESS_POINTS_PER_STACK === 0) {
      stack = new Stack(app, `Teams${index / ACCESS_POINTS_PER_STACK}`, { env });
    }
    const role = new iam.Role(stack, `Role${index}`, { assumedBy: new iam.AccountRootPrincipal() });
    const prefix = `team-${index}/`;
    if (variant === 'AccessPoint') {
      new AccessPoint(stack, `Team${index}`, { bucket, prefixes: [prefix] }).grantReadWrite(role);
    } else {
      byHand(stack, `Team${index}`, bucket, prefix, role);
    }
  }
  app.synth();
}

/** What a careful engineer writes without the library. */
function byHand(stack, id, bucket, prefix, role) {
  const name = Names.uniqueResourceName(stack, { maxLength: 40, separator: '-' }).toLowerCase() + id.toLowerCase();
  const arn = stack.formatArn({ service: 's3', resource: 'accesspoint', resourceName: name });
  const objects = `${arn}/object/${prefix}*`;
  const deny = (Sid, rest) => ({ Sid, Effect: 'Deny', Principal: { AWS: '*' }, ...rest });
  new s3.CfnAccessPoint(stack, id, {
    name,
    bucket: bucket.bucketName,
    publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    policy: {
      Version: '2012-10-17',
      Statement: [
        deny('TlsOnly', { Action: 's3:*', Resource: [arn, `${arn}/object/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        deny('PrefixBoundary', { Action: 's3:*', NotResource: [arn, objects] }),
        deny('PrefixEscape', { Action: 's3:*', Resource: ESCAPES.map(escape => `${arn}/object/${escape}`) }),
        deny('ListBoundary', {
          Action: ['s3:ListBucket', 's3:ListBucketVersions'], Resource: arn, Condition: { StringNotLike: { 's3:prefix': [`${prefix}*`] } },
        }),
        deny('UploadsBoundary', { Action: 's3:ListBucketMultipartUploads', Resource: arn }),
        deny('ListEscape', { Action: ['s3:ListBucket', 's3:ListBucketVersions'], Resource: arn, Condition: { StringLike: { 's3:prefix': ESCAPES } } }),
      ],
    },
  });
  role.addToPolicy(new iam.PolicyStatement({
    actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], resources: [objects],
  }));
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [arn], conditions: { StringLike: { 's3:prefix': [`${prefix}*`] } } }));
}
