import { Duration, Lazy } from 'aws-cdk-lib';
import { PresignedUrls } from '../../src/bucket/presigned-urls';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { newStack, statement, templateOf } from '../checks/synth';

function conditions(presignedUrls?: PresignedUrls): { presigned: any; version2: any } {
  const stack = newStack();
  new SecureBucket(stack, 'Data', { presignedUrls });
  const template = templateOf(stack);
  return { presigned: statement(template, 'PresignedUrls')?.Condition, version2: statement(template, 'NoSignatureVersion2')?.Condition };
}

const PRESIGNED = { 's3:authType': ['REST-QUERY-STRING', 'POST'] };

describe('maxAge', () => {
  test.each<[string, PresignedUrls | undefined, string]>([
    ['an hour by default', undefined, '3600000'],
    ['15 minutes', PresignedUrls.maxAge(Duration.minutes(15)), '900000'],
    ['a second, the shortest', PresignedUrls.maxAge(Duration.seconds(1)), '1000'],
    ['a second and a half', PresignedUrls.maxAge(Duration.millis(1500)), '1500'],
    ['7 days, the longest', PresignedUrls.maxAge(Duration.days(7)), '604800000'],
  ])('%s: stands in the policy in milliseconds', (_name, presignedUrls, milliseconds) => {
    expect(conditions(presignedUrls)).toEqual({
      presigned: {
        StringEqualsIgnoreCase: PRESIGNED, NumericGreaterThan: { 's3:signatureAge': milliseconds }, BoolIfExists: { 'aws:ViaAWSService': 'false' },
      },
      version2: { StringEquals: { 's3:signatureversion': 'AWS' } },
    });
  });

  test.each<[Duration, string]>([
    [Duration.seconds(0), '0 seconds'],
    [Duration.millis(999), '999 millis'],
    [Duration.days(8), '8 days'],
    [Duration.millis(7 * 86400_000 + 1), '7 days 1 millis'],
  ])('%s is refused', (age, told) => {
    expect(() => PresignedUrls.maxAge(age)).toThrow(/^\[PresignedUrls\.maxAge\] the maximum age is .*: choose from 1 second to 7 days, or PresignedUrls\.denied\(\)$/);
    expect(() => PresignedUrls.maxAge(age)).toThrow(`the maximum age is ${told.split(' ').slice(0, 2).join(' ')}`);
  });

  test('that is known only at deployment is refused by its name', () => {
    expect(() => PresignedUrls.maxAge(Duration.millis(Lazy.number({ produce: () => 60_000 })))).toThrow('[PresignedUrls.maxAge] the maximum age is <token> millis');
  });
});

test('denied refuses presigned requests of every age and both versions', () => {
  expect(conditions(PresignedUrls.denied())).toEqual({
    presigned: { StringEqualsIgnoreCase: PRESIGNED, BoolIfExists: { 'aws:ViaAWSService': 'false' } },
    version2: undefined,
  });
});

test('unrestricted adds no statement', () => {
  expect(conditions(PresignedUrls.unrestricted())).toEqual({ presigned: undefined, version2: undefined });
});
