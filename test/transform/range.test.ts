import { Transform } from 'stream';
import { HALVING, doubled, view } from './drive';
import { MemorySource } from './memory-source';
import cases from './range.cases.json';

const CONTENT = Buffer.from('0123456789');
const STORED = { content: doubled(CONTENT) };
const PART = 8 * 1024 * 1024;

interface Case {
  readonly range: string;
  readonly bytes?: string;
  readonly at?: string;
  readonly status?: number;
  readonly reason: string;
}

// Of ten bytes that go out; once from what was kept while the length was measured, and once from a second reading.
describe.each([['kept', 1024], ['read again', 1]])('%s', (_how, holdBack) => {
  test.each(cases as Case[])('$range', async ({ range, bytes, at, status = 206 }) => {
    const options = { holdBack };
    const got = await view(STORED, { headers: { range }, options });
    const head = await view(STORED, { operation: 'HeadObject', headers: { range }, options });
    expect(got.status).toBe(status);
    expect(got.failure).toBeUndefined();
    switch (status) {
      case 206:
        expect(got.body.toString()).toBe(bytes);
        expect(got.headers).toMatchObject({ 'content-range': `bytes ${at}/10`, 'content-length': String(bytes!.length) });
        break;
      case 416:
        expect(got.body.toString()).toContain('<Code>InvalidRange</Code>');
        expect(got.headers).toMatchObject({ 'content-range': 'bytes */10' });
        break;
      default:
        expect(got.body).toEqual(CONTENT);
        expect(got.headers).not.toHaveProperty('content-range');
    }
    expect({ status: head.status, bytes: head.body.length }).toEqual({ status, bytes: 0 });
    expect(head.headers['content-range']).toBe(got.headers['content-range']);
    expect(head.headers['content-length']).toBe(status === 206 ? String(bytes!.length) : status === 200 ? '10' : undefined);
  });
});

test('Range may be a parameter of the URL, as it is for S3 Object Lambda', async () => {
  expect((await view(STORED, { query: { Range: 'bytes=2-5' } })).body.toString()).toBe('2345');
});

test.each(['bytes=0-0', 'bytes=0-', 'bytes=-1'])('an object without bytes has no %s', async range => {
  expect(await view({ content: Buffer.alloc(0) }, { headers: { range } })).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */0' } });
});

describe('slices', () => {
  const long = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));

  test('that fit are read once, others twice: of the same stored object', async () => {
    const [short, large] = [new MemorySource({ content: doubled(long), chunk: 100 }), new MemorySource({ content: doubled(long), chunk: 100 })];
    const options = { holdBack: 1000 };
    expect((await view(short, { headers: { range: 'bytes=3000-3999' }, options })).body).toEqual(long.subarray(3000, 4000));
    expect(short.asked).toEqual([{ method: 'GET', headers: {} }]);
    expect((await view(large, { headers: { range: 'bytes=2000-3999' }, options })).body).toEqual(long.subarray(2000, 4000));
    expect(large.asked).toEqual([{ method: 'GET', headers: {} }, { method: 'GET', headers: { 'if-match': '"0123456789abcdef0123456789abcdef"' } }]);
    // Nothing is read behind the slice but what is on its way.
    expect(large.taken - 2 * long.length).toBeLessThan(long.length);
    expect(large.bodies.every(body => body.destroyed)).toBe(true);
  });

  test('of an object that was replaced between the two readings are none', async () => {
    const answer = await view({ content: doubled(long), replacedBy: doubled(CONTENT) }, { headers: { range: 'bytes=2000-3999' }, options: { holdBack: 10 } });
    expect(answer.status).toBe(503);
    expect(answer.body.toString()).toContain('<Code>ServiceUnavailable</Code>');
  });

  test('of an object that comes out shorter the second time are cut off', async () => {
    let isSecond = false;
    const transformation = {
      ...HALVING,
      open: () => {
        const opened = HALVING.open({ key: '' }, { operation: 'GetObject', key: '', headers: {}, query: new URLSearchParams() });
        if (isSecond) {
          const write = opened.stream.write.bind(opened.stream);
          let left = 60;
          opened.stream.write = ((chunk: Buffer) => left-- > 0 ? write(chunk) : true) as typeof opened.stream.write;
        }
        isSecond = true;
        return opened;
      },
    };
    const answer = await view({ content: doubled(long.subarray(0, 5000)), chunk: 100 }, { headers: { range: 'bytes=1000-3999' }, options: { holdBack: 10 }, transformation });
    expect(answer.status).toBe(206);
    expect(answer.failure).toBeDefined();
    expect(answer.body.length).toBeLessThan(3000);
  });

  test('there are none of what may be another one each time', async () => {
    const transformation = { ...HALVING, digest: () => undefined };
    expect(await view(STORED, { headers: { range: 'bytes=0-1' }, transformation })).toMatchObject({ status: 501 });
    expect(await view(STORED, { query: { partNumber: '1' }, transformation })).toMatchObject({ status: 501 });
    const { status, headers } = await view(STORED, { transformation });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('accept-ranges');
    expect(headers).not.toHaveProperty('etag');
  });
});

describe('parts', () => {
  const large = Buffer.alloc(2 * PART + 10, 'part');
  const stored = { content: large, chunk: 1024 * 1024 };
  /** Half as long, and fast. */
  const transformation = {
    ...HALVING,
    open: () => ({ stream: new Transform({ transform: (chunk: Buffer, _encoding, callback) => callback(null, chunk.subarray(chunk.length / 2)) }) }),
  };

  test.each([
    ['1', `bytes 0-${PART - 1}/${PART + 5}`, PART],
    ['2', `bytes ${PART}-${PART + 4}/${PART + 5}`, 5],
  ])('part %s', async (partNumber, contentRange, length) => {
    const expected = { status: 206, headers: { 'content-range': contentRange, 'content-length': String(length), 'x-amz-mp-parts-count': '2' } };
    const answer = await view(stored, { query: { partNumber }, transformation });
    expect(answer).toMatchObject(expected);
    expect(answer.body).toHaveLength(length);
    expect(await view(stored, { operation: 'HeadObject', query: { partNumber }, transformation })).toMatchObject(expected);
  });

  test('behind the last one are none', async () => {
    const answer = await view(STORED, { query: { partNumber: '2' } });
    expect(answer).toMatchObject({ status: 416 });
    expect(answer.body.toString()).toContain('<Code>InvalidPartNumber</Code>');
  });

  test('an object without bytes has one part, which is no range', async () => {
    const { status, headers } = await view({ content: Buffer.alloc(0) }, { query: { partNumber: '1' } });
    expect({ status, length: headers['content-length'], range: headers['content-range'] }).toEqual({ status: 200, length: '0', range: undefined });
  });

  test.each(['0', '10001', '-1', '1.5', 'one', ''])('%p is none', async partNumber => {
    const answer = await view(STORED, { query: { partNumber } });
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain('<Code>InvalidArgument</Code>');
  });

  test('and ranges do not go together', async () => {
    const answer = await view(STORED, { query: { partNumber: '1' }, headers: { range: 'bytes=0-1' } });
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain('<Code>InvalidRequest</Code>');
  });

  test('HEAD does not count those of large objects', async () => {
    expect(await view(STORED, { operation: 'HeadObject', query: { partNumber: '1' }, options: { measureUpTo: 19 } })).toMatchObject({ status: 501 });
    expect(await view(STORED, { operation: 'HeadObject', query: { partNumber: '1' }, options: { measureUpTo: 20 } })).toMatchObject({ status: 206 });
  });
});
