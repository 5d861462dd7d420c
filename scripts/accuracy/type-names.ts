/** How the sets of cases call the types of the engine. Names that are left out stand for types that it does not find by rule. */
import { PiiType } from '../../src/redaction/pii-type';

/** A set of cases: one file, and what its names mean. */
export interface CaseSet {
  readonly file: string;
  readonly title: string;
  readonly names: Readonly<Record<string, PiiType>>;
  /**
   * For which types a row counts: those that its test is about (`entity`, `validator`), all types of the set because every row is
   * annotated for all of them, or only those of its own spans.
   */
  readonly rowsCountFor: 'theirTest' | 'allOfTheSet' | 'theirSpans';
}

const PRESIDIO: Readonly<Record<string, PiiType>> = {
  ABA_ROUTING_NUMBER: PiiType.BANK_ROUTING,
  AU_ABN: PiiType.AU_BUSINESS_NUMBER,
  AU_ACN: PiiType.AU_COMPANY_NUMBER,
  AU_MEDICARE: PiiType.AU_MEDICARE_NUMBER,
  AU_TFN: PiiType.AU_TAX_FILE_NUMBER,
  CA_SIN: PiiType.CA_SOCIAL_INSURANCE_NUMBER,
  CREDIT_CARD: PiiType.CREDIT_DEBIT_NUMBER,
  CRYPTO: PiiType.CRYPTO_ADDRESS,
  DE_FUEHRERSCHEIN: PiiType.DRIVER_ID,
  DE_PASSPORT: PiiType.PASSPORT_NUMBER,
  DE_TAX_ID: PiiType.DE_TAX_ID,
  EMAIL_ADDRESS: PiiType.EMAIL,
  ES_NIE: PiiType.ES_NIE,
  ES_NIF: PiiType.ES_NIF,
  ES_PASSPORT: PiiType.PASSPORT_NUMBER,
  FI_PERSONAL_IDENTITY_CODE: PiiType.FI_PERSONAL_IDENTITY_CODE,
  IBAN_CODE: PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  IN_AADHAAR: PiiType.IN_AADHAAR,
  IN_PAN: PiiType.IN_PERMANENT_ACCOUNT_NUMBER,
  IN_PASSPORT: PiiType.PASSPORT_NUMBER,
  IN_VOTER: PiiType.IN_VOTER_NUMBER,
  IP_ADDRESS: PiiType.IP_ADDRESS,
  IT_DRIVER_LICENSE: PiiType.DRIVER_ID,
  IT_FISCAL_CODE: PiiType.IT_FISCAL_CODE,
  IT_PASSPORT: PiiType.PASSPORT_NUMBER,
  KR_DRIVER_LICENSE: PiiType.DRIVER_ID,
  KR_PASSPORT: PiiType.PASSPORT_NUMBER,
  KR_RRN: PiiType.KR_RESIDENT_REGISTRATION_NUMBER,
  MAC_ADDRESS: PiiType.MAC_ADDRESS,
  NG_NIN: PiiType.NG_NATIONAL_IDENTIFICATION_NUMBER,
  PHONE_NUMBER: PiiType.PHONE,
  PH_MOBILE_NUMBER: PiiType.PHONE,
  PL_PESEL: PiiType.PL_PESEL,
  SE_PERSONNUMMER: PiiType.SE_PERSONAL_IDENTITY_NUMBER,
  SG_NRIC_FIN: PiiType.SG_NRIC_FIN,
  TH_TNIN: PiiType.TH_NATIONAL_ID,
  TR_NATIONAL_ID: PiiType.TR_NATIONAL_ID,
  TR_PHONE_NUMBER: PiiType.PHONE,
  UK_DRIVING_LICENCE: PiiType.DRIVER_ID,
  UK_NHS: PiiType.UK_NATIONAL_HEALTH_SERVICE_NUMBER,
  UK_NINO: PiiType.UK_NATIONAL_INSURANCE_NUMBER,
  UK_PASSPORT: PiiType.PASSPORT_NUMBER,
  URL: PiiType.URL,
  US_BANK_NUMBER: PiiType.BANK_ACCOUNT_NUMBER,
  US_DRIVER_LICENSE: PiiType.DRIVER_ID,
  US_ITIN: PiiType.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER,
  US_PASSPORT: PiiType.PASSPORT_NUMBER,
  US_SSN: PiiType.SSN,
  ZA_ID_NUMBER: PiiType.ZA_ID_NUMBER,
};

