import { awscdk, javascript } from 'projen';
import { bucketBaseProps } from './projenrc/bucket-base-props';

const CDK_VERSION = '2.257.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-secure-s3',
  description: 'Opinionated AWS CDK constructs for Amazon S3 security: safe defaults, enforced by policy and proven at synth',
  author: 'cdk-secure-s3 maintainers',
  authorAddress: 'maintainers@cdk-secure-s3.invalid',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-secure-s3/cdk-secure-s3.git',
  license: 'Apache-2.0',
  copyrightOwner: 'the cdk-secure-s3 authors',
  keywords: ['aws', 'cdk', 's3', 'security', 'bucket-policy', 'encryption', 'compliance'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  cdkVersion: CDK_VERSION,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~5.9.0',
  minNodeVersion: '20.0.0',
  jestOptions: {
    jestVersion: '^30',
    // The coverage report and the watch reporter slow the default run down and prove nothing.
    configFilePath: 'jest.config.json',
    jestConfig: {
      testTimeout: 120_000,
      // The Lambda code is bundled before the tests, however they are started.
      globalSetup: '<rootDir>/scripts/bundle.ts',
      setupFiles: ['<rootDir>/test/quiet.ts'],
      moduleNameMapper: { '^cdk-secure-s3$': '<rootDir>/src/index.ts' },
      // Jest leaves a core idle otherwise, of two.
      maxWorkers: '100%',
      collectCoverage: false,
      roots: ['<rootDir>/test'],
      workerIdleMemoryLimit: '2GB',
    },
  },
  tsconfigDev: {
    compilerOptions: { paths: { 'cdk-secure-s3': ['../src/index'] } },
    include: [
      '../examples/**/*.ts', '../benchmarks/**/*.ts', '../integ/**/*.ts', '../test-live/**/*.ts',
      '../scripts/accuracy/*.ts', '../scripts/fuzz/*.ts', '../scripts/bundle.ts', '../scripts/wasm.ts', '../scripts/docs/*.ts', '../scripts/live/*.ts', '../scripts/validators/*.ts',
    ],
  },

  publishToPypi: { distName: 'cdk-secure-s3', module: 'cdk_secure_s3' },
  publishToMaven: {
    javaPackage: 'io.github.cdksecures3',
    mavenGroupId: 'io.github.cdksecures3',
    mavenArtifactId: 'cdk-secure-s3',
  },
  publishToNuget: { dotNetNamespace: 'CdkSecureS3', packageId: 'CdkSecureS3' },
  publishToGo: { moduleName: 'github.com/cdk-secure-s3/cdk-secure-s3-go', packageName: 'cdksecures3' },

  devDeps: [
    '@aws-crypto/client-node',
    '@aws-sdk/client-comprehend',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-glacier',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-kms',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sts',
    '@aws-sdk/s3-request-presigner',
    '@aws-cdk/integ-runner@2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@cdklabs/cdk-validator-cfnguard',
    '@cloud-copilot/iam-simulate',
    '@jsquash/avif@^2.1.1',
    '@jsquash/jpeg@^1.6.0',
    '@jsquash/png@^3.1.1',
    '@jsquash/webp@^1.5.0',
    '@mrgrain/jsii-struct-builder',
    '@smithy/signature-v4',
    '@types/cli-progress',
    'assemblyscript@^0.28',
    'aws-cdk@2.1148.1',
    'aws-jwt-verify',
    'cdk-nag@^3',
    // Bundled with the command line: CommonJS, and for Node 20.
    'cli-progress@^3.12.0',
    'commander@^14.0.3',
    'esbuild',
    'fast-check',
    'fast-xml-parser@^5',
    'fastest-levenshtein@^1.0.16',
    'hersheytext@^2.0.0',
    'picocolors@^1.1.1',
    'saxes@^6.0.0',
    'string-width@^4.2.3',
    'tsx',
  ],

  github: false,
  depsUpgrade: false,
  buildWorkflow: false,
  release: false,
  pullRequestTemplate: false,
  stale: false,
  sampleCode: false,
  npmignoreEnabled: false,
  // scripts/bundle.ts bundles the Lambda code.
  lambdaAutoDiscover: false,
  docgen: true,
  eslint: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'test-live', 'examples', 'benchmarks', 'integ', 'scripts', 'projenrc'],
    prettier: false,
  },
  gitignore: ['/assets/', '/src/**/*-probe*.ts', 'cdk.out/', '.venv/', '/tmp/', '.nag/', '*.tgz', '!/examples/redaction/*.log', 'cdk-integ.out.*', '.jsii.tabl.json', '/.npmignore'],
});

