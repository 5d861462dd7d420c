import { PiiType } from '../../pii-type';
import { CLASS, DIGIT, LETTER } from '../bytes';
import { mod97 } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

/** The national part by country: how many digits (n), letters (a) or either (c), in order. */
const REGISTRY = `
  AD 8n12c  AE 19n  AL 8n16c  AT 16n  AZ 4a20c  BA 16n  BE 12n  BG 4a6n8c  BH 4a14c  BI 23n  BR 23n1a1c  BY 4c4n16c  CH 5n12c  CR 18n  CY 8n16c
  CZ 20n  DE 18n  DJ 23n  DK 14n  DO 4c20n  EE 16n  EG 25n  ES 20n  FI 14n  FK 2a12n  FO 14n  FR 10n11c2n  GB 4a14n  GE 2a16n  GI 4a15c  GL 14n
  GR 7n16c  GT 24c  HN 4a20n  HR 17n  HU 24n  IE 4a14n  IL 19n  IQ 4a15n  IS 22n  IT 1a10n12c  JO 4a4n18c  KW 4a22c  KZ 3n13c  LB 4n20c  LC 4a24c
  LI 5n12c  LT 16n  LU 3n13c  LV 4a13c  LY 21n  MC 10n11c2n  MD 20c  ME 18n  MK 3n10c2n  MN 16n  MR 23n  MT 4a5n18c  MU 4a19n3a  NI 4a20n  NL 4a10n
  NO 11n  OM 3n16c  PK 4a16c  PL 24n  PS 4a21c  PT 21n  QA 4a21c  RO 4a16c  RS 18n  RU 14n15c  SA 2n18c  SC 4a20n3a  SD 14n  SE 20n  SI 15n  SK 20n
  SM 1a10n12c  SO 19n  ST 21n  SV 4a20n  TL 19n  TN 20n  TR 6n16c  UA 6n19c  VA 18n  VG 4a16n  XK 16n  YE 4a4n18c`;

/** What each place of a country's national part takes, as classes of bytes, by the country's two letters. */
const structures: (Uint8Array | undefined)[] = new Array(26 * 26).fill(undefined);
for (const [, country, parts] of REGISTRY.matchAll(/([A-Z]{2}) (\w+)/g)) {
  const places = [...parts.matchAll(/(\d+)([nac])/g)].flatMap(([, count, kind]) =>
    new Array<number>(Number(count)).fill(kind === 'n' ? DIGIT : kind === 'a' ? LETTER : DIGIT | LETTER));
  structures[indexOf(country.charCodeAt(0), country.charCodeAt(1))] = Uint8Array.from(places);
}

function indexOf(first: number, second: number): number {
  return (first - 65) * 26 + second - 65;
}

function isIban(code: Uint8Array, length: number): boolean {
  const places = structures[indexOf(code[0], code[1])];
  if (places === undefined || places.length !== length - 4) {
    return false;
  }
  for (let index = 0; index < places.length; index++) {
    if ((CLASS[code[index + 4]] & places[index]) === 0) {
      return false;
    }
  }
  return mod97(code, length);
}

/** Groups of four, as IBANs are printed, for each length that there is. */
const layouts: Layout[] = [...new Set(structures.flatMap(places => places === undefined ? [] : [places.length]))].map(length =>
  ({ template: `AA99${'X'.repeat(length).replace(/.{1,4}/g, ' $&')}`, separators: ' -', solid: 'nothing' }));

/**
 * International bank account numbers.
 *
 * @see https://www.swift.com/standards/data-standards/iban-international-bank-account-number the registry of ISO 13616
 */
export const IBAN: CodeRecognizer = {
  type: PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  layouts,
  valid: isIban,
  context: ['iban', 'international bank account number', 'bank account', 'account', 'konto', 'bankverbindung', 'rekening', 'compte'],
};
