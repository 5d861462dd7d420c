import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { VaultStack } from '../../examples/client-side-encryption/vault';
import { DataLakeStack } from '../../examples/data-lake/data-lake';
import { TeamsStack } from '../../examples/data-lake/teams';
import { LedgerStack } from '../../examples/ledger/ledger';
import { SupportStack } from '../../examples/redacted-view/support';
import { WebsitesStack } from '../../examples/websites/websites';
import { summarize } from '../../src/checks/summary';

const EXAMPLES: { [folder: string]: (app: App) => Stack[] } = {
  'data-lake': app => [
    new DataLakeStack(app, 'DataLake', { partnerAccount: '444455556666', jobsVpcEndpointId: 'vpce-0123456789abcdef0' }),
    new TeamsStack(app, 'Teams'),
  ],
  'websites': app => [new WebsitesStack(app, 'Websites')],
  'ledger': app => [new LedgerStack(app, 'Ledger')],
  'redacted-view': app => [new SupportStack(app, 'Support', { issuer: 'https://login.example.com/support', audience: 'tickets' })],
  'client-side-encryption': app => [new VaultStack(app, 'Vault')],
};

/** Files to redact, which the tests of the command line do. */
const SAMPLES = 'redaction';

test('every example is tried here', () => {
  const folders = readdirSync(join(__dirname, '..', '..', 'examples'), { withFileTypes: true }).filter(entry => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...Object.keys(EXAMPLES), SAMPLES].sort());
});

describe.each(Object.entries(EXAMPLES))('%s', (folder, create) => {
  const app = new App();
  const templates = create(app).map(stack => Template.fromStack(stack));
  const count = (type: string) => templates.reduce((sum, template) => sum + Object.keys(template.findResources(type)).length, 0);

  test('has an app that a person can deploy', () => {
    expect(existsSync(join(__dirname, '..', '..', 'examples', folder, 'app.ts'))).toBe(true);
  });

  test('every bucket and access point in it is one of the library, and holds its guarantees', () => {
    const summaries = summarize(app);
    const found = (name: RegExp) => summaries.filter(({ constructs }) => name.test(constructs.join())).length;
    expect(found(/^(SecureBucket|AccessLogBucket)\b/)).toBe(count('AWS::S3::Bucket'));
    expect(found(/^(Vpc)?AccessPoint$/)).toBe(count('AWS::S3::AccessPoint'));
    expect(found(/^ObjectLambdaAccessPoint$/)).toBe(count('AWS::S3ObjectLambda::AccessPoint'));
    expect(found(/^RedactedEndpoint$/)).toBe(count('AWS::Lambda::Url'));
    expect(summaries.flatMap(({ guarantees }) => guarantees).filter(({ status }) => status !== 'holds')).toEqual([]);
    // Functions have a policy only where others invoke them.
    expect(summaries.filter(({ policyBytes }) => policyBytes === 0).map(({ constructs }) => constructs.join()).filter(name => !/^Redacted/.test(name))).toEqual([]);
  });
});

test('the shop may load images from the media site, and nobody else may', () => {
  const template = Template.fromStack(EXAMPLES.websites(new App())[0]);
  template.hasResourceProperties('AWS::S3::Bucket', {
    CorsConfiguration: {
      CorsRules: [{
        AllowedMethods: ['GET', 'HEAD'],
        AllowedOrigins: [{ 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopSite'), 'DomainName'] }]] }],
        MaxAge: 3600,
      }],
    },
  });
  template.resourcePropertiesCountIs('AWS::S3::Bucket', { CorsConfiguration: Match.anyValue() }, 1);
});
