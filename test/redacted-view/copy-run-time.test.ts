import { WritableS3, WriteFault } from './writable-s3';
import { FunctionProcess } from '../object-lambda/run-time/function-process';

const RULES = { types: ['EMAIL'], fields: [], keywords: [], patterns: [], mask: { kind: 'typeName' }, masks: {} };
const TEXT = 'mail jane@example.com now';
const REDACTED = 'mail [EMAIL] now';
const LINE = 'order 4711 of jane@example.com, to be sent on Monday, with all that belongs to it and nothing else\n';
const COUNT = 100_000;
const PART = 8 * 1024 * 1024;
const LARGE = Buffer.from(LINE.repeat(COUNT));
const LARGE_OUT = Buffer.from(LINE.replace('jane@example.com', '[EMAIL]').repeat(COUNT));

let copier: FunctionProcess;
let source: WritableS3;
let destination: WritableS3;

beforeAll(async () => {
  [source, destination] = await Promise.all([WritableS3.start(), WritableS3.start()]);
  copier = await start(true);
});

afterAll(async () => {
  await Promise.all([copier.stop(), source.stop(), destination.stop()]);
});

beforeEach(() => {
  for (const s3 of [source, destination]) {
    s3.objects.clear();
    s3.uploads.clear();
    s3.asked.splice(0);
    s3.faults.splice(0);
    s3.hasVersions = true;
  }
});

afterEach(() => {
  expect([...source.problems, ...destination.problems]).toEqual([]);
  expect(source.asked.filter(asked => !/^(GET|HEAD) /.test(asked))).toEqual([]);
});

async function start(deletes: boolean): Promise<FunctionProcess> {
  return FunctionProcess.start('redacted-copy', {
    files: { 'rules.json': JSON.stringify(RULES) },
    environment: {
      COPY_SETTINGS: JSON.stringify({
        bucketName: 'originals', source: `${source.origin}/`, destination: `${destination.origin}/`, destinationPrefix: 'redacted/', prefixes: ['orders/'], deletes,
      }),
    },
  });
}

/** An event of EventBridge in a message, whichever kind it is. */
async function event(key: string, { by = copier, bucket = 'originals', remaining = 60_000 } = {}): Promise<unknown> {
  const body = JSON.stringify({ 'detail-type': 'Object Created', 'source': 'aws.s3', 'detail': { bucket: { name: bucket }, object: { key } } });
  return (await by.invoke({ Records: [{ messageId: 'message-1', body }] }, remaining)).result;
}

const DONE = { batchItemFailures: [] };
const FAILED = { batchItemFailures: [{ itemIdentifier: 'message-1' }] };
const copyOf = (key: string) => destination.objects.get(`redacted/${key}`);
const writes = () => destination.asked.filter(asked => !/^(GET|HEAD) /.test(asked)).map(asked => asked.split(' ')[0]);

test('a copy has the redacted content, and what describes the original', async () => {
  source.put('orders/a b+&ä.txt', TEXT, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'max-age=60',
    'x-amz-meta-mail': 'jane@example.com',
    'x-amz-meta-redacted-view': 'forged',
    'x-amz-tagging': 'a=b',
    'x-amz-storage-class': 'GLACIER_IR',
    'x-amz-server-side-encryption': 'aws:kms',
  });

  expect(await event('orders/a b+&ä.txt')).toEqual(DONE);
  expect(copyOf('orders/a b+&ä.txt')!.body.toString()).toBe(REDACTED);
  expect(copyOf('orders/a b+&ä.txt')!.headers).toEqual({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'max-age=60',
    'x-amz-meta-mail': '[EMAIL]',
    'x-amz-meta-redacted-view': expect.stringMatching(/^"[0-9a-f]{64}-view"$/),
  });
});

test('an event that comes again changes nothing', async () => {
  source.put('orders/a.txt', TEXT);
  await event('orders/a.txt');

  expect(await event('orders/a.txt')).toEqual(DONE);
  expect(writes()).toEqual(['PUT']);
});

test('events out of order leave the copy of what is there', async () => {
  source.put('orders/a.txt', TEXT);
  await event('orders/a.txt');
  source.put('orders/a.txt', 'newer');
  await event('orders/a.txt');
  await event('orders/a.txt');

  expect(copyOf('orders/a.txt')!.body.toString()).toBe('newer');
});

