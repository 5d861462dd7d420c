import { isIP } from 'net';

/** Ranges that never come from the internet, so that `aws:SourceIp` never matches them. IANA special-purpose registries. */
const PRIVATE_RANGES: [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 8, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** What is wrong with a CIDR block as a public source of requests; undefined if nothing is. */
export function publicCidrProblem(cidr: string): string | undefined {
  const match = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(cidr);
  const version = match ? isIP(match[1]) : 0;
  if (!match || version === 0) {
    return 'is not a CIDR block such as 203.0.113.0/24 or 2001:db8::/32';
  }
  const [, address, digits] = match;
  const length = Number(digits);
  const longest = version === 4 ? 32 : 128;
  if (length > longest || String(length) !== digits) {
    return `has a prefix length that is not a number from 1 to ${longest}`;
  }
  if (length === 0) {
    return 'lets the whole internet in';
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const bits = addressBits(address, version);
  if (bits.slice(length).includes('1')) {
    return `has address bits after its prefix of ${length} bits, so that it is not clear which block is meant`;
  }
  for (const [network, prefix, of] of PRIVATE_RANGES) {
    const overlaps = of === family && addressBits(network, version).slice(0, Math.min(prefix, length)) === bits.slice(0, Math.min(prefix, length));
    if (overlaps) {
      return `overlaps ${network}/${prefix}, which is not public: aws:SourceIp never holds such an address`;
    }
  }
  return undefined;
}

/** The address as binary digits, 32 or 128 of them. */
function addressBits(address: string, version: number): string {
  if (version === 4) {
    return address.split('.').map(part => Number(part).toString(2).padStart(8, '0')).join('');
  }
  // The URL parser writes every form of an IPv6 address, also with an IPv4 tail, in one way.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head, tail] = canonical.split('::').map(half => half.split(':').filter(group => group !== ''));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map(group => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
