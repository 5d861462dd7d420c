import { ObjectLambda } from './object-lambda';
import { PiiType } from '../../../src/redaction/pii-type';
import { Redaction } from '../../../src/redaction/redaction';
import { ComprehendServer } from '../../redaction/assisted/comprehend-server';

const RULES = Redaction.of({ types: [PiiType.EMAIL] }).comprehend({ languageCode: 'en' }).toJsonString();
const TEXT = 'Dear 😀 Ana López, write to ana@example.com.\n';
const REDACTED = 'Dear 😀 [NAME], write to [EMAIL].\n';

const comprehend = new ComprehendServer();
let view: ObjectLambda;

beforeAll(async () => {
  const environment = { AWS_ENDPOINT_URL_COMPREHEND: await comprehend.start() };
  view = await ObjectLambda.start('redacting-object-lambda', { files: { 'rules.json': RULES }, environment });
});

beforeEach(() => comprehend.reset());

afterAll(async () => {
  await Promise.all([view.stop(), comprehend.stop()]);
});

test('the function asks Amazon Comprehend, and the object has no ETag', async () => {
  view.s3.put('a.txt', TEXT.repeat(3), {}, 'v1');
  const { status, headers, body } = await view.get('a.txt');
  expect([status, body.toString()]).toEqual([200, REDACTED.repeat(3)]);
  expect(headers.etag).toBeUndefined();
  expect(view.log.counts).toEqual({ NAME: 3, EMAIL: 3 });
  expect(comprehend.received.map(({ input }) => input)).toEqual([{ Text: TEXT.repeat(3), LanguageCode: 'en' }]);
});

test('an object of several segments; no range of it, which might be one of another answer', async () => {
  view.s3.put('b.txt', TEXT.repeat(10_000), {}, 'v1');
  expect((await view.get('b.txt')).body.equals(Buffer.from(REDACTED.repeat(10_000)))).toBe(true);
  expect(await view.get('b.txt', { headers: { range: 'bytes=0-9' } })).toMatchObject({ status: 400, length: 0 });
  expect(view.log).toMatchObject({ outcome: 'refused', code: 'NotImplemented' });
});

test('no answer of Amazon Comprehend: nothing of the object, and the log says why', async () => {
  comprehend.trouble = () => ({ status: 400, type: 'AccessDeniedException' });
  view.s3.put('c.txt', TEXT, {}, 'v1');
  const { status, code, body } = await view.get('c.txt');
  expect([status, code]).toEqual([503, 'DetectionFailed']);
  expect(body.toString()).not.toMatch(/Ana|example\.com|AccessDenied/);
  expect(view.log.problem).toBe('DETECTION_FAILED: comprehend answered 400 AccessDeniedException');
  expect(view.lines.join()).not.toMatch(/Ana|ana@/);
});
