import { distance } from 'fastest-levenshtein';
import { UsageError } from './failure';
import { PiiType } from '../redaction/pii-type';

const TYPES: readonly string[] = Object.values(PiiType);

/** What people call a type that has a longer name. */
const COMMON_NAMES: Readonly<Record<string, PiiType>> = {
  ABN: PiiType.AU_BUSINESS_NUMBER,
  ACN: PiiType.AU_COMPANY_NUMBER,
  AADHAAR: PiiType.IN_AADHAAR,
  BIC: PiiType.SWIFT_CODE,
  BIRTHDAY: PiiType.DATE_OF_BIRTH,
  BSN: PiiType.NL_CITIZEN_SERVICE_NUMBER,
  CARD: PiiType.CREDIT_DEBIT_NUMBER,
  CPF: PiiType.BR_CPF,
  CREDIT_CARD: PiiType.CREDIT_DEBIT_NUMBER,
  CVV: PiiType.CREDIT_DEBIT_CVV,
  DOB: PiiType.DATE_OF_BIRTH,
  DRIVERS_LICENSE: PiiType.DRIVER_ID,
  EXPIRY: PiiType.CREDIT_DEBIT_EXPIRY,
  IBAN: PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  IP: PiiType.IP_ADDRESS,
  ITIN: PiiType.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER,
  MAC: PiiType.MAC_ADDRESS,
  NHS: PiiType.UK_NATIONAL_HEALTH_SERVICE_NUMBER,
  NINO: PiiType.UK_NATIONAL_INSURANCE_NUMBER,
  PASSPORT: PiiType.PASSPORT_NUMBER,
  PESEL: PiiType.PL_PESEL,
  SIN: PiiType.CA_SOCIAL_INSURANCE_NUMBER,
  TELEPHONE: PiiType.PHONE,
  TFN: PiiType.AU_TAX_FILE_NUMBER,
  UTR: PiiType.UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER,
  VIN: PiiType.VEHICLE_IDENTIFICATION_NUMBER,
};

/** `email` and `ip-address` are EMAIL and IP_ADDRESS; what is no type at all is an error that names the nearest. */
export function typeNamed(text: string): PiiType {
  const name = upperName(text);
  if (!TYPES.includes(name)) {
    const nearest = nearestTo(name, TYPES);
    throw new UsageError(`unknown type ${text}${nearest === undefined ? '' : `; did you mean ${nearest}?`} --list-types lists all`);
  }
  return name as PiiType;
}

export function upperName(text: string): string {
  return text.trim().toUpperCase().replaceAll('-', '_');
}

/** The name that was probably meant; none if all are far off. */
export function nearestTo(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names.map(candidate => ({ candidate, steps: distance(name, candidate) })).sort((a, b) => a.steps - b.steps);
  const isNear = nearest !== undefined && nearest.steps <= Math.ceil(name.length / 3);
  return COMMON_NAMES[name] ?? (isNear ? nearest.candidate : undefined);
}
