// Imports in a fresh process: first the import alone, as aws-cdk-lib loads its modules on first use and so does this library;
// with the argument "use", each import together with the first use of its bucket class.
const use = process.argv[2] === 'use';
const started = performance.now();
require('aws-cdk-lib');
const s3 = require('aws-cdk-lib/aws-s3');
use && s3.Bucket;
const base = performance.now();
const library = require('../lib');
use && library.SecureBucket;
const done = performance.now();
console.log(JSON.stringify({ base: base - started, added: done - base }));
