import { loopback } from '../loopback';
import { measure } from '../measure';

void measure({ pass: (chunks, _, size) => loopback(chunks, size) });
