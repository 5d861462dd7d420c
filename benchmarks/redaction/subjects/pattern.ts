/**
 * The seven types that every tool knows, as one regular expression that both RegExp and RE2 read: shapes only, no check digits.
 * Emails, IPv4, Social Security numbers, payment cards, IBAN, telephone numbers, IPv6.
 */
export const PATTERN = [
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+',
  '\\b(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\b',
  '\\b[0-9]{3}-[0-9]{2}-[0-9]{4}\\b',
  '\\b(?:[0-9][ -]?){12,18}[0-9]\\b',
  '\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b',
  '(?:\\+[0-9]{1,3}[ .-]?)?(?:\\([0-9]{3}\\) ?|\\b[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}\\b',
  '\\+[0-9]{1,3}[ .-]?[0-9]{3,5}[ .-]?[0-9]{6,7}\\b',
  '\\b(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,7}\\b',
].join('|');

export const PLACEHOLDER = '[PII]';
