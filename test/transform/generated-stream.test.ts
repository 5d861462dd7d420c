import { PassThrough, Readable, pipeline } from 'stream';
import { buffer } from 'stream/consumers';
import { GeneratedStream } from '../../src/transform/generated-stream';

test('what goes in is read as it is asked for', async () => {
  let given = 0;
  const source = Readable.from((function* () {
    for (; given < 1000; given += 1) {
      yield Buffer.alloc(16 * 1024, given);
    }
  })());
  const stream = new GeneratedStream(async function* (chunks) {
    for await (const chunk of chunks) {
      yield chunk;
    }
  });
  source.pipe(stream);
  await new Promise(resolve => stream.once('readable', resolve));
  expect(given).toBeLessThan(50);
  expect((await buffer(stream)).length).toBe(1000 * 16 * 1024);
});

test('an error of the generator ends the stream', async () => {
  const stream = new GeneratedStream(async function* (chunks) {
    for await (const chunk of chunks) {
      yield chunk;
      throw new Error('no further');
    }
  });
  await expect(buffer(Readable.from([Buffer.from('a'), Buffer.from('b')]).pipe(stream))).rejects.toThrow('no further');
});

test.each(['before', 'while'])('a stream that is destroyed %s it reads ends the generator', async when => {
  let ended: unknown;
  const stream = new GeneratedStream(async function* (chunks) {
    try {
      for await (const chunk of chunks) {
        yield chunk;
      }
    } catch (error) {
      ended = error;
      throw error;
    }
  });
  const source = new PassThrough();
  pipeline(source, stream, () => {});
  source.write('a');
  const chunks = stream.iterator({ destroyOnReturn: false });
  expect(String((await chunks.next()).value)).toBe('a');
  const next = when === 'while' ? chunks.next().catch(() => {}) : undefined;
  await new Promise(setImmediate);
  source.destroy(new Error('gone'));
  await next;
  await new Promise(setImmediate);
  expect(ended).toMatchObject({ message: 'gone' });
  expect(stream.destroyed).toBe(true);
});

test('what is empty does not end it', async () => {
  const stream = new GeneratedStream(async function* (chunks) {
    yield Buffer.alloc(0);
    for await (const chunk of chunks) {
      yield Buffer.alloc(0);
      yield chunk;
    }
  });
  expect((await buffer(Readable.from([Buffer.from('a'), Buffer.from('b')]).pipe(stream))).toString()).toBe('ab');
});
