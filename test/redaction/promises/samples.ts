import { PiiType } from '../../../src/redaction/pii-type';

/** A made-up value of a type, with right check digits, and words before it that say what it is. */
export interface Sample {
  readonly type: PiiType;
  readonly context: string;
  readonly value: string;
}

const SAMPLES_OF_TEXT: Readonly<Record<Exclude<PiiType, PiiType.NAME | PiiType.ADDRESS>, readonly [context: string, value: string]>> = {
  AWS_ACCESS_KEY: ['access key', 'AKIAIOSFODNN7EXAMPLE'],
  AWS_SECRET_KEY: ['aws secret access key:', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  BANK_ACCOUNT_NUMBER: ['bank account number:', '4829173650'],
  BANK_ROUTING: ['routing number:', '123456780'],
  CREDIT_DEBIT_CVV: ['cvv:', '482'],
  CREDIT_DEBIT_EXPIRY: ['card expiry date:', '08/31'],
  CREDIT_DEBIT_NUMBER: ['card', '4111119876543212'],
  CRYPTO_ADDRESS: ['bitcoin', '18NUEQtNyRm3Pu79rnHRPkEEvVCDi6bEFu'],
  DATE_OF_BIRTH: ['date of birth:', '1987-05-12'],
  DRIVER_ID: ['driver license number:', 'D4829173'],
  EMAIL: ['email', 'ada.byron@example.com'],
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: ['iban', 'DE36300103173407324931'],
  IP_ADDRESS: ['client', '203.0.113.77'],
  MAC_ADDRESS: ['mac', '00:00:5e:00:53:af'],
  PASSPORT_NUMBER: ['passport number:', 'X4829173'],
  PASSWORD: ['password:', 'tr0ub4dor3'],
  PHONE: ['phone', '+14155550132'],
  PIN: ['pin:', '4829'],
  SSN: ['ssn', '536-22-8917'],
  SWIFT_CODE: ['swift code:', 'ABCDDEFF482'],
  URL: ['see', 'https://example.com/people/ada'],
  USERNAME: ['username:', 'ada_byron87'],
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: ['itin', '911-72-4829'],
  VEHICLE_IDENTIFICATION_NUMBER: ['vin', '1M8GDM9AXKP042788'],
  AU_BUSINESS_NUMBER: ['abn', '53004085729'],
  AU_COMPANY_NUMBER: ['acn', '012345676'],
  AU_MEDICARE_NUMBER: ['medicare', '3456789081'],
  AU_TAX_FILE_NUMBER: ['tfn', '412345677'],
  BR_CNPJ: ['cnpj', '34.829.173/0001-39'],
  BR_CPF: ['cpf', '348.291.736-10'],
  CA_HEALTH_NUMBER: ['ohip health card number:', '5876543215'],
  CA_SOCIAL_INSURANCE_NUMBER: ['social insurance number', '130692544'],
  DE_TAX_ID: ['steuer-id', '48037251958'],
  ES_NIE: ['nie', 'X4829173R'],
  ES_NIF: ['nif', '48291736Q'],
  FI_PERSONAL_IDENTITY_CODE: ['hetu', '120587-734W'],
  FR_NIR: ['nir', '287057512345622'],
  IN_AADHAAR: ['aadhaar', '298765432101'],
  IN_NREGA: ['nrega job card', 'RJ-08-001-002-003/123'],
  IN_PERMANENT_ACCOUNT_NUMBER: ['pan', 'ABCPD4829Z'],
  IN_VOTER_NUMBER: ['voter id', 'ABC4829173'],
  IT_FISCAL_CODE: ['codice fiscale', 'RSSMRA87E52H501T'],
  KR_RESIDENT_REGISTRATION_NUMBER: ['rrn', '870512-2345672'],
  NG_NATIONAL_IDENTIFICATION_NUMBER: ['nin', '70812345672'],
  NL_CITIZEN_SERVICE_NUMBER: ['bsn', '123456782'],
  NO_NATIONAL_IDENTITY_NUMBER: ['personnummer', '12058710014'],
  PL_PESEL: ['pesel', '87051273454'],
  SE_PERSONAL_IDENTITY_NUMBER: ['personnummer', '870512-7341'],
  SG_NRIC_FIN: ['nric', 'S8705127G'],
  TH_NATIONAL_ID: ['thai national id', '3101203456780'],
  TR_NATIONAL_ID: ['tc kimlik no', '34829173614'],
  UK_NATIONAL_HEALTH_SERVICE_NUMBER: ['nhs number', '9123450002'],
  UK_NATIONAL_INSURANCE_NUMBER: ['national insurance', 'AB482917C'],
  UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER: ['utr', '9234567891'],
  ZA_ID_NUMBER: ['south african id', '8705125009080'],
};

/** One of each type that text is searched for; NAME and ADDRESS go by the name of the field only. */
export const SAMPLES: readonly Sample[] = Object.entries(SAMPLES_OF_TEXT)
  .map(([type, [context, value]]) => ({ type: type as PiiType, context, value }));

/** Values that are found by the name of their field. */
export const FIELD_SAMPLES: readonly Sample[] = [
  { type: PiiType.NAME, context: 'full_name', value: 'Augusta Ada Byron' },
  { type: PiiType.ADDRESS, context: 'street_address', value: '12 Example Square' },
];
