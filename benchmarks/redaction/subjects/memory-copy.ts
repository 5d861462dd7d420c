import { PassThrough } from 'stream';
import { memoryPass } from '../memory-pass';

void memoryPass(() => new PassThrough());
