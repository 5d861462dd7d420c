import { byChunk, measure } from '../measure';
import { load } from './packages';

interface OpenRedaction {
  detect(text: string): Promise<{ readonly redacted: string }>;
}

const { OpenRedaction } = load<{ OpenRedaction: new () => OpenRedaction }>('openredaction');
const redactor = new OpenRedaction();

void measure({ ...byChunk(async chunk => Buffer.from((await redactor.detect(chunk.toString())).redacted), /\[[A-Z_0-9]+_\d+\]/g), slice: 0.25 });
