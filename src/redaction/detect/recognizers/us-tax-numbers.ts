import { PiiType } from '../../pii-type';
import { decimal } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

/** Numbers that were printed in advertisements, so that nobody has them. */
const ADVERTISED = [78_05_1120, 219_09_9999];

const LAYOUTS: readonly Layout[] = [
  { template: '999 99 9999', separators: '-.', solid: 'context', grouped: 'nothing' },
  // Three numbers in a row, as logs have them, are as likely.
  { template: '999 99 9999', separators: ' ', solid: 'context' },
  { template: '999 999999', separators: '-', solid: 'word' },
];

/**
 * Social Security numbers: an area, a group and a serial number, none of them zero.
 *
 * @see https://secure.ssa.gov/poms.nsf/lnx/0110201035
 */
export const SOCIAL_SECURITY_NUMBER: CodeRecognizer = {
  type: PiiType.SSN,
  layouts: LAYOUTS,
  valid: code => {
    const area = decimal(code, 0, 3);
    return area > 0 && area !== 666 && area < 900 && decimal(code, 3, 5) > 0 && decimal(code, 5, 9) > 0 && !ADVERTISED.includes(decimal(code, 0, 9));
  },
  context: [
    'ssn', 'ssns', 'social', 'social security', 'social security number', 'social security no', 'soc sec', 'socialsecurity', 'ss number', 'ss no',
    'ssnumber', 'tin', 'tax id', 'taxpayer identification', 'taxpayer id', 'seguro social',
  ],
};

/**
 * Individual Taxpayer Identification Numbers: a 9, and two digits in certain ranges in the middle.
 *
 * @see https://www.irs.gov/irm/part3/irm_03-021-263r
 */
export const INDIVIDUAL_TAXPAYER_NUMBER: CodeRecognizer = {
  type: PiiType.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER,
  layouts: LAYOUTS,
  valid: code => {
    const group = decimal(code, 3, 5);
    return code[0] === 0x39 && (group >= 50 && group <= 65 || group >= 70 && group <= 88 || group >= 90 && group <= 92 || group >= 94)
      && decimal(code, 5, 9) > 0;
  },
  context: [
    'itin', 'individual taxpayer', 'taxpayer identification', 'taxpayer identification number', 'taxpayer id', 'tax id', 'tax identification',
    'tax identification number', 'tin', 'tax number', 'taxid',
  ],
};
