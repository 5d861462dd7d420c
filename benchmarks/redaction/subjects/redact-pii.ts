import { byChunk, measure } from '../measure';
import { load } from './packages';

const { SyncRedactor } = load<{ SyncRedactor: new () => { redact(text: string): string } }>('redact-pii');
const redactor = new SyncRedactor();

void measure({ ...byChunk(chunk => Buffer.from(redactor.redact(chunk.toString())), /\b[A-Z]+_[A-Z_]+\b|\b(?:DIGITS|URL|ZIPCODE|USERNAME|PASSWORD|CREDENTIALS)\b/g), slice: 4 });
