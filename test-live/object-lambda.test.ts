import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { buffer } from 'stream/consumers';
import {
  GetObjectCommand, GetObjectCommandInput, GetObjectCommandOutput, HeadObjectCommand, ListObjectsCommand, ListObjectsV2Command, PutObjectCommand,
  S3Client, paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { apply } from './applier/applier';
import { AwsCli } from './aws-cli';
import { DENIED, outcome } from './requests';
import { REGION, assume, owner, server } from './server';
import { role, synthesize } from './synthesize';
import { SecureBucket } from '../src';
import { Redaction } from '../src/redaction/redaction';
import { RedactionStream } from '../src/redaction/stream';
import { Credentials } from '../test/object-lambda/run-time/caller-request';
import { ObjectLambdaServer } from '../test/object-lambda/run-time/object-lambda-server';
import { viewClient } from '../test/object-lambda/run-time/view-client';

const BUCKET = 'view-source';
const KEY = 'orders/of jane@example.com/ä+1.csv';
const STORED = 'id,email\n1,jane@example.com\n2,joe@example.com\n';
const SHOWN = 'id,email\n1,[EMAIL]\n2,[EMAIL]\n';
/** Two parts of 8 MiB, when they are redacted. */
const LARGE = `id,email\n${'4711,jane@example.com\n'.repeat(800_000)}`;
const RULES = Redaction.of().toJsonString();
/** Buckets are hosts, as those of presigned URLs are: their paths are keys then. All hosts are here. */
const SOURCE = { bucket: BUCKET, settings: { endpoint: `http://s3.example.com:${new URL(server.endpoint).port}`, region: REGION } };
const LOOKUP = 'import dns from "dns"; dns.lookup = (host, { all }, tell) => all ? tell(null, [{ address: "127.0.0.1", family: 4 }]) : tell(null, "127.0.0.1", 4);';
const STRANGER = { accessKeyId: 'AKIDSTRANGER', secretAccessKey: 'secret of a stranger' };

let view: ObjectLambdaServer;
let client: S3Client;
let etag: string;
let versionId: string;
let large: Buffer;
const readers: Record<string, Credentials> = {};

beforeAll(async () => {
  await apply(synthesize(stack => {
    const bucket = new SecureBucket(stack, 'Source', { bucketName: BUCKET });
    bucket.grants.read(role(stack, 'view-reader'));
    // As the function of a view that tells lengths with HEAD, which reads through the view itself.
    bucket.grants.read(role(stack, 'view-function'));
    role(stack, 'view-nobody');
  }));
  const put = async (Key: string, Body: string) => owner.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ContentType: 'text/csv' }));
  const first = { Bucket: BUCKET, Key: KEY, Body: STORED, ContentType: 'text/csv', CacheControl: 'no-store', Metadata: { email: 'jane@example.com' } };
  const { ETag, VersionId } = await owner.send(new PutObjectCommand(first));
  [etag, versionId] = [ETag!, VersionId!];
  await put('large.csv', LARGE);
  await put('broken.csv', `${LARGE}\0`);
  for (let index = 0; index < 25; index++) {
    await put(`many/${index}/joe@example.com.csv`, STORED);
  }
  for (const name of ['view-reader', 'view-function', 'view-nobody']) {
    readers[name] = await (await assume(name)).config.credentials();
  }
  view = await ObjectLambdaServer.start('redacting-object-lambda', {
    files: { 'rules.json': RULES },
    environment: { REDACT_KEYS: 'true' },
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(LOOKUP)}`],
    source: SOURCE,
    callers: [STRANGER, ...Object.values(readers)],
    role: readers['view-function'],
    readsOwnView: true,
  });
  client = viewClient(view, { credentials: readers['view-reader'] });
  const engine = new RedactionStream({ rules: JSON.parse(RULES), format: 'csv' });
  engine.end(LARGE);
  large = await buffer(engine);
});

afterAll(async () => {
  client?.destroy();
  await view?.stop();
});

const inputOf = (Key: string, more: Partial<GetObjectCommandInput> = {}) => ({ Bucket: ObjectLambdaServer.ARN, Key, ...more });
const get = async (key: string, more?: Partial<GetObjectCommandInput>, as = client) => as.send(new GetObjectCommand(inputOf(key, more)));
const head = async (key: string, more?: Partial<GetObjectCommandInput>, as = client) => as.send(new HeadObjectCommand(inputOf(key, more)));
const bytes = async ({ Body }: GetObjectCommandOutput) => Buffer.from(await Body!.transformToByteArray());

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html
describe('the redacted view of a bucket on a real server, to a client of the SDK', () => {
  test('GetObject and HeadObject', async () => {
    const { $metadata: _get, Body, ...got } = await get(KEY);
    const { $metadata: _head, ...described } = await head(KEY);

    expect(await Body!.transformToString()).toBe(SHOWN);
    expect(got).toMatchObject({
      ContentLength: SHOWN.length, ContentType: 'text/csv', CacheControl: 'no-store', Metadata: { email: '[EMAIL]' }, LastModified: expect.any(Date),
    });
    expect(described).toEqual(got);
    expect(JSON.stringify(got)).not.toContain(etag.replace(/"/g, ''));
    expect(await bytes(await get(KEY, { VersionId: versionId }))).toEqual(Buffer.from(SHOWN));
  });

  test('ranges of a large object', async () => {
    expect((await bytes(await get('large.csv'))).equals(large)).toBe(true);
    for (const [Range, from, to] of [
      ['bytes=0-0', 0, 1], ['bytes=-9', -9, undefined], ['bytes=10000000-', 10_000_000, undefined], ['bytes=17-2000016', 17, 2_000_017],
    ] as const) {
      const answer = await get('large.csv', { Range });

      expect(answer.ContentRange).toMatch(new RegExp(`^bytes \\d+-\\d+/${large.length}$`));
      // Twice, if it is too large to be kept, with the ETag that the server gave.
      expect((await bytes(answer)).equals(large.subarray(from, to))).toBe(true);
    }
  });

  test('a download in parts, side by side', async () => {
    const first = await get('large.csv', { PartNumber: 1 });
    expect(first.PartsCount).toBe(2);
    const [one, two] = await Promise.all([bytes(first), get('large.csv', { PartNumber: 2, IfMatch: first.ETag }).then(bytes)]);

    expect(Buffer.concat([one, two]).equals(large)).toBe(true);
    expect(await outcome(get('large.csv', { PartNumber: 3 }))).toMatch(/^416 InvalidPartNumber: /);
  });

  test('conditions', async () => {
    const { ETag, LastModified } = await head(KEY);

    expect(await outcome(get(KEY, { IfNoneMatch: ETag }))).toBe('304 Unknown');
    expect(await outcome(head(KEY, { IfModifiedSince: LastModified }))).toBe('304 Unknown');
    expect(await outcome(get(KEY, { IfMatch: etag }))).toMatch(/^412 PreconditionFailed: /);
    expect(await outcome(get(KEY, { IfMatch: ETag }))).toBe('done');
  });

  test('what is not there, or not for the caller', async () => {
    expect(await outcome(get('orders/missing'))).toMatch(/^404 NoSuchKey/);
    expect(await outcome(head('orders/missing'))).toBe('404 NotFound');
    expect(await outcome(get(KEY, { Range: 'bytes=999-' }))).toMatch(/^416 InvalidRange: /);
    for (const credentials of [readers['view-nobody'], STRANGER]) {
      const other = viewClient(view, { credentials });
      expect(await outcome(get(KEY, {}, other))).toMatch(DENIED);
      expect(await outcome(head(KEY, {}, other))).toBe('403 Unknown');
      expect(await outcome(other.send(new ListObjectsV2Command({ Bucket: ObjectLambdaServer.ARN })))).toMatch(DENIED);
      other.destroy();
    }
  });

  test('an object that cannot be judged to its end', async () => {
    const { Body } = await get('broken.csv');

    await expect(Body!.transformToByteArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('listings', async () => {
    const { Contents, CommonPrefixes } = await client.send(new ListObjectsCommand({ Bucket: ObjectLambdaServer.ARN, Prefix: 'orders/', Delimiter: '/' }));
    expect([Contents, CommonPrefixes]).toEqual([undefined, [{ Prefix: 'orders/of [EMAIL]/' }]]);

    const pages: object[][] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize: 10 }, { Bucket: ObjectLambdaServer.ARN, Prefix: 'many/' })) {
      pages.push(page.Contents ?? []);
    }
    expect(pages.map(page => page.length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toContainEqual({ Key: 'many/17/[EMAIL]', LastModified: expect.any(Date), StorageClass: 'STANDARD' });
    expect(JSON.stringify(pages)).not.toMatch(/joe|ETag|Size/);
  });
});

describe('the same view, to the AWS CLI', () => {
  let directory: string;
  let cli: AwsCli;
  const bucket = ['--bucket', ObjectLambdaServer.ALIAS];

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'view-'));
    cli = new AwsCli(view.origin, readers['view-reader']);
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  test('get-object and head-object', async () => {
    const file = join(directory, 'object');
    const { exitCode, out, error } = await cli.run('s3api', 'get-object', ...bucket, '--key', KEY, file);
    expect([exitCode, error]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8')).toBe(SHOWN);
    expect(JSON.parse(out).ContentLength).toBe(SHOWN.length);
    expect((await cli.run('s3api', 'head-object', ...bucket, '--key', KEY)).out).toBe(out);

    const ranged = await cli.run('s3api', 'get-object', ...bucket, '--key', 'large.csv', '--range', 'bytes=-1000000', file);
    expect(JSON.parse(ranged.out).ContentRange).toBe(`bytes ${large.length - 1_000_000}-${large.length - 1}/${large.length}`);
    expect(readFileSync(file).equals(large.subarray(-1_000_000))).toBe(true);
  });

  test('cp, which asks for the length and then for ranges', async () => {
    const file = join(directory, 'copy');

    expect(await cli.run('s3', 'cp', '--no-progress', `s3://${ObjectLambdaServer.ALIAS}/large.csv`, file)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file).equals(large)).toBe(true);
  });

  test('list-objects-v2', async () => {
    const { out } = await cli.run('s3api', 'list-objects-v2', ...bucket, '--prefix', 'many/', '--page-size', '10');
    const { Contents } = JSON.parse(out);

    expect(Contents).toHaveLength(25);
    expect(Contents[0]).toEqual({ Key: 'many/0/[EMAIL]', LastModified: expect.any(String), StorageClass: 'STANDARD' });
  });

  test('errors', async () => {
    const file = join(directory, 'nothing');

    const nobody = new AwsCli(view.origin, readers['view-nobody']);
    const refused = (code: string) => ({ exitCode: 255, error: expect.stringContaining(`(${code})`) });

    expect(await cli.run('s3api', 'get-object', ...bucket, '--key', 'orders/missing', file)).toMatchObject(refused('NoSuchKey'));
    expect(await cli.run('s3api', 'head-object', ...bucket, '--key', 'orders/missing')).toMatchObject(refused('404'));
    expect(await nobody.run('s3api', 'list-objects-v2', ...bucket)).toMatchObject(refused('AccessDenied'));
    // Of an object that cannot be judged to its end it has begun to write the file.
    expect((await cli.run('s3api', 'get-object', ...bucket, '--key', 'broken.csv', file)).exitCode).toBe(255);
  });
});
