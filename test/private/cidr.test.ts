import { publicCidrProblem } from '../../src/private/cidr';

const FORM = 'is not a CIDR block such as 203.0.113.0/24 or 2001:db8::/32';
const BITS = (length: number) => `has address bits after its prefix of ${length} bits, so that it is not clear which block is meant`;
const PRIVATE = (range: string) => `overlaps ${range}, which is not public: aws:SourceIp never holds such an address`;

test.each([
  '203.0.113.0/24', '203.0.113.255/32', '8.8.8.8/32', '1.0.0.0/8', '9.255.255.255/32', '11.0.0.0/8', '100.63.255.0/24', '100.128.0.0/9', '126.0.0.0/8', '128.0.0.0/16',
  '169.253.0.0/16', '169.255.0.0/16', '172.15.0.0/16', '172.32.0.0/11', '192.167.0.0/16', '192.169.0.0/16', '223.255.255.0/24',
  '2001:db8::/32', '2001:DB8::/32', '2001:db8:0:0:0:0:0:0/32', '2001:db8::1/128', '2001:db8:1:2:3:4:5:6/128', '2a00::/12', '2600:1f00::/24', '2001:db8::203.0.113.7/128',
])('%s is a public block', cidr => {
  expect(publicCidrProblem(cidr)).toBeUndefined();
});

test.each<[string, string]>([
  // form
  ['', FORM],
  ['203.0.113.0', FORM],
  ['203.0.113/24', FORM],
  ['203.0.113.0.0/24', FORM],
  ['203.0.113.256/32', FORM],
  ['203.0.113.0/', FORM],
  ['203.0.113.0/24 ', FORM],
  [' 203.0.113.0/24', FORM],
  ['203.0.113.0/24\n', FORM],
  ['203.0.113.0/-1', FORM],
  ['203.0.113.0/2.4', FORM],
  ['203.0.113.0/24/8', FORM],
  ['203.0.113.0/1000', FORM],
  ['203.0.113.0-203.0.113.255', FORM],
  ['0203.0.113.0/24', FORM],
  ['any', FORM],
  ['*', FORM],
  ['2001:db8::', FORM],
  ['2001:db8/32', FORM],
  ['2001::db8::/32', FORM],
  ['2001:db8:::/32', FORM],
  ['2001:xyz::/32', FORM],
  ['2001:db8:1:2:3:4:5:6:7/128', FORM],
  ['fe80::1%eth0/128', FORM],
  ['[2001:db8::]/32', FORM],

  // prefix length
  ['203.0.113.0/33', 'has a prefix length that is not a number from 1 to 32'],
  ['203.0.113.0/024', 'has a prefix length that is not a number from 1 to 32'],
  ['203.0.113.0/128', 'has a prefix length that is not a number from 1 to 32'],
  ['2001:db8::/129', 'has a prefix length that is not a number from 1 to 128'],
  ['2001:db8::/032', 'has a prefix length that is not a number from 1 to 128'],
  ['0.0.0.0/0', 'lets the whole internet in'],
  ['203.0.113.0/0', 'lets the whole internet in'],
  ['::/0', 'lets the whole internet in'],

  // bits of the host
  ['203.0.113.7/24', BITS(24)],
  ['203.0.113.1/31', BITS(31)],
  ['128.0.0.1/1', BITS(1)],
  ['2001:db8::1/32', BITS(32)],
  ['2001:db8::1/127', BITS(127)],
  ['2001:db8::203.0.113.7/120', BITS(120)],

  // private, inside and around
  ['0.0.0.0/8', PRIVATE('0.0.0.0/8')],
  ['10.0.0.0/8', PRIVATE('10.0.0.0/8')],
  ['10.255.255.255/32', PRIVATE('10.0.0.0/8')],
  ['8.0.0.0/6', PRIVATE('10.0.0.0/8')],
  ['100.64.0.0/10', PRIVATE('100.64.0.0/10')],
  ['100.127.255.0/24', PRIVATE('100.64.0.0/10')],
  ['100.0.0.0/8', PRIVATE('100.64.0.0/10')],
  ['127.0.0.1/32', PRIVATE('127.0.0.0/8')],
  ['169.254.169.254/32', PRIVATE('169.254.0.0/16')],
  ['172.16.0.0/12', PRIVATE('172.16.0.0/12')],
  ['172.31.255.0/24', PRIVATE('172.16.0.0/12')],
  ['192.168.0.0/16', PRIVATE('192.168.0.0/16')],
  ['192.0.0.0/8', PRIVATE('192.168.0.0/16')],
  ['128.0.0.0/1', PRIVATE('169.254.0.0/16')],
  ['224.0.0.0/4', PRIVATE('224.0.0.0/3')],
  ['255.255.255.255/32', PRIVATE('224.0.0.0/3')],
  ['::1/128', PRIVATE('::/8')],
  ['::/128', PRIVATE('::/8')],
  ['::ffff:203.0.113.7/128', PRIVATE('::/8')],
  ['::/1', PRIVATE('::/8')],
  ['fc00::/7', PRIVATE('fc00::/7')],
  ['fd12:3456:789a::/48', PRIVATE('fc00::/7')],
  ['FD00::/8', PRIVATE('fc00::/7')],
  ['fe80::/64', PRIVATE('fe80::/10')],
  ['ff02::1/128', PRIVATE('ff00::/8')],
  ['8000::/1', PRIVATE('fc00::/7')],
])('%j %s', (cidr, problem) => {
  expect(publicCidrProblem(cidr)).toBe(problem);
});
