import { buffer } from 'stream/consumers';
import { ComprehendClient, DetectPiiEntitiesCommand, LanguageCode } from '@aws-sdk/client-comprehend';
import { CREDENTIALS, ComprehendServer, Trouble } from './comprehend-server';
import { AssistedRedactionOptions, AssistedRedactionStream } from '../../../src/redaction/assisted/assisted-stream';
import { Detector } from '../../../src/redaction/assisted/detector';
import { SegmentLimits } from '../../../src/redaction/assisted/segmenter';
import { PiiType } from '../../../src/redaction/pii-type';
import { DEFAULT_RULES, RuleSet } from '../../../src/redaction/rule-set';
import { comprehend } from '../../../src/transform/aws/comprehend';

const RULES: RuleSet = { ...DEFAULT_RULES, comprehend: { languageCode: 'es', types: [PiiType.NAME, PiiType.ADDRESS], confidence: 0.5 } };
const PARAGRAPH = 'Querida Ana López 🎉, tu pedido va a 1 Example Street; escribe a ana@example.com. Wei 𠮷田, 19 May\n\n';
const REDACTED = 'Querida [NAME] 🎉, tu pedido va a [ADDRESS]; escribe a [EMAIL]. [NAME], 19 May\n\n';
/** Four segments. */
const COPIES = 35;
const LIMITS: SegmentLimits = { bytes: 1200, overlap: 50, reach: 10_000, values: 100 };

const server = new ComprehendServer();
const { env } = process;
let sdk: ComprehendClient;

beforeAll(async () => {
  const endpoint = await server.start();
  process.env = {
    ...env,
    AWS_ENDPOINT_URL_COMPREHEND: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  };
  sdk = new ComprehendClient({ endpoint, region: 'eu-west-1', credentials: CREDENTIALS });
});

beforeEach(() => server.reset());

afterAll(async () => {
  process.env = env;
  sdk.destroy();
  await server.stop();
});

/** The same with the client of the AWS SDK. */
const bySdk: Detector = async (text, languageCode, signal) => {
  const command = new DetectPiiEntitiesCommand({ Text: text, LanguageCode: languageCode as LanguageCode });
  const { Entities } = await sdk.send(command, { abortSignal: signal });
  return Entities!.map(({ BeginOffset, EndOffset, Score, Type }) => ({ start: BeginOffset!, end: EndOffset!, score: Score!, type: Type! }));
};

async function redacted(input: string, options: Partial<AssistedRedactionOptions> = {}): Promise<string> {
  const stream = new AssistedRedactionStream({ format: 'text', rules: RULES, detector: comprehend, ...options });
  stream.end(input);
  return (await buffer(stream)).toString();
}

/** The error, and what was out by then. */
async function failure(input: string, options: Partial<AssistedRedactionOptions> = {}): Promise<{ error: Error; size: number }> {
  const stream = new AssistedRedactionStream({ format: 'text', rules: RULES, detector: comprehend, ...options });
  let size = 0;
  stream.on('data', (chunk: Buffer) => size += chunk.length);
  stream.end(input);
  const error = await new Promise<Error>(resolve => stream.once('error', resolve));
  return { error, size };
}

test('asks as the AWS SDK does, with a right signature, and understands the answers as it does', async () => {
  expect(await redacted(PARAGRAPH)).toBe(REDACTED);
  expect(await redacted(PARAGRAPH, { detector: bySdk })).toBe(REDACTED);
  expect(server.received[0]).toEqual({
    method: 'POST',
    url: '/',
    target: 'Comprehend_20171127.DetectPiiEntities',
    type: 'application/x-amz-json-1.1',
    isSigned: true,
    input: { Text: PARAGRAPH, LanguageCode: 'es' },
  });
  expect(server.received[1]).toEqual(server.received[0]);
  const signal = new AbortController().signal;
  expect(await comprehend(PARAGRAPH, 'es', signal)).toEqual(await bySdk(PARAGRAPH, 'es', signal));
});

test('a text of several segments, none longer than Amazon Comprehend takes, a few at a time', async () => {
  const copies = 2500;
  expect(await redacted(PARAGRAPH.repeat(copies), { concurrency: 2 })).toBe(REDACTED.repeat(copies));
  const sizes = server.received.map(({ input }) => Buffer.byteLength(input.Text));
  expect(sizes.length).toBe(3);
  expect(sizes.every(size => size <= 100_000)).toBe(true);
  expect(server.most).toBeLessThanOrEqual(2);
  // The price is asked for the text, and a little of it twice.
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1.03 * Buffer.byteLength(PARAGRAPH.repeat(copies)));
});

