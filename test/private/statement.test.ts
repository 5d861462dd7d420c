import { canonicalStatement, denyAll, denyWrites, isIntrinsic, listOf } from '../../src/private/statement';

const STATEMENT = {
  Sid: 'One',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['s3:PutObject', 's3:ReplicateObject'],
  Resource: [{ 'Fn::GetAtt': ['Data', 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Data', 'Arn'] }, '/*']] }],
  Condition: { Bool: { 'aws:SecureTransport': 'false' }, NumericLessThan: { 's3:TlsVersion': '1.2' } },
};

describe('the same statement', () => {
  test.each<[string, Record<string, unknown>]>([
    ['as it is', {}],
    ['under another Sid', { Sid: 'Two' }],
    ['without Sid', { Sid: undefined }],
    ['with the principal as a star', { Principal: '*' }],
    ['with the principal in a list', { Principal: { AWS: ['*'] } }],
    ['with another order of actions', { Action: ['s3:ReplicateObject', 's3:PutObject'] }],
    ['with another order of resources', { Resource: [...STATEMENT.Resource].reverse() }],
    ['with another order of operators', { Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' }, Bool: { 'aws:SecureTransport': 'false' } } }],
    ['with values of another type', { Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:TlsVersion': [1.2] } } }],
  ])('%s', (_how, changes) => {
    expect(canonicalStatement({ ...STATEMENT, ...changes })).toBe(canonicalStatement(STATEMENT));
  });

  test('with its keys in another order', () => {
    expect(canonicalStatement(Object.fromEntries(Object.entries(STATEMENT).reverse()))).toBe(canonicalStatement(STATEMENT));
  });
});

describe('another statement', () => {
  test.each<[string, Record<string, unknown>]>([
    ['effect', { Effect: 'Allow' }],
    ['principal', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    ['principal type', { Principal: { Service: '*' } }],
    ['no principal', { Principal: undefined, NotPrincipal: { AWS: '*' } }],
    ['fewer actions', { Action: 's3:PutObject' }],
    ['more actions', { Action: [...STATEMENT.Action, 's3:GetObject'] }],
    ['case of an action', { Action: ['s3:putObject', 's3:ReplicateObject'] }],
    ['NotAction', { Action: undefined, NotAction: STATEMENT.Action }],
    ['resource', { Resource: [STATEMENT.Resource[0]] }],
    ['reference', { Resource: [{ 'Fn::GetAtt': ['Other', 'Arn'] }, STATEMENT.Resource[1]] }],
    ['attribute', { Resource: [{ 'Fn::GetAtt': ['Arn', 'Data'] }, STATEMENT.Resource[1]] }],
    ['order within an intrinsic', { Resource: [STATEMENT.Resource[0], { 'Fn::Join': ['', ['/*', { 'Fn::GetAtt': ['Data', 'Arn'] }]] }] }],
    ['no condition', { Condition: undefined }],
    ['fewer conditions', { Condition: { Bool: STATEMENT.Condition.Bool } }],
    ['more conditions', { Condition: { ...STATEMENT.Condition, StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }],
    ['operator', { Condition: { BoolIfExists: STATEMENT.Condition.Bool, NumericLessThan: STATEMENT.Condition.NumericLessThan } }],
    ['condition key', { Condition: { Bool: { 'aws:ViaAWSService': 'false' }, NumericLessThan: STATEMENT.Condition.NumericLessThan } }],
    ['condition value', { Condition: { ...STATEMENT.Condition, NumericLessThan: { 's3:TlsVersion': '1.20' } } }],
    ['more condition values', { Condition: { ...STATEMENT.Condition, NumericLessThan: { 's3:TlsVersion': ['1.2', '1.0'] } } }],
  ])('%s', (_what, changes) => {
    const { ...changed } = { ...STATEMENT, ...changes };
    expect(canonicalStatement(JSON.parse(JSON.stringify(changed)))).not.toBe(canonicalStatement(STATEMENT));
  });

  test('a reference and the text that looks like it', () => {
    expect(canonicalStatement({ ...STATEMENT, Resource: { Ref: 'Data' } })).not.toBe(canonicalStatement({ ...STATEMENT, Resource: '{"Ref":"Data"}' }));
  });
});

test('statements that refuse everyone', () => {
  const arns = { own: 'B', objects: 'O' };
  expect(denyAll('A', arns, { Null: { k: 'true' } })).toEqual({ Sid: 'A', Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: ['B', 'O'], Condition: { Null: { k: 'true' } } });
  expect(denyWrites('A', ['s3:PutObject'], arns, undefined)).toEqual({ Sid: 'A', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:PutObject'], Resource: ['O'] });
});

test.each([[undefined, []], ['a', ['a']], [['a', 'b'], ['a', 'b']], [[], []], [{ Ref: 'A' }, [{ Ref: 'A' }]]])('%j as a list', (value, list) => {
  expect(listOf(value)).toEqual(list);
});

test.each([['Ref', true], ['Fn::Join', true], ['AWS', false], ['ref', false], ['Fn', false]])('%s is an intrinsic: %p', (key, is) => {
  expect(isIntrinsic(key)).toBe(is);
});
