import { CLASS, HEX, LOWER, UPPER, isAlphanumeric, lower } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { decodeMonero, isBase58Check } from './base58';
import { isSegwitAddress } from './bech32';
import { keccak256 } from './keccak';
import { PiiType } from '../../pii-type';

const ETHEREUM_LENGTH = 42;
/** With a version of zero; all other versions make a number of just as many characters. */
const SHORTEST_BASE58 = 25;
const LONGEST_BASE58 = 35;
const BASE58_LENGTH = 34;
const SHORTEST_SEGWIT = 14;
const LONGEST_SEGWIT = 90;
const MONERO_LENGTHS = [95, 106];
const LONGEST = 106;

/** What addresses with a version byte start with: Bitcoin, Litecoin, Dogecoin, Dash, Tron; `r` are those of the XRP Ledger. */
const FIRSTS = '13LMDA9XTr';
const VERSIONS = [0x00, 0x05, 0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41];

const isFirst = new Uint8Array(256);
[...FIRSTS].forEach(character => isFirst[character.charCodeAt(0)] = 1);

const digest = new Uint8Array(32);
const lowered = new Uint8Array(40);
const decoded = new Uint8Array(80);

/** Addresses of cryptocurrencies with a right checksum; those of Ethereum may have none. */
export const CRYPTO_ADDRESS: AnchoredRecognizer = {
  type: PiiType.CRYPTO_ADDRESS,
  anchor: 'token',
  // `0x`, `bc1` or `ltc1`, a version byte in base 58, and Monero.
  firsts: `0bBlL${FIRSTS}48`,
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    if (at > low && (isAlphanumeric(bytes[at - 1]) || bytes[at - 1] === 0x5f)) {
      return Verdict.NO;
    }
    const limit = Math.min(high, at + LONGEST + 1);
    let end = at;
    while (end < limit && isAlphanumeric(bytes[end])) {
      end++;
    }
    if (end < high && bytes[end] === 0x5f || !isAddress(bytes, at, end)) {
      return Verdict.NO;
    }
    found.start = at;
    found.end = end;
    return Verdict.YES;
  },
};

function isAddress(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  const first = bytes[start];
  if (length === ETHEREUM_LENGTH && first === 0x30 && lower(bytes[start + 1]) === 0x78) {
    return isEthereum(bytes, start + 2);
  }
  if (length >= SHORTEST_SEGWIT && length <= LONGEST_SEGWIT) {
    const separator = lower(first) === 0x62 && lower(bytes[start + 1]) === 0x63 ? start + 2
      : lower(first) === 0x6c && lower(bytes[start + 1]) === 0x74 && lower(bytes[start + 2]) === 0x63 ? start + 3 : -1;
    if (separator > 0 && bytes[separator] === 0x31) {
      return isSegwitAddress(bytes, start, separator, end);
    }
  }
  if (length >= SHORTEST_BASE58 && length <= LONGEST_BASE58 && isFirst[first] === 1) {
    const zero = first === 0x31 || first === 0x72;
    return (zero || length === BASE58_LENGTH) && isBase58Check(bytes, start, end, VERSIONS, first === 0x72);
  }
  return (first === 0x34 || first === 0x38) && MONERO_LENGTHS.includes(length) && isMonero(bytes, start, end);
}

/**
 * 40 hexadecimal digits. Where there are capitals and small letters, they are the checksum.
 *
 * @see https://eips.ethereum.org/EIPS/eip-55
 */
function isEthereum(bytes: Uint8Array, start: number): boolean {
  let kinds = 0;
  for (let index = 0; index < 40; index++) {
    const byte = bytes[start + index];
    if ((CLASS[byte] & HEX) === 0) {
      return false;
    }
    kinds |= CLASS[byte];
    lowered[index] = lower(byte);
  }
  if ((kinds & UPPER) === 0 || (kinds & LOWER) === 0) {
    return true;
  }
  keccak256(lowered, 0, 40, digest);
  for (let index = 0; index < 40; index++) {
    const capital = (digest[index >> 1] >> ((index & 1) === 0 ? 4 : 0) & 15) > 7;
    const kind = CLASS[bytes[start + index]];
    if ((kind & (capital ? LOWER : UPPER)) !== 0) {
      return false;
    }
  }
  return true;
}

/**
 * The last four bytes are the start of a hash of the others.
 *
 * @see https://docs.getmonero.org/public-address/standard-address/
 */
function isMonero(bytes: Uint8Array, start: number, end: number): boolean {
  const length = decodeMonero(bytes, start, end, decoded);
  if (length < 0) {
    return false;
  }
  const sum = length - 4;
  keccak256(decoded, 0, sum, digest);
  return digest[0] === decoded[sum] && digest[1] === decoded[sum + 1] && digest[2] === decoded[sum + 2] && digest[3] === decoded[sum + 3];
}
