import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';
import { loopback } from '../loopback';
import { measure } from '../measure';

void measure({ pass: (chunks, format, size) => loopback(chunks, size, new RedactionStream({ format: format as RedactionOptions['format'] })) });
