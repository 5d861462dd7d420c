import { byChunk, measure } from '../measure';
import { load } from './packages';

const { Redactor } = load<{ Redactor: new () => { redact(text: string): string } }>('@redactpii/node');
const redactor = new Redactor();

void measure(byChunk(chunk => Buffer.from(redactor.redact(chunk.toString())), /\b(?:EMAIL_ADDRESS|PHONE_NUMBER|CREDIT_CARD_NUMBER|US_SOCIAL_SECURITY_NUMBER|PERSON_NAME)\b/g));
