/** Inputs that make slow searches slow: what they repeat looks like the start of something and never is, or is so all the time. */

export type HostileFormat = 'text' | 'csv' | 'json' | 'ndjson' | 'xml';

export interface HostileInput {
  readonly name: string;
  readonly format: HostileFormat;
  /** An input of about so many bytes. */
  make(size: number): Buffer;
}

/** Fills the middle; no line is longer than what a token may be unless `line` says so. */
function repeated(name: string, unit: string, format: HostileFormat = 'text', head = '', tail = ''): HostileInput {
  return {
    name,
    format,
    make: size => {
      const count = Math.max(1, Math.floor((size - head.length - tail.length) / Buffer.byteLength(unit)));
      return Buffer.from(head + unit.repeat(count) + tail);
    },
  };
}

/** Many values rather than one long one. */
function listed(name: string, value: string): HostileInput {
  return repeated(name, `${value},`, 'json', '[', 'null]');
}

export const HOSTILE_INPUTS: readonly HostileInput[] = [
  repeated('a@ over and over', 'a@'),
  repeated('at signs', '@'),
  repeated('letters and dots before an at sign', 'a.a.a.a.a.a.a.a@'),
  repeated('domains of one letter', 'x.', 'text', 'x@x.'),
  repeated('emails without a gap', 'a@b.cc@'),
  repeated('1. over and over', '1.'),
  repeated('1- over and over', '1-'),
  repeated('IPv4 addresses without an end', '192.0.2.1.'),
  repeated('opening brackets', '('),
  repeated('brackets and digits', '(1'),
  repeated('plus one', '+1 '),
  repeated('one digit', '1'),
  repeated('zeros', '0'),
  repeated('digits', '0123456789'),
  repeated('groups of digits', '4111 '),
  repeated('groups of digits with dashes', '4111-'),
  repeated('card numbers without an end', '4111111111111111'),
  repeated('colons', ':'),
  repeated('colons after hexadecimal digits', 'fe80:'),
  repeated('MAC addresses without an end', '00:1b:'),
  repeated('schemes', 'http://'),
  repeated('a long address', 'a/', 'text', 'https://example.com/'),
  repeated('www', 'www.'),
  repeated('one letter', 'a'),
  repeated('percent-encoded at signs', '%40'),
  repeated('percent signs', '%'),
  repeated('percent-encoded digits', '%31%2D'),
  repeated('passwords', 'password='),
  repeated('passwords with colons and quotes', 'password: "'),
  repeated('starts of access keys', 'AKIA'),
  repeated('base58', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'),
  repeated('hexadecimal digits', '0xdeadbeef'),
  repeated('starts of bech32', 'bc1q'),
  repeated('starts of IBAN', 'DE12 '),
  repeated('letters and digits that might be IBAN', 'DE12GB34'),
  repeated('letters and digits', 'A1'),
  repeated('context words', 'ssn ssn ssn passport iban '),
  repeated('context words and digits', 'ssn 123 '),
  repeated('letters of two bytes', 'é'),
  repeated('letters of three bytes and at signs', '日@'),
  repeated('emoji', '😀'),
  repeated('emoji joined', '👩‍👩‍👧‍👦1'),
  repeated('full-width digits', '４'),
  repeated('blanks', ' '),
  repeated('line ends', '\n'),
  repeated('carriage returns', '\r'),
  repeated('short lines of digits', '123456789\n'),
  repeated('quotes in text', '"\''),
  repeated('empty quoted fields', '"",', 'csv'),
  repeated('quoted quotes', '""', 'csv', 'a,b\n"', '"\n'),
  repeated('separators', ',', 'csv'),
  repeated('rows of one separator', ',\n', 'csv', 'a,b\n'),
  repeated('many header names', 'email,', 'csv'),
  listed('backslashes in strings', '"\\\\\\\\\\\\\\\\"'),
  listed('escaped at signs', '"a\\u0040a\\u0040"'),
  repeated('a long string of escapes', '\\u0040', 'json', '"', '"'),
  repeated('surrogates', '\\ud83d\\ude00', 'json', '"', '"'),
  repeated('a long string of backslashes', '\\\\', 'json', '"', '"'),
  listed('numbers', '4111111111111111'),
  listed('arrays in arrays', '[[[[[[[[]]]]]]]]'),
  listed('members', '{"a":{"b":{"ssn":{}}}}'),
  listed('empty strings', '""'),
  repeated('blanks in JSON', ' ', 'json', '[', ']'),
  repeated('short records', '{}\n', 'ndjson'),
  repeated('entities', '&#64;', 'xml', '<a>', '</a>'),
  repeated('elements', '<a></a>', 'xml', '<r>', '</r>'),
  repeated('attributes', '<a b="&#x40;" c=\'"\'/>', 'xml', '<r>', '</r>'),
  repeated('CDATA', '<![CDATA[]]]]>', 'xml', '<r>', '</r>'),
  repeated('brackets in CDATA', ']', 'xml', '<r><![CDATA[', ']]></r>'),
  repeated('comments', '<!--a@a-->', 'xml', '<r>', '</r>'),
];
