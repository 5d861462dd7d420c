import { PII_TYPES } from '../labels';
import { PiiType } from '../pii-type';

/** Written in any case. */
const CASELESS: readonly string[] = [PiiType.EMAIL, PiiType.IP_ADDRESS];

/** Telling apart what is written with other characters, or in another case: words, secrets, dates, addresses on the web. */
const EXACT: readonly string[] = [
  PiiType.ADDRESS, PiiType.AWS_SECRET_KEY, PiiType.CREDIT_DEBIT_EXPIRY, PiiType.CRYPTO_ADDRESS, PiiType.DATE_OF_BIRTH, PiiType.NAME,
  PiiType.PASSWORD, PiiType.URL, PiiType.USERNAME,
];

/** Numbers and codes, whose separators and case mean nothing. */
const CODES: ReadonlySet<string> = new Set(PII_TYPES.filter(type => !CASELESS.includes(type) && !EXACT.includes(type)));

/** One form for all ways to write a value of a label. Values of fields and of the user's own rules stay as they are, but for blanks around them. */
export function normalized(label: string, text: string): string {
  if (CODES.has(label)) {
    return text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
  }
  return CASELESS.includes(label) ? text.trim().toLowerCase() : text.trim();
}
