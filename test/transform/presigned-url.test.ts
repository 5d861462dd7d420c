import { isOfS3, parsePresignedUrl } from '../../src/transform/aws/presigned-url';

const OVERRIDE = 'AWS_ENDPOINT_URL_S3';
const before = process.env[OVERRIDE];

beforeEach(() => {
  delete process.env[OVERRIDE];
});

afterAll(() => {
  if (before !== undefined) {
    process.env[OVERRIDE] = before;
  }
});

// https://docs.aws.amazon.com/general/latest/gr/s3.html, https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
test.each([
  ['https://my-s3-ap-111122223333.s3-accesspoint.us-east-1.amazonaws.com/example?X-Amz-Expires=61', true],
  ['https://my-s3-ap-111122223333.s3-accesspoint.us-east-1.amazonaws.com:443/example', true],
  ['https://my-s3-ap-111122223333.s3-accesspoint.dualstack.us-east-1.amazonaws.com/', true],
  ['https://my-s3-ap-111122223333.s3-accesspoint-fips.us-gov-west-1.amazonaws.com/', true],
  ['https://my-s3-ap-111122223333.s3-accesspoint-fips.dualstack.us-gov-west-1.amazonaws.com/', true],
  ['https://my-s3-ap-111122223333.s3-accesspoint.cn-north-1.amazonaws.com.cn/', true],
  ['https://my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias.s3.eu-west-1.amazonaws.com/', true],
  ['https://bucket.with.dots.s3.amazonaws.com/', true],
  ['https://bucket.s3-us-west-2.amazonaws.com/', true],
  ['https://s3.eu-west-1.amazonaws.com/bucket/key', true],
  ['http://my-s3-ap-111122223333.s3-accesspoint.us-east-1.amazonaws.com/example', false],
  ['https://my-s3-ap-111122223333.s3-accesspoint.us-east-1.amazonaws.com:9001/example', false],
  ['https://s3.us-east-1.amazonaws.com.example.com/', false],
  ['https://example.com/s3.us-east-1.amazonaws.com', false],
  ['https://nots3.us-east-1.amazonaws.com/', false],
  ['https://s3.example.us-east-1.elb.amazonaws.com/', false],
  ['https://s3-loadbalancer-1.us-east-1.elb.amazonaws.com/', false],
  ['https://abcdefghij.execute-api.us-east-1.amazonaws.com/', false],
  ['https://user@s3.us-east-1.amazonaws.com/', false],
  ['http://127.0.0.1:9001/2018-06-01/runtime/invocation/next', false],
  ['http://169.254.169.254/latest/meta-data/', false],
  ['https://[::1]/', false],
])('%s leads to S3: %p', (url, expected) => {
  expect(isOfS3(parsePresignedUrl(url))).toBe(expected);
});
