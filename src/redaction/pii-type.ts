/**
 * Kinds of personal data. The names are those of Amazon Comprehend where it has one.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/dg/how-pii.html
 */
export enum PiiType {
  /** A postal address, by the name of its field: free text is left to Amazon Comprehend, see `Redaction.comprehend`. */
  ADDRESS = 'ADDRESS',
  /** An AWS access key id, such as those that start with `AKIA` or `ASIA`. */
  AWS_ACCESS_KEY = 'AWS_ACCESS_KEY',
  /** An AWS secret access key: 40 characters beside a word that says so. */
  AWS_SECRET_KEY = 'AWS_SECRET_KEY',
  /** A bank account number beside a word that says so. */
  BANK_ACCOUNT_NUMBER = 'BANK_ACCOUNT_NUMBER',
  /** A routing number of the American Bankers Association, with its check digit. */
  BANK_ROUTING = 'BANK_ROUTING',
  /** The card verification value of a payment card, beside a word that says so. */
  CREDIT_DEBIT_CVV = 'CREDIT_DEBIT_CVV',
  /** The expiration date of a payment card, beside a word that says so. */
  CREDIT_DEBIT_EXPIRY = 'CREDIT_DEBIT_EXPIRY',
  /** A payment card number: 12 to 19 digits of a known issuer with a right Luhn digit. */
  CREDIT_DEBIT_NUMBER = 'CREDIT_DEBIT_NUMBER',
  /** An address of Bitcoin, Ethereum or another chain, with its checksum where it has one. */
  CRYPTO_ADDRESS = 'CRYPTO_ADDRESS',
  /** A date of birth beside a word that says so, or by the name of its field. */
  DATE_OF_BIRTH = 'DATE_OF_BIRTH',
  /** The number of a driving licence, beside a word that says so unless its structure is proof enough. */
  DRIVER_ID = 'DRIVER_ID',
  /** An email address. */
  EMAIL = 'EMAIL',
  /** An IBAN: a country's length and right check digits (ISO 13616). */
  INTERNATIONAL_BANK_ACCOUNT_NUMBER = 'INTERNATIONAL_BANK_ACCOUNT_NUMBER',
  /** An IPv4 or IPv6 address. */
  IP_ADDRESS = 'IP_ADDRESS',
  /** A media access control address. */
  MAC_ADDRESS = 'MAC_ADDRESS',
  /** A person's name, by the name of its field: free text is left to Amazon Comprehend, see `Redaction.comprehend`. */
  NAME = 'NAME',
  /** A passport number beside a word that says so. */
  PASSPORT_NUMBER = 'PASSPORT_NUMBER',
  /** A password beside a word that says so, or by the name of its field. */
  PASSWORD = 'PASSWORD',
  /** A telephone number. */
  PHONE = 'PHONE',
  /** A personal identification number of four to eight digits, beside a word that says so. */
  PIN = 'PIN',
  /** A Social Security number of the United States. */
  SSN = 'SSN',
  /** A SWIFT code (BIC, ISO 9362). */
  SWIFT_CODE = 'SWIFT_CODE',
  /** A web address. */
  URL = 'URL',
  /** An account name beside a word that says so, or by the name of its field. */
  USERNAME = 'USERNAME',
  /** An Individual Taxpayer Identification Number of the United States. */
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER = 'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER',
  /** A vehicle identification number (ISO 3779). */
  VEHICLE_IDENTIFICATION_NUMBER = 'VEHICLE_IDENTIFICATION_NUMBER',
  /** Australia: business number (ABN). */
  AU_BUSINESS_NUMBER = 'AU_BUSINESS_NUMBER',
  /** Australia: company number (ACN). */
  AU_COMPANY_NUMBER = 'AU_COMPANY_NUMBER',
  /** Australia: Medicare card number. */
  AU_MEDICARE_NUMBER = 'AU_MEDICARE_NUMBER',
  /** Australia: tax file number (TFN). */
  AU_TAX_FILE_NUMBER = 'AU_TAX_FILE_NUMBER',
  /** Brazil: company register number (CNPJ). */
  BR_CNPJ = 'BR_CNPJ',
  /** Brazil: register number of natural persons (CPF). */
  BR_CPF = 'BR_CPF',
  /** Canada: health number of a province. */
  CA_HEALTH_NUMBER = 'CA_HEALTH_NUMBER',
  /** Canada: Social Insurance Number. */
  CA_SOCIAL_INSURANCE_NUMBER = 'CA_SOCIAL_INSURANCE_NUMBER',
  /** Germany: tax identification number (Steuer-ID). */
  DE_TAX_ID = 'DE_TAX_ID',
  /** Spain: identity number of foreigners (NIE). */
  ES_NIE = 'ES_NIE',
  /** Spain: tax identity number (NIF, on the DNI). */
  ES_NIF = 'ES_NIF',
  /** Finland: personal identity code (henkilötunnus). */
  FI_PERSONAL_IDENTITY_CODE = 'FI_PERSONAL_IDENTITY_CODE',
  /** France: social security number (NIR). */
  FR_NIR = 'FR_NIR',
  /** India: Aadhaar number. */
  IN_AADHAAR = 'IN_AADHAAR',
  /** India: job card number of the rural employment scheme (NREGA). */
  IN_NREGA = 'IN_NREGA',
  /** India: Permanent Account Number (PAN). */
  IN_PERMANENT_ACCOUNT_NUMBER = 'IN_PERMANENT_ACCOUNT_NUMBER',
  /** India: voter number (EPIC). */
  IN_VOTER_NUMBER = 'IN_VOTER_NUMBER',
  /** Italy: fiscal code (codice fiscale). */
  IT_FISCAL_CODE = 'IT_FISCAL_CODE',
  /** South Korea: resident registration number. */
  KR_RESIDENT_REGISTRATION_NUMBER = 'KR_RESIDENT_REGISTRATION_NUMBER',
  /** Nigeria: National Identification Number. */
  NG_NATIONAL_IDENTIFICATION_NUMBER = 'NG_NATIONAL_IDENTIFICATION_NUMBER',
  /** Netherlands: citizen service number (BSN). */
  NL_CITIZEN_SERVICE_NUMBER = 'NL_CITIZEN_SERVICE_NUMBER',
  /** Norway: national identity number (fødselsnummer, D-number). */
  NO_NATIONAL_IDENTITY_NUMBER = 'NO_NATIONAL_IDENTITY_NUMBER',
  /** Poland: PESEL. */
  PL_PESEL = 'PL_PESEL',
  /** Sweden: personal identity number (personnummer, samordningsnummer). */
  SE_PERSONAL_IDENTITY_NUMBER = 'SE_PERSONAL_IDENTITY_NUMBER',
  /** Singapore: NRIC and FIN. */
  SG_NRIC_FIN = 'SG_NRIC_FIN',
  /** Thailand: national identity number. */
  TH_NATIONAL_ID = 'TH_NATIONAL_ID',
  /** Turkey: national identity number (T.C. Kimlik No). */
  TR_NATIONAL_ID = 'TR_NATIONAL_ID',
  /** United Kingdom: National Health Service number. */
  UK_NATIONAL_HEALTH_SERVICE_NUMBER = 'UK_NATIONAL_HEALTH_SERVICE_NUMBER',
  /** United Kingdom: National Insurance number. */
  UK_NATIONAL_INSURANCE_NUMBER = 'UK_NATIONAL_INSURANCE_NUMBER',
  /** United Kingdom: Unique Taxpayer Reference. */
  UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER = 'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER',
  /** South Africa: identity number. */
  ZA_ID_NUMBER = 'ZA_ID_NUMBER',
}
