import { AnchoredRecognizer, CodeRecognizer } from '../recognizer';
import { AWS_ACCESS_KEY, AWS_ACCESS_KEY_LABELLED, AWS_SECRET_KEY } from './aws-keys';
import { BANK_ACCOUNT, ROUTING_NUMBER } from './bank-account';
import { CARD_EXPIRY } from './card-expiry';
import { CRYPTO_ADDRESS } from './crypto-address';
import { DATE_OF_BIRTH } from './date-of-birth';
import { BRITISH_DRIVER_NUMBER, DRIVER_LICENCE } from './driver-licence';
import { EMAIL } from './email';
import { IBAN } from './iban';
import { IPV4 } from './ipv4';
import { IPV6 } from './ipv6';
import { MAC_ADDRESS } from './mac-address';
import { NATIONAL, NATIONAL_SEARCHES } from './national';
import { PASSPORT } from './passport';
import { PASSWORD } from './password';
import { OTHER_PAYMENT_CARD, PAYMENT_CARD } from './payment-card';
import { PHONE } from './phone';
import { CARD_VERIFICATION, PIN } from './pin';
import { SWIFT_CODE } from './swift-code';
import { URL, WWW } from './url';
import { INDIVIDUAL_TAXPAYER_NUMBER, SOCIAL_SECURITY_NUMBER } from './us-tax-numbers';
import { USERNAME } from './username';
import { VEHICLE_NUMBER, VEHICLE_NUMBER_WITHOUT_CHECK } from './vehicle';

/** Codes in order of precedence: the fewer numbers pass its test, the earlier; at the end what only a word tells from others. */
export const CODE_RECOGNIZERS: readonly CodeRecognizer[] = [
  IBAN, PAYMENT_CARD, BRITISH_DRIVER_NUMBER, VEHICLE_NUMBER, ROUTING_NUMBER, INDIVIDUAL_TAXPAYER_NUMBER,
  ...NATIONAL,
  OTHER_PAYMENT_CARD, SOCIAL_SECURITY_NUMBER,
  VEHICLE_NUMBER_WITHOUT_CHECK, PASSPORT, DRIVER_LICENCE, BANK_ACCOUNT,
];

/** Searches in order of precedence. */
export const ANCHORED_RECOGNIZERS: readonly AnchoredRecognizer[] = [
  PASSWORD, USERNAME, PIN, CARD_VERIFICATION, CARD_EXPIRY, DATE_OF_BIRTH, SWIFT_CODE, AWS_SECRET_KEY, AWS_ACCESS_KEY_LABELLED,
  URL, WWW, EMAIL,
  IPV6, MAC_ADDRESS, IPV4,
  AWS_ACCESS_KEY, CRYPTO_ADDRESS,
  ...NATIONAL_SEARCHES,
  PHONE,
];
