import { byChunk, measure } from '../measure';
import { load } from './packages';
import { PATTERN, PLACEHOLDER } from './pattern';

type Re2 = new (pattern: string, flags: string) => { replace(bytes: Buffer, replacement: string): Buffer };

const pattern = new (load<Re2>('re2'))(PATTERN, 'g');

void measure(byChunk(chunk => pattern.replace(chunk, PLACEHOLDER), /\[PII\]/g));