const RESEARCH: Readonly<Record<string, PiiType>> = {
  CREDIT_CARD: PiiType.CREDIT_DEBIT_NUMBER,
  DOMAIN_NAME: PiiType.URL,
  EMAIL_ADDRESS: PiiType.EMAIL,
  IBAN_CODE: PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  IP_ADDRESS: PiiType.IP_ADDRESS,
  PHONE_NUMBER: PiiType.PHONE,
  US_DRIVER_LICENSE: PiiType.DRIVER_ID,
  US_SSN: PiiType.SSN,
};

export const CASE_SETS: readonly CaseSet[] = [
  { file: 'presidio_recognizer_tests.jsonl', title: 'Presidio', names: PRESIDIO, rowsCountFor: 'theirTest' },
  { file: 'presidio_research_generated_large.jsonl', title: 'Presidio research', names: RESEARCH, rowsCountFor: 'allOfTheSet' },
  { file: 'presidio_research_generated_small.jsonl', title: 'Presidio research', names: RESEARCH, rowsCountFor: 'allOfTheSet' },
  {
    file: 'dd_sds_checksums.jsonl',
    title: 'dd-sds',
    // `luhn`, `verhoeff` and `iso_7064` test a sum, not a type.
    names: {
      aba_rtn: PiiType.BANK_ROUTING,
      australian_medicare: PiiType.AU_MEDICARE_NUMBER,
      australian_tfn: PiiType.AU_TAX_FILE_NUMBER,
      brazilian_cnpj: PiiType.BR_CNPJ,
      brazilian_cpf: PiiType.BR_CPF,
      btc: PiiType.CRYPTO_ADDRESS,
      coordination_number: PiiType.SE_PERSONAL_IDENTITY_NUMBER,
      dutch_bsn: PiiType.NL_CITIZEN_SERVICE_NUMBER,
      dutch_passport: PiiType.PASSPORT_NUMBER,
      ethereum: PiiType.CRYPTO_ADDRESS,
      finnish_hetu: PiiType.FI_PERSONAL_IDENTITY_CODE,
      france_ssn: PiiType.FR_NIR,
      iban: PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
      italian_national_id: PiiType.IT_FISCAL_CODE,
      monero_address: PiiType.CRYPTO_ADDRESS,
      nhs_check_digit: PiiType.UK_NATIONAL_HEALTH_SERVICE_NUMBER,
      nir: PiiType.FR_NIR,
      polish_national_id: PiiType.PL_PESEL,
      singapore_nric: PiiType.SG_NRIC_FIN,
      spain_dni: PiiType.ES_NIF,
      sweden_pin: PiiType.SE_PERSONAL_IDENTITY_NUMBER,
      uk_nino_format_check: PiiType.UK_NATIONAL_INSURANCE_NUMBER,
      uk_trn: PiiType.UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER,
    },
    rowsCountFor: 'theirTest',
  },
  { file: 'libphonenumber_matcher_cases.jsonl', title: 'libphonenumber', names: { PHONE: PiiType.PHONE }, rowsCountFor: 'allOfTheSet' },
  {
    file: 'redact_pii_tests.jsonl',
    title: 'redact-pii',
    // Its card numbers have wrong check digits, so they are left out.
    names: {
      EMAIL_ADDRESS: PiiType.EMAIL,
      IP_ADDRESS: PiiType.IP_ADDRESS,
      PASSWORD: PiiType.PASSWORD,
      PHONE_NUMBER: PiiType.PHONE,
      URL: PiiType.URL,
      USERNAME: PiiType.USERNAME,
      US_SOCIAL_SECURITY_NUMBER: PiiType.SSN,
    },
    rowsCountFor: 'theirSpans',
  },
];

/** The six types that all tools know. */
export const CORE: readonly PiiType[] = [
  PiiType.EMAIL, PiiType.PHONE, PiiType.CREDIT_DEBIT_NUMBER, PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER, PiiType.IP_ADDRESS, PiiType.SSN,
];

/** Numbers that a state gives to persons and companies: the types that start with a country. */
export const NATIONAL: readonly PiiType[] = Object.values(PiiType)
  .filter(type => /^[A-Z]{2}_/.test(type) && type !== PiiType.IP_ADDRESS && type !== PiiType.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER);
