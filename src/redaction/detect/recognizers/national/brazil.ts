import { plain } from './plain-code';
import { PiiType } from '../../../pii-type';
import { isAlphanumeric, upper } from '../../bytes';
import { allEqual } from '../../checksums';
import { AnchoredRecognizer, CodeRecognizer, Verdict } from '../../recognizer';

/** The check digit after `code[0, length)`: weights from 2 on, from the right, that start again after `top`. Letters count from 17. */
function checkDigit(code: Uint8Array, length: number, top: number): number {
  let sum = 0;
  let weight = 2;
  for (let i = length - 1; i >= 0; i--) {
    sum += (code[i] - 0x30) * weight;
    weight = weight === top ? 2 : weight + 1;
  }
  const rest = sum % 11;
  return 0x30 + (rest < 2 ? 0 : 11 - rest);
}

/** @see https://www.gov.br/receitafederal/pt-br/assuntos/meu-cpf */
function isCpf(code: Uint8Array, length: number): boolean {
  return code[9] === checkDigit(code, 9, 11) && code[10] === checkDigit(code, 10, 11) && !allEqual(code, length);
}

/**
 * Since July 2026 the first twelve may be letters.
 *
 * @see https://www.gov.br/receitafederal/pt-br/acesso-a-informacao/acoes-e-programas/programas-e-atividades/cnpj-alfanumerico
 */
function isCnpj(code: Uint8Array, length: number): boolean {
  return code[12] === checkDigit(code, 12, 9) && code[13] === checkDigit(code, 13, 9) && !allEqual(code, length);
}

const isWrittenCnpj = plain(isCnpj);
const CNPJ_WORDS = ['cnpj', 'cadastro nacional', 'pessoa juridica'];

/** `XX.XXX.XXX/9999-99`: how much stands before the branch, and all of it. */
const BEFORE_BRANCH = 11;
const WRITTEN_LENGTH = 18;
const WRITTEN = new Uint8Array(WRITTEN_LENGTH);

export const BRAZIL: readonly CodeRecognizer[] = [
  {
    type: PiiType.BR_CPF,
    layouts: [
      { template: '999.999.999-99', solid: 'nothing' },
      { template: '999999999-99', solid: 'context' },
      { template: '999 999 999 99', solid: 'context' },
    ],
    valid: plain(isCpf),
    context: ['cpf', 'cadastro de pessoas', 'pessoa fisica', 'contribuinte'],
  },
  {
    type: PiiType.BR_CNPJ,
    layouts: [
      { template: 'XXXXXXXXXXXX99', solid: 'context' },
      { template: 'XX.XXX.XXX/XXXX-99', solid: 'nothing' },
      { template: 'XXXXXXXX/XXXX-99', solid: 'nothing' },
    ],
    valid: isWrittenCnpj,
    context: CNPJ_WORDS,
  },
];

/** Numbers of letters and digits whose only anchor is that of the branch, such as `0001-40`. */
export const BRAZIL_SEARCHES: readonly AnchoredRecognizer[] = [
  {
    type: PiiType.BR_CNPJ,
    anchor: 'branch',
    context: CNPJ_WORDS,
    search(bytes, at, low, high, _last, found) {
      const start = at - BEFORE_BRANCH;
      const end = start + WRITTEN_LENGTH;
      if (start < low || end > high || bytes[at + 4] !== 0x2d || bytes[start + 2] !== 0x2e || bytes[start + 6] !== 0x2e
        || start > low && isAlphanumeric(bytes[start - 1]) || end < high && isAlphanumeric(bytes[end])) {
        return Verdict.NO;
      }
      let alphanumerics = 0;
      for (let i = 0; i < WRITTEN_LENGTH; i++) {
        WRITTEN[i] = upper(bytes[start + i]);
        alphanumerics += isAlphanumeric(bytes[start + i]) ? 1 : 0;
      }
      if (alphanumerics < 14 || !isWrittenCnpj(WRITTEN, WRITTEN_LENGTH)) {
        return Verdict.NO;
      }
      found.start = start;
      found.end = end;
      return Verdict.YES;
    },
  },
];
