/** Corpora of made-up data for where the shared generator is absent. Always the same: the numbers come from a fixed seed. */
import { writeFileSync } from 'fs';
import { join } from 'path';

const SIZE = 16 * 1024 * 1024;
const FIRST = ['Ada', 'Björn', 'Chen', 'Dalia', 'Emeka', 'Fatima', 'Goran', 'Hana', 'Ines', 'Jonas'];
const LAST = ['Abara', 'Brandt', 'Costa', 'Dahl', 'Eriksen', 'Fischer', 'Gupta', 'Haddad', 'Ito', 'Jansen'];
const WORK = ['shard moved', 'index merged', 'lease renewed', 'batch written', 'cache warmed', 'page flushed', 'queue drained'];
/** Where a random number ends up as a line with personal data in the log: about one byte in a hundred is then of such data. */
const SHARE_OF_LINES = 0.065;

const MODULUS = 2 ** 32;

let state = 20_260_101;

export function generate(folder: string): void {
  write(join(folder, 'log16.txt'), '', logLine);
  write(join(folder, 'csv16.csv'), 'id,first_name,last_name,email,phone,ssn,card,iban,ip,street,city,born,balance\n', row);
  write(join(folder, 'nd16.ndjson'), '', record);
}

function write(file: string, head: string, line: (number: number) => string): void {
  const lines = [head];
  let bytes = head.length;
  for (let number = 1; bytes < SIZE; number++) {
    const next = `${line(number)}\n`;
    lines.push(next);
    bytes += Buffer.byteLength(next);
  }
  writeFileSync(file, lines.join(''));
}

function logLine(number: number): string {
  const time = new Date(Date.UTC(2031, 2, 1) + number * 37).toISOString();
  const head = `${time} ${pick(['INFO', 'DEBUG', 'WARN'])} node-${whole(1, 40)} store.${pick(['Writer', 'Reader', 'Merger'])}: `;
  const body = `${pick(WORK)} in ${whole(1, 9000)} ms, ${whole(1, 64)} parts, ${digits(7)} bytes, trace ${hex(16)}`;
  return `${head}${body}${random() < SHARE_OF_LINES ? ` ${pick(ENTITIES)()} accepted` : ''}`;
}

function row(number: number): string {
  return [
    number, pick(FIRST), pick(LAST), email(), phone(), ssn(), card(), iban(), address(), `"${whole(1, 999)} Example Road, Unit ${whole(1, 99)}"`,
    'Sampleton', `${whole(1940, 2010)}-0${whole(1, 9)}-${whole(10, 28)}`, `${whole(0, 9999)}.${digits(2)}`,
  ].join(',');
}

function record(number: number): string {
  return JSON.stringify({
    id: number,
    customer: { name: `${pick(FIRST)} ${pick(LAST)}`, email: email(), phones: [phone()] },
    payment: { pan: card(), iban: random() < 0.5 ? iban() : null },
    origin: { ip: address(), trace: hex(32), score: whole(0, 99_999) / 1000 },
    note: pick(['none', 'asked "when?"\nand again', 'später – 後で', 'path C:\\tmp']),
  });
}

const ENTITIES = [
  () => `email=${email()}`, () => `phone=${phone()}`, () => `ssn=${ssn()}`,
  () => `card=${card()}`, () => `iban=${iban()}`, () => `client_ip=${address()}`,
];

function email(): string {
  const name = `${pick(FIRST)}${pick(['.', '_', '+', '-'])}${pick(LAST)}`.normalize('NFD').replace(/[^\x21-\x7e]/g, '').toLowerCase();
  return `${name}${whole(1, 999)}@${pick(['example.com', 'example.org', 'mail.example.net'])}`;
}

/** 555-01xx and the numbers that Ofcom keeps for drama. */
function phone(): string {
  const area = whole(212, 939);
  return pick([`(${area}) 555-01${digits(2)}`, `${area}-555-01${digits(2)}`, `+1 ${area} 555 01${digits(2)}`, `+44 7700 900${digits(3)}`]);
}

function ssn(): string {
  return `${whole(100, 665)}-${whole(10, 99)}-${whole(1000, 9999)}`;
}

function card(): string {
  const body = pick(['4', `5${whole(1, 5)}`, '6011', '2221']);
  const start = body + digits(15 - body.length);
  const sum = [...start].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${start}${(10 - sum % 10) % 10}`.replace(/(\d{4})(?=\d)/g, `$1${pick(['', ' ', '-'])}`);
}

function iban(): string {
  const [country, account] = pick([['DE', digits(18)], ['ES', digits(20)], ['BE', digits(12)]]);
  const number = `${account}${country}00`.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55));
  return `${country}${String(98n - BigInt(number) % 97n).padStart(2, '0')}${account}`;
}

/** Addresses out of the ranges for documentation and for private networks. */
function address(): string {
  return pick([`192.0.2.${whole(1, 254)}`, `10.${whole(0, 255)}.${whole(0, 255)}.${whole(1, 254)}`, `2001:db8:${hex(4)}::${hex(4)}`]);
}

/** A linear congruential generator modulo 2^32. */
function random(): number {
  const next = (Math.imul(state, 1_664_525) + 1_013_904_223) % MODULUS;
  state = (next + MODULUS) % MODULUS;
  return state / MODULUS;
}

function whole(low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function pick<Choice>(choices: readonly Choice[]): Choice {
  return choices[Math.floor(random() * choices.length)];
}

function digits(count: number): string {
  return Array.from({ length: count }, () => whole(0, 9)).join('');
}

function hex(count: number): string {
  return Array.from({ length: count }, () => whole(0, 15).toString(16)).join('');
}
