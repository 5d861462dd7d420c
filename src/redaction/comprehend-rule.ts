import { ComprehendOptions } from './comprehend-options';
import { PiiType } from './pii-type';
import { ComprehendRule } from './rule-set';
import { described } from '../private/described';
import { ConfigurationError } from '../private/errors';

const WHERE = 'Redaction.comprehend';
const LANGUAGES = ['en', 'es'];
const DEFAULT_CONFIDENCE = 0.5;

/**
 * The types of `PiiEntity`, less ALL, and less AGE, DATE_TIME and LICENSE_PLATE, which are no `PiiType`.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_PiiEntity.html
 */
export const COMPREHEND_TYPES: readonly PiiType[] = [
  PiiType.ADDRESS,
  PiiType.AWS_ACCESS_KEY,
  PiiType.AWS_SECRET_KEY,
  PiiType.BANK_ACCOUNT_NUMBER,
  PiiType.BANK_ROUTING,
  PiiType.CA_HEALTH_NUMBER,
  PiiType.CA_SOCIAL_INSURANCE_NUMBER,
  PiiType.CREDIT_DEBIT_CVV,
  PiiType.CREDIT_DEBIT_EXPIRY,
  PiiType.CREDIT_DEBIT_NUMBER,
  PiiType.DRIVER_ID,
  PiiType.EMAIL,
  PiiType.IN_AADHAAR,
  PiiType.IN_NREGA,
  PiiType.IN_PERMANENT_ACCOUNT_NUMBER,
  PiiType.IN_VOTER_NUMBER,
  PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  PiiType.IP_ADDRESS,
  PiiType.MAC_ADDRESS,
  PiiType.NAME,
  PiiType.PASSPORT_NUMBER,
  PiiType.PASSWORD,
  PiiType.PHONE,
  PiiType.PIN,
  PiiType.SSN,
  PiiType.SWIFT_CODE,
  PiiType.UK_NATIONAL_HEALTH_SERVICE_NUMBER,
  PiiType.UK_NATIONAL_INSURANCE_NUMBER,
  PiiType.UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER,
  PiiType.URL,
  PiiType.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER,
  PiiType.USERNAME,
  PiiType.VEHICLE_IDENTIFICATION_NUMBER,
];

export function comprehendRule(options: ComprehendOptions): ComprehendRule {
  const { languageCode, types = [PiiType.NAME, PiiType.ADDRESS], confidence = DEFAULT_CONFIDENCE } = options;
  if (!LANGUAGES.includes(languageCode)) {
    throw new ConfigurationError(WHERE, `languageCode is ${described(languageCode)}, which DetectPiiEntities does not read`, `give ${LANGUAGES.join(' or ')}`);
  }
  if (!Array.isArray(types) || types.length === 0) {
    throw new ConfigurationError(WHERE, `types is ${described(types)}`, 'name at least one, or leave types out for NAME and ADDRESS');
  }
  const unknown = types.find(type => !COMPREHEND_TYPES.includes(type));
  if (unknown !== undefined) {
    throw new ConfigurationError(WHERE, `types holds ${described(unknown)}, which Amazon Comprehend does not find`,
      'leave it out; give it to Redaction.of if it is a PiiType');
  }
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1)) {
    throw new ConfigurationError(WHERE, `confidence is ${described(confidence)}`, 'give a number from 0 to 1, such as 0.5');
  }
  return { languageCode, types: [...new Set(types)], confidence };
}
