import { gzipSync } from 'zlib';
import { ObjectLambda } from './object-lambda';
import { FakeDynamoDb, failure } from '../../transform/enriching/fake-dynamodb';
import images from '../../transform/image/images.json';

const views: ObjectLambda[] = [];

async function start(...[asset, options]: Parameters<typeof ObjectLambda.start>): Promise<ObjectLambda> {
  const view = await ObjectLambda.start(asset, options);
  views.push(view);
  return view;
}

afterAll(async () => Promise.all(views.map(async view => view.stop())));

describe('XML as JSON', () => {
  const ORDER = '<order id="1"><item>a</item><item>b</item></order>\n';
  const ORDER_OUT = '{"@id":"1","item":["a","b"]}';
  /** More than is held back before an answer begins, and than the mapping looks ahead. */
  const COUNT = 40_000;
  let view: ObjectLambda;

  beforeAll(async () => {
    view = await start('xml-to-json-object-lambda', { files: { 'options.json': JSON.stringify({ arrays: ['/orders/order'], lookAhead: 65_536 }) } });
    view.s3.put('one.xml', `<orders>${ORDER}</orders>`, { 'content-type': 'application/xml' }, 'v1');
    view.s3.put('packed.xml', gzipSync(`<orders>${ORDER}</orders>`), { 'content-type': 'application/xml', 'content-encoding': 'gzip' }, 'v1');
    view.s3.put('large.xml', `<orders>${ORDER.repeat(COUNT)}</orders>`, { 'content-type': 'application/xml' }, 'v1');
    view.s3.put('bomb.xml', '<!DOCTYPE a [<!ENTITY b "secret">]><a>&b;</a>', {}, 'v1');
    view.s3.put('cut.xml', `<orders>${ORDER.repeat(COUNT)}<secret`, {}, 'v1');
  });

  test.each(['one.xml', 'packed.xml'])('%s', async key => {
    const answer = await view.get(key);
    expect(answer).toMatchObject({ status: 200, isWhole: true, headers: { 'content-type': 'application/json' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toBe(`{"orders":{"order":[${ORDER_OUT}]}}\n`);
    const { status, headers } = await view.head(key);
    expect([status, headers.etag, headers['content-type']]).toEqual([200, answer.headers.etag, 'application/json']);
  });

  test('streams, and is cut as the JSON that it is', async () => {
    const all = `{"orders":{"order":[${Array<string>(COUNT).fill(ORDER_OUT).join(',')}]}}\n`;
    expect((await view.get('large.xml')).body.toString() === all).toBe(true);
    const slice = await view.get('large.xml', { headers: { Range: 'bytes=1000000-1000099' } });
    expect(slice).toMatchObject({ status: 206, headers: { 'content-range': `bytes 1000000-1000099/${all.length}` } });
    expect(slice.body.toString()).toBe(all.slice(1_000_000, 1_000_100));
  });

  test('is refused as a whole, or visibly cut off', async () => {
    expect(await view.get('bomb.xml')).toMatchObject({ status: 400, code: 'DocumentTypeNotAllowed', message: expect.not.stringContaining('secret') });
    expect(await view.get('cut.xml')).toMatchObject({ isWhole: false });
    expect(view.lines.join()).not.toContain('secret');
  });
});

describe('images', () => {
  let view: ObjectLambda;

  beforeAll(async () => {
    view = await start('image-object-lambda', { environment: { IMAGE_OPTIONS: JSON.stringify({ watermark: { text: 'For ', caller: 'name' } }) } });
    view.s3.put('photo.jpg', Buffer.from(images['orientation 6.jpg'], 'base64'), { 'content-type': 'image/jpeg', 'cache-control': 'public, max-age=60' }, 'v1');
    view.s3.put('text.jpg', 'secret', { 'content-type': 'image/jpeg' }, 'v1');
  });

  test('are as wide, and of the format, that is asked for', async () => {
    const answer = await view.get('photo.jpg', { query: { width: '24' }, headers: { Accept: 'image/png' } });
    expect(answer).toMatchObject({ status: 200, isWhole: true, headers: { 'content-type': 'image/png', 'cache-control': 'private, no-cache' } });
    expect([answer.body.readUInt32BE(16), answer.body.readUInt32BE(20)]).toEqual([24, 16]);
    const other = await view.get('photo.jpg', { headers: { 'Accept': 'image/png', 'X-Image-Width': '24' } });
    expect(other.body.equals(answer.body)).toBe(true);
    expect(other.headers.etag).toBe(answer.headers.etag);
    const { headers } = await view.head('photo.jpg', { query: { width: '24' }, headers: { Accept: 'image/png' } });
    expect([headers.etag, headers['content-type']]).toEqual([answer.headers.etag, 'image/png']);
    expect((await view.get('photo.jpg', { query: { width: '25' }, headers: { Accept: 'image/png' } })).headers.etag).not.toBe(answer.headers.etag);
    expect((await view.get('photo.jpg', { query: { width: '24' }, headers: { 'Accept': 'image/png', 'If-None-Match': answer.headers.etag } })).status).toBe(304);
  });

  test('are refused where they are none, or no width is asked for', async () => {
    expect(await view.get('text.jpg')).toMatchObject({ status: 400, code: 'UnsupportedImage' });
    expect(await view.get('photo.jpg', { query: { width: 'wide' } })).toMatchObject({ status: 400, code: 'InvalidArgument' });
    expect(await view.head('photo.jpg', { query: { width: 'wide' } })).toMatchObject({ status: 400 });
  });
});

describe('rows with a table', () => {
  const database = new FakeDynamoDb('Customers', ['pk'], Array.from({ length: 1000 }, (_, index) => ({ pk: { N: String(index) }, label: { S: `Customer ${index}` } })));
  const ROWS = Array.from({ length: 1000 }, (_, index) => `${index},"a ""b"""\r\n`);
  let view: ObjectLambda;

  beforeAll(async () => {
    view = await start('enriching-object-lambda', {
      environment: {
        AWS_ENDPOINT_URL_DYNAMODB: await database.listen(),
        TABLE_NAME: 'Customers',
        JOIN: JSON.stringify({ key: [{ column: 'id', attribute: 'pk', type: 'N' }], columns: [{ column: 'name', attribute: 'label' }] }),
        CACHE_FOR: '60000',
      },
    });
    view.s3.put('rows.csv', `id,text\r\n${ROWS.join('')}`, { 'content-type': 'text/csv' }, 'v1');
    view.s3.put('named.csv', 'id,name\n1,secret\n', {}, 'v1');
    view.s3.put('unknown.csv', 'id\n77777\n', {}, 'v1');
  });

  afterAll(() => database.close());

  test('are joined, by 100 keys at a time, once', async () => {
    const answer = await view.get('rows.csv');
    expect(answer).toMatchObject({ status: 200, isWhole: true, headers: { 'content-type': 'text/csv' } });
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.body.toString()).toBe(`id,text,name\r\n${ROWS.map((row, index) => row.replace('\r\n', `,Customer ${index}\r\n`)).join('')}`);
    expect(database.asked.map(({ keys }) => keys)).toEqual(Array<number>(10).fill(100));
    expect((await view.get('rows.csv')).length).toBe(answer.length);
    expect(database.asked).toHaveLength(10);
  });

  test('are refused where the table or the column cannot be had', async () => {
    expect(await view.get('named.csv')).toMatchObject({ status: 400, code: 'ColumnExists' });
    database.answers.push(failure(400, 'AccessDeniedException'));
    expect(await view.get('unknown.csv')).toMatchObject({ status: 503, code: 'TableUnavailable', message: 'The table could not be read (AccessDeniedException).' });
    expect(view.lines.join()).not.toContain('secret');
  });
});
