import { AccessPointFacts } from './access-point-facts';
import { Guarantee } from './guarantee';
import { LIST_ACTIONS } from '../private/data-actions';
import { EVERYONE, StatementJson } from '../private/statement';

/**
 * Keys are names, not paths, and S3 resolves nothing: `finance/../sales` is a key of its own, below `finance/`. Clients and
 * proxies that take it for a path do resolve it, some of them after decoding what S3 leaves as it is. So two dots between slashes
 * are refused, also where a slash is percent-encoded in the key itself (%2f), and so is every encoded dot (%2e): encoders leave
 * dots alone, unlike slashes and spaces, which names that were encoded do hold.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const ESCAPES = ['*/../*', '*/..', '*..%2f*', '*..%2F*', '*%2f..*', '*%2F..*', '*%2e*', '*%2E*'];

export const prefixBoundary: Guarantee<AccessPointFacts> = {
  id: 'prefix-boundary',
  title: 'Objects and listings outside the prefixes are out of reach through the access point, whoever asks',
  reason: 'A right that is too wide, in an identity policy or in a statement added later, must not reach the data of another team.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  rules: {},
  constructs: ['AccessPoint', 'VpcAccessPoint', 'MultiRegionAccessPoint'],
  enforcedBy: 'access point policy: refuses objects outside the prefixes and keys that climb out of them, and listings without one of the prefixes',
  remedy: 'leave the statements PrefixBoundary, PrefixEscape, ListBoundary, UploadsBoundary and ListEscape as they are, or change the prefixes of the access point',
  appliesTo: facts => facts.prefixes.length > 0,
  statements: ({ prefixes }, { own }): StatementJson[] => {
    const common = { Effect: 'Deny', Principal: EVERYONE } as const;
    return [
      { Sid: 'PrefixBoundary', ...common, Action: 's3:*', NotResource: [own, ...prefixes.map(prefix => `${own}/object/${prefix}*`)] },
      { Sid: 'PrefixEscape', ...common, Action: 's3:*', Resource: ESCAPES.map(escape => `${own}/object/${escape}`) },
      // Negated operators match when the key is missing: listings without a prefix.
      { Sid: 'ListBoundary', ...common, Action: LIST_ACTIONS, Resource: [own], Condition: { StringNotLike: { 's3:prefix': prefixes.map(prefix => `${prefix}*`) } } },
      // It lists keys, too, and knows no prefix; S3 refuses policies with a condition that does not fit the action.
      { Sid: 'UploadsBoundary', ...common, Action: 's3:ListBucketMultipartUploads', Resource: [own] },
      { Sid: 'ListEscape', ...common, Action: LIST_ACTIONS, Resource: [own], Condition: { StringLike: { 's3:prefix': ESCAPES } } },
    ];
  },
};
