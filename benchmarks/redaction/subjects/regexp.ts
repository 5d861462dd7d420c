import { byChunk, measure } from '../measure';
import { PATTERN, PLACEHOLDER } from './pattern';

const pattern = new RegExp(PATTERN, 'g');

void measure(byChunk(chunk => Buffer.from(chunk.toString('latin1').replace(pattern, PLACEHOLDER), 'latin1'), /\[PII\]/g));
