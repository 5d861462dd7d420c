import { Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { isAnyOrigin, originProblem, READ_METHODS } from '../private/cors-origin';
import { ConfigurationError, Place } from '../private/errors';

/** S3 takes no more rules. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
const MOST_RULES = 100;

/** Browsers keep the answer to a preflight for a day at most. */
const LONGEST_MAX_AGE_SECONDS = 86400;

/** Throws at the first rule that S3 or a browser would not treat as its author means it. */
export function checkCors(place: Place, rules: s3.CorsRule[]): void {
  if (rules.length > MOST_RULES) {
    throw new ConfigurationError(place, `cors has ${rules.length} rules`, `S3 takes at most ${MOST_RULES}: name several origins in one rule`);
  }
  const taken = new Set<string>();
  rules.forEach((rule, index) => {
    const refuse = (problem: string, remedy: string): never => {
      throw new ConfigurationError(place, `cors rule ${rule.id ?? index + 1} ${problem}`, remedy);
    };
    checkMethods(rule, refuse);
    checkOrigins(rule, refuse);
    checkDetails(rule, refuse);
    for (const pair of knownOrigins(rule).flatMap(origin => rule.allowedMethods.map(method => `${method} from ${origin}`))) {
      if (taken.has(pair)) {
        refuse(`allows ${pair} a second time`, 'S3 uses the first rule that matches: say each origin and method once');
      }
      taken.add(pair);
    }
  });
}

type Refuse = (problem: string, remedy: string) => never;

function checkMethods(rule: s3.CorsRule, refuse: Refuse): void {
  const known = Object.values(s3.HttpMethods) as string[];
  if (rule.allowedMethods.length === 0) {
    refuse('has no method', `name some of ${known.join(', ')}`);
  }
  for (const method of rule.allowedMethods) {
    if (!known.includes(method)) {
      refuse(`has the unknown method '${method}'`, `S3 knows ${known.join(', ')}`);
    }
  }
}

function checkOrigins(rule: s3.CorsRule, refuse: Refuse): void {
  if (!Token.isUnresolved(rule.allowedOrigins) && rule.allowedOrigins.length === 0) {
    refuse('has no origin', 'name the websites, such as https://www.example.com');
  }
  for (const origin of knownOrigins(rule)) {
    const problem = Token.isUnresolved(origin) ? undefined : originProblem(origin);
    if (problem !== undefined) {
      refuse(`has the origin '${origin}', which ${problem}`, 'write scheme, host and optional port, with one wildcard at most: https://*.example.com');
    }
    const write = rule.allowedMethods.find(method => !READ_METHODS.includes(method));
    if (isAnyOrigin(origin) && write !== undefined) {
      refuse(`allows ${write} from the origin '${origin}', which is any website`, 'name the websites that may write');
    }
  }
}

/** The origins that are known before the deployment. */
function knownOrigins({ allowedOrigins }: s3.CorsRule): string[] {
  return Token.isUnresolved(allowedOrigins) ? [] : allowedOrigins;
}

function checkDetails(rule: s3.CorsRule, refuse: Refuse): void {
  const { maxAge, allowedHeaders = [] } = rule;
  if (maxAge !== undefined && !Token.isUnresolved(maxAge) && !(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= LONGEST_MAX_AGE_SECONDS)) {
    refuse(`has a maxAge of ${maxAge}`, `give whole seconds from 0 to ${LONGEST_MAX_AGE_SECONDS}, a day, the longest that browsers keep it`);
  }
  for (const header of allowedHeaders) {
    if (!Token.isUnresolved(header) && header.split('*').length > 2) {
      refuse(`has the header '${header}' with more than one wildcard`, 'S3 takes one wildcard a header');
    }
  }
}