test('an empty object', async () => {
  source.put('orders/empty.txt', '');

  expect(await event('orders/empty.txt')).toEqual(DONE);
  expect(copyOf('orders/empty.txt')!.body.length).toBe(0);
});

describe('a large object', () => {
  beforeEach(() => source.put('orders/large.txt', LARGE));

  test('goes up in parts', async () => {
    expect(await event('orders/large.txt')).toEqual(DONE);
    expect(copyOf('orders/large.txt')!.body.equals(LARGE_OUT)).toBe(true);
    expect(writes()).toEqual(['POST', ...Array(Math.ceil(LARGE_OUT.length / PART)).fill('PUT'), 'POST']);
  });

  test.each<[string, WriteFault]>([
    ['a part that is refused', { on: 'PUT /redacted/orders/large.txt?partNumber=2', error: [403, 'AccessDenied'] }],
    ['an end that is refused', { on: 'POST /redacted/orders/large.txt?uploadId', error: [400, 'InvalidPart'] }],
  ])('leaves nothing behind after %s', async (_name, fault) => {
    destination.put('redacted/orders/large.txt', 'older');
    destination.faults.push(fault);

    expect(await event('orders/large.txt')).toEqual(FAILED);
    expect(copyOf('orders/large.txt')!.body.toString()).toBe('older');
    expect(destination.uploads.size).toBe(0);
  });

  test('that cannot be judged to its end has no copy', async () => {
    source.put('orders/large.txt', Buffer.concat([LARGE, Buffer.from([0, 1, 2])]));

    expect(await event('orders/large.txt')).toEqual(FAILED);
    expect([destination.objects.size, destination.uploads.size]).toEqual([0, 0]);
  });

  test('that takes more time than there is has no copy', async () => {
    expect(await event('orders/large.txt', { remaining: 15_050 })).toEqual(FAILED);
    expect([destination.objects.size, destination.uploads.size]).toEqual([0, 0]);
  });
});

describe('an original that is gone', () => {
  test('takes its copy with it', async () => {
    source.put('orders/a.txt', TEXT);
    await event('orders/a.txt');
    source.objects.clear();

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(copyOf('orders/a.txt')).toBeUndefined();
    expect(await event('orders/a.txt')).toEqual(DONE);
  });

  test('leaves what others have put in the place of its copy', async () => {
    destination.put('redacted/orders/a.txt', 'of others');

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(copyOf('orders/a.txt')!.body.toString()).toBe('of others');
  });

  test('leaves its copy, if copies are kept', async () => {
    const keeper = await start(false);
    try {
      source.put('orders/a.txt', TEXT);
      await event('orders/a.txt', { by: keeper });
      source.objects.clear();

      expect(await event('orders/a.txt', { by: keeper })).toEqual(DONE);
      expect(copyOf('orders/a.txt')!.body.toString()).toBe(REDACTED);
    } finally {
      await keeper.stop();
    }
  });

  test('is not taken for one that may not be read', async () => {
    source.put('orders/a.txt', TEXT);
    await event('orders/a.txt');
    source.faults.push({ on: 'GET /orders/a.txt', error: [403, 'AccessDenied'] });

    expect(await event('orders/a.txt')).toEqual(FAILED);
    expect(copyOf('orders/a.txt')!.body.toString()).toBe(REDACTED);
  });
});

