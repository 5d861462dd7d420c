import { deployedBytes, MAXIMUM_POLICY_BYTES } from '../../src/private/policy-size';

const OWN_ARN = { 'Fn::GetAtt': ['Data666C94C7', 'Arn'] };
const OWN = { logicalId: 'Data666C94C7' };

test('20 KB are 20,480 bytes', () => {
  expect(MAXIMUM_POLICY_BYTES).toBe(20480);
});

test('plain text counts as it is, in bytes', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Sid: 'Ü', Effect: 'Deny' }] };
  expect(deployedBytes(policy)).toBe(Buffer.byteLength(JSON.stringify(policy)));
});

describe('references count with what they will be', () => {
  test.each<[string, unknown, string]>([
    ['the ARN of the bucket', OWN_ARN, `arn:aws:s3:::${'b'.repeat(63)}`],
    ['its objects', { 'Fn::Join': ['', [OWN_ARN, '/*']] }, `arn:aws:s3:::${'b'.repeat(63)}/*`],
    ['the account', { Ref: 'AWS::AccountId' }, '0'.repeat(12)],
    ['the partition', { Ref: 'AWS::Partition' }, 'aws-us-gov'],
    ['the Region', { Ref: 'AWS::Region' }, 'ap-southeast-1'],
    ['a role', { 'Fn::GetAtt': ['ReaderRole1234', 'Arn'] }, 'a'.repeat(100)],
    ['the longer branch', { 'Fn::If': ['C', 'short', 'much longer'] }, 'much longer'],
    ['a literal Fn::Sub', { 'Fn::Sub': 'text' }, 'text'],
  ])('%s', (_what, value, deployed) => {
    expect(deployedBytes({ Resource: value }, OWN)).toBe(deployedBytes({ Resource: deployed }));
  });

  test('a name that is known is not guessed', () => {
    expect(deployedBytes({ Resource: OWN_ARN }, { ...OWN, name: 'logs' })).toBe(deployedBytes({ Resource: 'arn:aws:s3:::logs' }));
  });
});

describe('the estimate errs on the large side', () => {
  test.each<[string, unknown, string]>([
    ['a parameter', { Ref: 'Parameter' }, 'vpce-0123456789abcdef0'],
    ['a user', { 'Fn::GetAtt': ['Reader', 'Arn'] }, `arn:aws:iam::111122223333:user/${'u'.repeat(30)}`],
    ['an import', { 'Fn::ImportValue': 'x' }, `arn:aws:s3:::${'b'.repeat(63)}`],
    ['a weak reference', { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'o' } }, `arn:aws:s3:::${'b'.repeat(63)}`],
    ['pseudo parameters in Fn::Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/r-${AWS::Region}' }, 'arn:aws:iam::111122223333:role/r-ap-southeast-1'],
    ['a reference in Fn::Sub', { 'Fn::Sub': '${R}' }, `arn:aws:iam::111122223333:role/${'r'.repeat(20)}`],
    ['a variable in Fn::Sub', { 'Fn::Sub': ['${A}', { A: 'x'.repeat(50) }] }, 'x'.repeat(50)],
  ])('%s', (_what, value, deployed) => {
    expect(deployedBytes({ Resource: value })).toBeGreaterThanOrEqual(deployedBytes({ Resource: deployed }));
  });
});
