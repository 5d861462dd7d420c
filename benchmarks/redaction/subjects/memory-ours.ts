import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';
import { memoryPass } from '../memory-pass';

void memoryPass(format => new RedactionStream({ format: format as RedactionOptions['format'] }));