test.each<[string, Trouble]>([
  // https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html, and the errors that are common to all actions
  ['is throttled', { status: 400, type: 'com.amazonaws.comprehend#TooManyRequestsException' }],
  ['is throttled by the front', { status: 400, type: 'ThrottlingException' }],
  ['fails', { status: 500, type: 'InternalServerException' }],
  ['is not available', { status: 503, type: 'ServiceUnavailableException' }],
  ['breaks off', 'reset'],
])('asks again where it %s', async (_what, trouble) => {
  server.trouble = index => index < 2 ? trouble : undefined;
  expect(await redacted(PARAGRAPH.repeat(COPIES), { limits: LIMITS })).toBe(REDACTED.repeat(COPIES));
  expect(server.received.length).toBe(6);
});

test.each<[string, Trouble, string]>([
  ['nobody may ask', { status: 400, type: 'AccessDeniedException' }, '400 AccessDeniedException'],
  ['the token is old', { status: 400, type: 'ExpiredTokenException' }, '400 ExpiredTokenException'],
  ['a text is refused', { status: 400, type: 'TextSizeLimitExceededException' }, '400 TextSizeLimitExceededException'],
  ['the language is refused', { status: 400, type: 'UnsupportedLanguageException' }, '400 UnsupportedLanguageException'],
  ['the answer is empty', { body: '{}' }, 'no answer'],
  ['the answer is null', { body: 'null' }, 'no answer'],
  ['the answer is no JSON', { body: '<html>Ana López</html>' }, 'no answer'],
  ['the answer is something else', { body: '{"Entities": "Ana López"}' }, 'no answer'],
])('fails closed where %s', async (_what, trouble, said) => {
  server.trouble = () => trouble;
  const { error, size } = await failure(PARAGRAPH);
  expect(error).toMatchObject({
    name: 'RedactionError',
    code: 'DETECTION_FAILED',
    message: `Amazon Comprehend could not be asked (${said}): allow comprehend:DetectPiiEntities to the role, or try again later`,
  });
  expect([size, server.received.length]).toEqual([0, 1]);
});

test.each<[string, object]>([
  ['behind the text', { BeginOffset: 0, EndOffset: 1000, Type: 'NAME', Score: 1 }],
  ['nowhere', { Type: 'NAME', Score: 1 }],
])('fails closed where an entity is %s', async (_where, entity) => {
  server.trouble = () => ({ body: JSON.stringify({ Entities: [entity] }) });
  const { error, size } = await failure(PARAGRAPH);
  expect([size, error]).toEqual([0, expect.objectContaining({ code: 'DETECTION_FAILED' })]);
});

test('fails at any question: nothing behind it goes out', async () => {
  for (const failing of [0, 1, 2, 3]) {
    server.reset();
    server.trouble = index => index === failing ? { status: 400, type: 'AccessDeniedException' } : undefined;
    const { error, size } = await failure(PARAGRAPH.repeat(COPIES), { concurrency: 1, limits: LIMITS });
    expect(error).toMatchObject({ code: 'DETECTION_FAILED' });
    expect(size).toBeLessThanOrEqual(failing * LIMITS.bytes);
    expect(server.received.length).toBe(failing + 1);
  }
});

test.each<[string, Trouble]>([['busy', { status: 400, type: 'ThrottlingException' }], ['silent', 'silent']])(
  'a service that stays %s costs no more than the time that there is', async (_what, trouble) => {
    server.trouble = () => trouble;
    const start = performance.now();
    const { error, size } = await failure(PARAGRAPH, { timeLimit: 150 });
    expect([error, size]).toEqual([expect.objectContaining({ code: 'TIME_LIMIT' }), 0]);
    expect(performance.now() - start).toBeLessThan(5000);
    // What was under way may still arrive; the next question would come within 1.2 seconds.
    await new Promise(resolve => setTimeout(resolve, 300));
    const asked = server.received.length;
    await new Promise(resolve => setTimeout(resolve, 1200));
    expect(server.received.length).toBe(asked);
  });

test('errors of the service say nothing of the text', async () => {
  server.trouble = () => ({ status: 400, type: 'InvalidRequestException' });
  const { error } = await failure(PARAGRAPH);
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(/Ana|López|Example Street/);
});