bucketBaseProps(project);

// One list of import zones: ARCHITECTURE.md draws the same arrows.
const constructs = ['bucket', 'logging', 'access-point', 'archive', 'object-lambda', 'redacted-view'];
const folders = (...names: string[]) => names.map(dir => `./src/${dir}`);
project.eslint?.addRules({
  // Without ignoreExternal it walks through node_modules, for minutes.
  'import/no-cycle': ['error', { ignoreExternal: true }],
  'import/no-restricted-paths': ['error', {
    zones: [
      { target: './src/!(index.ts)/**', from: './src/index.ts', message: 'import the concrete file, never the barrel' },
      { target: './src/guarantees', from: folders(...constructs, 'checks'), message: 'a guarantee knows no construct' },
      { target: './src/private', from: folders(...constructs, 'checks', 'guarantees'), message: 'helpers know nothing above them' },
      { target: './src/checks', from: folders(...constructs), message: 'checks see templates and guarantees, not constructs' },
      { target: './src/bucket', from: './src/logging', except: ['./access-log-bucket.ts'], message: 'logging builds on bucket; only the type of AccessLogBucket points back' },
      { target: './src/bucket', from: folders('access-point', 'archive'), message: 'access points and archives build on bucket' },
      { target: './src/logging', from: folders('access-point', 'archive'), message: 'logging stands beside access points and below archives' },
      { target: './src/access-point', from: folders('logging', 'archive'), message: 'access points build on bucket only' },
      { target: './src/archive', from: './src/access-point', message: 'archives build on bucket and logging' },
      { target: folders('bucket', 'logging', 'access-point', 'archive'), from: folders('object-lambda', 'redacted-view'), message: 'views build on access points' },
      { target: './src/object-lambda', from: folders('logging', 'archive', 'redacted-view'), message: 'Object Lambda builds on bucket and access-point' },
      { target: './src/redacted-view', from: folders('logging', 'archive'), message: 'views without Object Lambda build on bucket, access-point and object-lambda' },
      {
        target: './src/transform',
        from: ['./node_modules/aws-cdk-lib', './node_modules/constructs', ...folders(...constructs, 'checks', 'guarantees', 'cli')],
        message: 'transformations know requests and bytes, not CDK',
      },
      { target: './src/transform/*.ts', from: ['./node_modules/@aws-sdk', './src/transform/aws'], message: 'what talks to AWS stands in transform/aws' },
      {
        target: './src/redaction',
        from: ['./node_modules/aws-cdk-lib', './node_modules/constructs', ...folders(...constructs, 'checks', 'guarantees', 'cli')],
        message: 'the redaction engine knows bytes, not CDK',
      },
      { target: './src/redaction', from: './src/private', except: ['./described.ts', './errors.ts'], message: 'the rules of a redaction report errors as the constructs do, and share nothing else' },
      {
        target: './src/!(redaction|transform|cli|index.ts)/**/!(*.lambda).ts',
        from: folders('redaction/detect', 'redaction/format', 'redaction/fields', 'redaction/masking', 'redaction/judge.ts', 'redaction/redactor.ts', 'redaction/stream.ts'),
        message: 'constructs know the rules of a redaction, not its engine',
      },
      { target: './src/cli', from: ['./node_modules/aws-cdk-lib', './node_modules/constructs'], message: 'the command line knows no CDK' },
      { target: './src/cli', from: './src/**', except: ['**/src/cli/**', '**/src/redaction/**'], message: 'the command line runs the redaction engine' },
      { target: './src/!(cli)/**', from: './src/cli', message: 'the command line is bundled on its own, see scripts/bundle.ts' },
      { target: './src/**/*(*.lambda|*-contract).ts', from: ['./node_modules/aws-cdk-lib', './node_modules/constructs'], message: 'Lambda code knows no CDK' },
      {
        target: './src/**/*(*.lambda|*-contract).ts',
        from: './src/**',
        except: ['**/src/private/**', '**/src/redaction/**', '**/src/transform/**', '**/*-contract.ts'],
        message: 'Lambda code shares a contract with its construct, and nothing else',
      },
      { target: './src/!(transform)/**/!(*.lambda).ts', from: './src/transform', message: 'constructs know no Lambda code' },
      { target: './src/**/!(*.lambda).ts', from: './src/**/*.lambda.ts', message: 'Lambda code is bundled on its own, see scripts/bundle.ts' },
    ],
  }],
});

