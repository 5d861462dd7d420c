/** Inputs that are easy to get wrong at a cut: values at every kind of place, escapes, characters of several bytes, long tokens. */

export type AwkwardFormat = 'text' | 'csv' | 'tsv' | 'json' | 'ndjson' | 'xml';

export interface AwkwardInput {
  readonly name: string;
  readonly format: AwkwardFormat;
  readonly input: Buffer;
  /** What may not be in the output, escaped or not. */
  readonly secrets: readonly string[];
  /** What has to be left as it is. */
  readonly kept: readonly string[];
}

const EMAIL = 'ada.byron@example.com';
const CARD = '4111 1198 7654 3212';
const IBAN = 'DE36 3001 0317 3407 3249 31';
const SSN = '536-22-8917';
const PHONE = '+1 (415) 555-0132';
const IPV4 = '203.0.113.77';
const IPV6 = '2001:db8:85a3::8a2e:370:7334';
const ALL = [EMAIL, CARD, IBAN, SSN, PHONE, IPV4, IPV6];

/** Longer than what any search looks at. */
const LONG = 'x1y2-'.repeat(200);
const BOM = '\uFEFF';

/** Each character as `\uXXXX`. */
export const unicode = (text: string) => [...Array(text.length)].map((_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
/** Every second character as `\uXXXX`, in capitals. */
export const halfUnicode = (text: string) => [...text]
  .map((character, index) => index % 2 === 0 ? unicode(character).toUpperCase().replace(/\\U/g, '\\u') : JSON.stringify(character).slice(1, -1)).join('');
export const decimal = (text: string) => [...text].map(character => `&#${character.codePointAt(0)};`).join('');
export const hexadecimal = (text: string) => [...text].map(character => `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`).join('');
export const percent = (text: string) => [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');

export const AWKWARD_INPUTS: readonly AwkwardInput[] = [
  make('values alone on their lines', 'text', ALL.join('\n'), ALL),
  make('values side by side', 'text', `${EMAIL} ${CARD}, ${IBAN};${SSN}|${PHONE} <${EMAIL}> "${IPV4}" [${IPV6}] (${EMAIL})`, ALL),
  make('carriage returns and a byte order mark', 'text', `${BOM}${EMAIL}\r\n${SSN}\r\n\r\n${CARD}\r\n`, [EMAIL, SSN, CARD], ['\r\n']),
  make('characters of several bytes', 'text', `é${EMAIL}é 日本${SSN}日本 😀${IPV4}😀 “${CARD}” ${PHONE}\u00a0${IBAN}\u2003ß`, [EMAIL, SSN, IPV4, CARD, PHONE, IBAN], ['日本', '😀', 'ß']),
  make('context before its value', 'text', 'password: tr0ub4dor3 pin: 4829, cvv: 482\npassport number: X4829173\nSSN\t536228917\nuser=ada_byron87&pw=s3cr3t!', ['tr0ub4dor3', '4829173', '536228917']),
  make('percent-encoded context', 'text', `GET /form?p%61ssport%20number%3A%20X4829173 ${'x%20'.repeat(200)}s%73n%3D536228917&iban=DE36%203001%200317%203407%203249%2031 100%`, ['X4829173', '536228917', 'DE36%203001']),
  make('long tokens', 'text', `${LONG} ${EMAIL} ${LONG}${LONG}\n${'7 '.repeat(400)}${CARD}\n${'a.'.repeat(300)}b ${IPV4} ${'-'.repeat(700)}${SSN}`, [EMAIL, IPV4], [LONG]),
  make('addresses with percent-encoded values', 'text', `https://example.com/a?email=${percent(EMAIL)}&x=1 GET /q?e=ada.byron%40example.com&c=4111%201198%207654%203212 ${percent(SSN)}`, ['ada.byron', '4111%201198'], ['GET /q']),
  make('a log', 'text', `2031-03-01T00:00:00.037Z INFO node-29: order 48213 took 17.25 ms, email=${EMAIL} accepted\n2031-03-01T00:00:00.074Z WARN 10 of 12, ip ${IPV4}:8443, v1.2.3.4-rc\n`, [EMAIL, IPV4], ['order 48213 took 17.25 ms', '2031-03-01T00:00:00.074Z WARN 10 of 12']),
  make('nothing but a value', 'text', EMAIL, [EMAIL]),
  make('nothing', 'text', '', []),
  make('nothing to find', 'text', 'Nothing here: 12 of 34, a@b, 1.2.3, :: and // and 100 %.\n', [], ['Nothing here: 12 of 34', '100 %.\n']),

  make('a table', 'csv', `id,full_name,email,ssn,note\n1,Ada Byron,${EMAIL},${SSN},"said ""hi"", left"\n2,"Byron, Ada",,536228917,"two\nlines ${IPV4}\n"\n`, [EMAIL, SSN, '536228917', IPV4, 'Ada Byron', 'Byron, Ada'], ['id,full_name,email,ssn,note\n', '"said ""hi"", left"']),
  make('carriage returns, a byte order mark and semicolons', 'csv', `${BOM}"Email";"Telefon";"Notiz"\r\n"${EMAIL}";"${PHONE}";"größer ""${IBAN}"""\r\n"";;\r\n${EMAIL};x;`, [EMAIL, PHONE, IBAN], ['größer']),
  make('quotes inside a value', 'csv', `a,b\n"""${EMAIL}""","x ""${CARD}"" y"\n"4111""1198",${SSN}`, [EMAIL, CARD, SSN], ['"4111""1198"']),
  make('one column', 'csv', `email\n${EMAIL}\n\n"${EMAIL}"\n`, [EMAIL], ['email\n']),
  make('tabs', 'tsv', `email\tip\tnote\n${EMAIL}\t${IPV4}\t日本 ${CARD}\n\t\t${LONG}\n`, [EMAIL, IPV4, CARD], [LONG]),

  make('escapes in strings', 'json', `{"a":"${unicode(EMAIL)}","b":["${halfUnicode(SSN)}","\\n${EMAIL}\\t","\\"${CARD}\\"","\\/\\/ \\\\${IPV4}"],"${EMAIL}":1}`, [EMAIL, SSN, CARD, IPV4]),
  make('numbers and literals', 'json', '[4111119876543212, -1.5e+10, 0.5, true, false, null, {"card": 4111119876543212, "ssn": 536228917, "ok": 17}, 42]', ['4111119876543212', '536228917'], ['-1.5e+10', 'true', '"ok"']),
  make('nested, with blanks', 'json', `\uFEFF  {\r\n\t"customer" : { "email" : "${EMAIL}" , "list" : [ "${PHONE}" , "日本 😀 \\ud83d\\ude00 ${SSN}" ] ,\r\n "address": {"street": "12 Example Square", "zip": "00000"} } }  \n`, [EMAIL, PHONE, SSN], ['日本 😀 \\ud83d\\ude00', '"customer"']),
  make('a long string', 'json', `{"text":"${LONG.repeat(2)} ${EMAIL} ${'\\u0061'.repeat(300)} ${SSN} ${'\\\\'.repeat(300)}${IPV4}"}`, [EMAIL, SSN, IPV4], [LONG]),
  make('addresses inside strings', 'json', '{"url":"https:\\/\\/example.com\\/?email=ada.byron%40example.com&n=1","q":"email%3Dada.byron%40example.com"}', ['ada.byron']),
  make('JSON in JSON', 'json', JSON.stringify({ body: JSON.stringify({ email: EMAIL, more: JSON.stringify({ ssn: SSN }) }) }), [EMAIL, SSN]),
  make('a bare string', 'json', `"${EMAIL}"`, [EMAIL]),
  make('a bare number', 'json', '4111119876543212', ['4111119876543212']),
  make('records', 'ndjson', `{"email":"${EMAIL}","n":1}\n{"ip":"${IPV4}"}\r\n\n["${unicode(SSN)}"]\n"${CARD}"`, [EMAIL, IPV4, SSN, CARD], ['"n":1']),

  make('text, entities and CDATA', 'xml', `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a list -->\n<people><p email="${EMAIL}" ip='${IPV4}'>${decimal(SSN)}</p><p>ada.byron&#64;example.com &amp; ${hexadecimal(CARD)}</p><![CDATA[${EMAIL} <b> ]] ]> ${IPV4}]]></people>`, [EMAIL, IPV4, SSN, CARD], ['<people>', '&amp;', '</people>']),
  make('elements, attributes and blanks', 'xml', `${BOM}<a:r xmlns:a='urn:x'>\r\n  <ssn>536228917</ssn>\r\n  <e  v = "${hexadecimal(EMAIL)}"  w='"${EMAIL}"'/>\r\n  <n>日本 😀 ${PHONE}</n>\r\n</a:r>\n`, ['536228917', EMAIL, PHONE], ['日本 😀', 'urn:x']),
  make('a value next to markup', 'xml', `<r>${EMAIL}<b/>${SSN} <!--x--> ${IPV4}<b>${CARD}</b>${IBAN}</r>`, [EMAIL, SSN, IPV4, CARD, IBAN], ['<b/>']),
  make('comments and instructions', 'xml', `<!-- ${EMAIL} --><?x ip="${IPV4}"?><r><!--${SSN}--><?y ${CARD}?></r><!-- - -->`, [EMAIL, IPV4, SSN, CARD], ['<r>', '</r>']),
  make('long text', 'xml', `<r a="${LONG}"><t>${LONG} ${EMAIL} ${'&#97;'.repeat(200)} ${SSN}</t></r>`, [EMAIL, SSN], [LONG]),
];

/** One input a format of more than 65,536 bytes, out of the short ones of that format. */
export const LONG_INPUTS: readonly AwkwardInput[] = [
  long('text', inputs => inputs.join('\n')),
  long('csv', inputs => inputs.filter(input => !input.includes(';')).join('\n')),
  long('tsv', inputs => inputs.join('\n')),
  long('json', inputs => `[${inputs.join(',\n')}]`),
  long('ndjson', inputs => inputs.join('\n')),
  long('xml', inputs => `<all>${inputs.map(input => input.replace(/^<\?xml.*?\?>/, '')).join('\n')}</all>`),
];

/** More than is read at a time, so that a cut after it decides what stands before the cut. */
export const PADDING = 'nothing of note '.repeat(270);
const PROSE = [...ALL, ...ALL].map((one, index) => `${one}${[' ', ', ', ' é ', '; ', ' 日本 ', ' - ', ' x='][index % 7]}`).join('')
  + 'password: tr0ub4dor3 passport number: X4829173 ssn 536228917 https://example.com/a?b=c#d +44 20 7946 0018, GB52 EXMP 1234 5612 3456 78 '
  + `00:00:5e:00:53:af 1${'.2'.repeat(9)} a.b.c.d@${'x.'.repeat(30)}example.org ${'z'.repeat(70)}@example.net 4111-1198-7654-3212 order 10 4111119876543212 `
  + `AB 12 34 56 C ${'12 '.repeat(40)}203.0.113.77 ::1 ${'a-'.repeat(70)} ${EMAIL} ${'1-'.repeat(80)} ${SSN} `;
const xmlText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** One long value of much personal data, written in each way of each format: cuts from `from` on decide parts of it. */
export const LONG_VALUES: readonly (AwkwardInput & { readonly from: number })[] = [
  value('prose', 'text', PROSE),
  value('percent-encoded prose', 'text', percent(PROSE)),
  value('a quoted cell', 'csv', PROSE.replace(/,/g, '""'), 'a,b\n1,"', '"\n'),
  value('a cell', 'tsv', PROSE, 'a\tb\n1\t', '\n'),
  value('a string', 'json', PROSE, '{"a":["', '"]}'),
  value('a string of escapes', 'json', halfUnicode(PROSE), '["', '"]'),
  value('text', 'xml', xmlText(PROSE), '<a>', '</a>'),
  value('text of references', 'xml', decimal(PROSE), '<a>', '</a>'),
  value('an attribute', 'xml', xmlText(PROSE), '<a b="', '"/>'),
  value('CDATA', 'xml', PROSE, '<a><![CDATA[', ']]></a>'),
  value('a comment', 'xml', PROSE.replace(/--+/g, '-'), '<a><!-- ', ' --></a>'),
];

function value(name: string, format: AwkwardFormat, text: string, head = '', tail = '') {
  return { ...make(`a long value: ${name}`, format, head + PADDING + text + PADDING.slice(0, 640) + tail, ALL), from: Buffer.byteLength(head + PADDING) };
}

function long(format: AwkwardFormat, join: (inputs: readonly string[]) => string): AwkwardInput {
  const all = AWKWARD_INPUTS.filter(input => input.format === format && input.input.length > 0);
  // A byte order mark belongs at the start only.
  const once = all.map(({ input }) => input.toString('utf8').replace(/^\uFEFF/, ''));
  const size = once.reduce((sum, input) => sum + Buffer.byteLength(input), 0);
  const input = join(Array.from({ length: Math.ceil(66_000 / size) }, () => once).flat());
  return make('long', format, input, all.flatMap(({ secrets }) => secrets));
}

function make(name: string, format: AwkwardFormat, input: string, secrets: readonly string[], kept: readonly string[] = []): AwkwardInput {
  return { name: `${format}: ${name}`, format, input: Buffer.from(input), secrets, kept };
}
