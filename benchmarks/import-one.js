// One import of aws-cdk-lib/aws-s3, and then of the built library, in a fresh process.
const started = performance.now();
require('aws-cdk-lib');
require('aws-cdk-lib/aws-s3');
const base = performance.now();
require('../lib');
const done = performance.now();
console.log(JSON.stringify({ base: base - started, added: done - base }));