project.eslint?.addOverride({ files: ['examples/**', 'test/**', 'scripts/**', 'benchmarks/**'], rules: { 'import/no-unresolved': 'off', 'import/no-cycle': 'off' } });
// The AWS SDK is bundled with the Lambda code, the argument parser with the command line.
project.eslint?.addOverride({ files: ['src/**/*.lambda.ts', 'src/transform/**', 'src/cli/*.ts'], rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true }] } });
// The engine counts in bits and bytes.
project.eslint?.addOverride({ files: ['src/redaction/**', 'src/transform/**', 'test/redaction/**', 'scripts/fuzz/**', 'benchmarks/redaction/**'], rules: { 'no-bitwise': 'off' } });
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
// What is published is listed, so that nothing else ever is.
project.package.addField('files', [
  'lib/**/*.js', 'lib/**/*.d.ts', '!lib/**/*.lambda.*', '!lib/transform/**', '!lib/cli/**', 'assets/**', '.jsii', 'API.md', 'docs/GUARANTEES.md',
]);

project.package.addBin({ 'cdk-secure-s3': 'assets/cli/index.js' });

project.compileTask.prependExec('tsx scripts/bundle.ts');
project.compileTask.prependExec('tsx scripts/wasm.ts');
// The tests run from the sources; `lib` is what users import, with lazy exports.
project.compileTask.exec('tsx scripts/lazy-index.ts');
project.testTask.reset('jest --ci', { receiveArgs: true });
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

const script = (name: string, description: string, ...commands: string[]) => {
  const task = project.addTask(name, { description });
  commands.forEach((command, index) => command === 'compile'
    ? task.spawn(project.compileTask)
    : task.exec(command, { receiveArgs: index === commands.length - 1 }));
};
script('demo', 'Build the library, synthesize examples/data-lake, check it and explain the result',
  'compile', 'tsx --tsconfig scripts/demo/tsconfig.json scripts/demo/demo.ts', 'tsx --tsconfig scripts/demo/tsconfig.json scripts/demo/redact.ts');
const lint = project.addTask('lint', { description: 'Lint, import zones and cycles included' });
lint.spawn(project.tasks.tryFind('eslint')!);
script('typecheck', 'Type-check tests, examples, benchmarks and scripts', 'tsc --noEmit --isolatedModules false -p test/tsconfig.json');
const integRunner = 'integ-runner --directory integ --language typescript --app "node --import tsx {filePath}"';
script('integ', 'Check the integration snapshots', integRunner);
script('integ:update', 'Write the integration snapshots, without an AWS account', `${integRunner} --dry-run --update-on-failed`);
script('test:live', 'Apply the templates to a real S3 server on loopback and drive it with real clients; installs Debian packages', 'scripts/live/run.sh');
script('docs', 'Write docs/GUARANTEES.md', 'tsx scripts/docs/guarantees.ts');
script('rosetta', 'Compile the snippets of README and docstrings, strictly', 'compile', 'jsii-rosetta extract --strict');
script('bench:redaction', 'Speed and memory of the redaction engine against others, on the same bytes in the same run', 'tsx benchmarks/redaction/run.ts');
script('bench:lambda', 'Size, cold start, throughput and cost of the functions behind views, computed from published prices', 'tsx benchmarks/lambda/run.ts');
script('accuracy', 'What the redaction engine finds in public test sets, by type', 'tsx scripts/accuracy/run.ts');
script('fuzz:redaction', 'Coverage-guided fuzzing of the redaction engine', 'tsx scripts/fuzz/run.ts');
script('bench:synth', 'Synthesis time, template size and import time against s3.Bucket by hand', 'compile', 'tsx benchmarks/synth.ts');

project.synth();
