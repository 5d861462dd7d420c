import { Transform } from 'stream';
import { memoryPass } from '../memory-pass';

/** What any transform needs that makes new bytes out of old ones. */
void memoryPass(() => new Transform({
  transform(chunk, _encoding, callback) {
    callback(null, Buffer.from(chunk));
  },
}));