describe('two at the same object', () => {
  test('the later one writes over what the other has seen, who looks again', async () => {
    source.put('orders/a.txt', 'older');
    destination.faults.push({
      on: 'PUT',
      meanwhile: () => {
        source.put('orders/a.txt', TEXT);
        destination.put('redacted/orders/a.txt', 'written by the other');
      },
    });

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(copyOf('orders/a.txt')!.body.toString()).toBe(REDACTED);
  });

  test('an original that changes while its copy is written is copied again', async () => {
    source.put('orders/a.txt', 'older');
    source.faults.push({ on: 'HEAD /orders/a.txt', meanwhile: () => source.put('orders/a.txt', TEXT) });

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(copyOf('orders/a.txt')!.body.toString()).toBe(REDACTED);
  });

  test.each([true, false])('an original that goes while its copy is written leaves none: versions: %p', async hasVersions => {
    source.hasVersions = hasVersions;
    source.put('orders/a.txt', TEXT);
    destination.faults.push({ on: 'PUT', meanwhile: () => source.objects.clear() });

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(writes()).toEqual(['PUT', 'DELETE']);
  });

  test('without versions, an original that stays is copied once', async () => {
    source.hasVersions = false;
    source.put('orders/a.txt', TEXT);

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(writes()).toEqual(['PUT']);
  });

  test('a copy is deleted only if nobody has written it anew', async () => {
    source.put('orders/a.txt', 'older');
    await event('orders/a.txt');
    source.objects.clear();
    destination.faults.push({
      on: 'DELETE',
      meanwhile: () => {
        source.put('orders/a.txt', TEXT);
        destination.put('redacted/orders/a.txt', 'written by the other', { 'x-amz-meta-redacted-view': '"older-view"' });
      },
    });

    expect(await event('orders/a.txt')).toEqual(DONE);
    expect(copyOf('orders/a.txt')!.body.toString()).toBe(REDACTED);
  });
});

test.each<[string, string, string]>([
  ['another bucket', 'others', 'orders/a.txt'],
  ['outside the prefixes', 'originals', 'secret/a.txt'],
])('an object of %s is not asked for', async (_name, bucket, key) => {
  source.put(key, TEXT);

  expect(await event(key, { bucket })).toEqual(FAILED);
  expect([source.asked, destination.asked]).toEqual([[], []]);
});

test('a message that is no event fails', async () => {
  expect((await copier.invoke({ Records: [{ messageId: 'message-1', body: 'none' }] })).result).toEqual(FAILED);
  expect(JSON.parse(copier.lines[copier.lines.length - 1])).toMatchObject({ outcome: 'failed', code: 'InternalError', problem: 'SyntaxError' });
});

describe('S3 Batch Operations', () => {
  const job = async (s3Key: string, version = '2.0') => (await copier.invoke({
    invocationSchemaVersion: version,
    invocationId: 'invocation-1',
    job: { id: 'job-1' },
    tasks: [{ taskId: 'task-1', s3Key, s3VersionId: '1', ...version === '2.0' ? { s3Bucket: 'originals' } : { s3BucketArn: 'arn:aws:s3:::originals' } }],
  })).result;
  const answer = (resultCode: string, resultString: string, version = '2.0') => ({
    invocationSchemaVersion: version, treatMissingKeysAs: 'PermanentFailure', invocationId: 'invocation-1', results: [{ taskId: 'task-1', resultCode, resultString }],
  });

  test.each(['2.0', '1.0'])('tasks of version %s', async version => {
    source.put('orders/a b+ä.txt', TEXT);

    expect(await job('orders/a+b%2B%C3%A4.txt', version)).toEqual(answer('Succeeded', 'Copied', version));
    expect(await job('orders/a%20b%2B%C3%A4.txt', version)).toEqual(answer('Succeeded', 'Current', version));
    expect(copyOf('orders/a b+ä.txt')!.body.toString()).toBe(REDACTED);
  });

  test('what fails says whether it may succeed later', async () => {
    source.put('orders/a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), { 'content-type': 'image/png' });
    source.put('orders/a.txt', TEXT);
    destination.faults.push(...Array(3).fill({ on: 'PUT', error: [503, 'SlowDown'] }));

    expect(await job('orders/missing.txt')).toEqual(answer('Succeeded', 'Absent'));
    expect(await job('orders/a.png')).toMatchObject({ results: [{ resultCode: 'PermanentFailure' }] });
    expect(await job('orders/a.txt')).toEqual(answer('TemporaryFailure', 'SlowDown'));
    expect(await job('orders/100%.txt')).toEqual(answer('PermanentFailure', 'InvalidURI'));
    expect(await job('secret/a.txt')).toEqual(answer('PermanentFailure', 'AccessDenied'));
  });
});

test('the log tells nothing of the objects', () => {
  const told = copier.lines.join('\n');

  expect(['jane', 'orders', 'a.txt'].filter(each => told.includes(each))).toEqual([]);
  expect(copier.lines.length).toBeGreaterThan(10);
  expect(copier.lines.map(line => JSON.parse(line).BytesOut)).toContain(LARGE_OUT.length);
});
