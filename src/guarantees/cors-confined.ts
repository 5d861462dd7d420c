import { Guarantee } from './guarantee';
import { isAnyOrigin, READ_METHODS } from '../private/cors-origin';
import { listOf } from '../private/statement';

export const corsConfined: Guarantee = {
  id: 'cors-confined',
  title: 'No web page of an unnamed origin may write through a browser',
  reason: 'With origin * and a write method, any page that a signed-in person visits can use the URLs that were signed for them.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: no rule of `CorsConfiguration` has origin `*` with a method other than GET and HEAD',
  remedy: 'name the origins that may write in cors',
  appliesTo: () => true,
  properties: () => [{
    resource: 'subject',
    path: 'Properties.CorsConfiguration.CorsRules',
    expected: 'rules that name the origins of their write methods',
    holds: rules => listOf(rules).every(isConfined),
  }],
};

function isConfined(rule: unknown): boolean {
  const { AllowedOrigins, AllowedMethods } = rule as { [name: string]: unknown };
  if (AllowedMethods === undefined) {
    return false; // rules that depend on a condition cannot be judged
  }
  return !listOf(AllowedOrigins).some(isAnyOrigin) || listOf(AllowedMethods).every(method => READ_METHODS.includes(String(method)));
}
