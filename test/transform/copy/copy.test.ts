import { CopyOptions, copyObject } from '../../../src/transform/copy/copy';
import { Destination } from '../../../src/transform/copy/destination';
import { HALVING } from '../drive';
import { MemorySource } from '../memory-source';

test('an original is not held open by a copy that fails before it is read', async () => {
  // More than is held back before an answer begins.
  const source = new MemorySource({ content: Buffer.alloc(4_000_000, 'large') });
  const destination: Destination = {
    head: async () => undefined,
    put: async () => Promise.reject(new Error('refused')),
    remove: async () => {},
  };
  const options: CopyOptions = {
    source: () => source, exists: async () => true, transformation: HALVING, destination, destinationPrefix: '', deletes: true, timeLimit: 60_000,
  };

  await expect(copyObject('a.txt', options)).rejects.toThrow('refused');
  await new Promise(setImmediate);
  expect(source.bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
});
