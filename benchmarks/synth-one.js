// One synthesis in a fresh process: node synth-one.js s3.Bucket|SecureBucket COUNT
const { mkdtempSync, readdirSync, rmSync, statSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const { App, Duration, RemovalPolicy, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const s3 = require('aws-cdk-lib/aws-s3');
const { SecureBucket } = require('../lib');

const [variant, countText] = process.argv.slice(2);
const count = Number(countText);
/** Bucket and policy are two resources, and CloudFormation takes 500 a stack. */
const BUCKETS_PER_STACK = 200;

const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
try {
  // Loads lazily loaded modules and compiles the hot paths, for both variants alike.
  synthesize(new App({ outdir: join(outdir, 'warm-up') }), 5);
  const app = new App({ outdir: join(outdir, 'measured') });
  const started = performance.now();
  synthesize(app, count);
  const milliseconds = performance.now() - started;
  const templateBytes = readdirSync(app.outdir).filter(file => file.endsWith('.template.json'))
    .reduce((sum, file) => sum + statSync(join(app.outdir, file)).size, 0);
  console.log(JSON.stringify({ milliseconds, templateBytes }));
} finally {
  rmSync(outdir, { recursive: true });
}

function synthesize(app, buckets) {
  let stack;
  for (let index = 0; index < buckets; index++) {
    if (index % BUCKETS_PER_STACK === 0) {
      stack = new Stack(app, `Stack${index / BUCKETS_PER_STACK}`);
    }
    if (variant === 'SecureBucket') {
      new SecureBucket(stack, `Bucket${index}`);
    } else {
      byHand(stack, `Bucket${index}`);
    }
  }
  app.synth();
}

/** What a careful engineer writes without the library. */
function byHand(stack, id) {
  const bucket = new s3.Bucket(stack, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{ id: 'AbortStaleUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) }],
  });
  const everything = [bucket.bucketArn, bucket.arnForObjects('*')];
  const objects = [bucket.arnForObjects('*')];
  const writes = ['s3:PutObject', 's3:ReplicateObject'];
  const encryptions = [...writes, 's3:UpdateObjectEncryption'];
  deny(bucket, 'TlsOnly', ['s3:*'], everything, { Bool: { 'aws:SecureTransport': 'false' } });
  deny(bucket, 'MinimumTlsVersion', ['s3:*'], everything, { NumericLessThan: { 's3:TlsVersion': '1.2' } });
  deny(bucket, 'PresignedUrls', ['s3:*'], everything, {
    StringEqualsIgnoreCase: { 's3:authType': ['REST-QUERY-STRING', 'POST'] },
    NumericGreaterThan: { 's3:signatureAge': '3600000' },
    BoolIfExists: { 'aws:ViaAWSService': 'false' },
  });
  deny(bucket, 'NoSignatureVersion2', ['s3:*'], everything, { StringEquals: { 's3:signatureversion': 'AWS' } });
  deny(bucket, 'EncryptionAlgorithm', encryptions, objects, {
    Null: { 's3:x-amz-server-side-encryption': 'false' },
    StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' },
  });
  deny(bucket, 'NoCustomerProvidedKeys', writes, objects, { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } });
  bucket.policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
}

function deny(bucket, sid, actions, resources, conditions) {
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid, effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions, resources, conditions,
  }));
}
