import { Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { PropType, REGIONAL } from '../access-point/props-check';

export const FLAG: PropType = { what: 'true or false', fits: value => typeof value === 'boolean' };
export const SIZE: PropType = { what: 'a Size, such as Size.mebibytes(4)', fits: value => hasMember(value, 'toBytes') };
export const DURATION: PropType = { what: 'a Duration, such as Duration.seconds(30)', fits: value => hasMember(value, 'toMilliseconds') };

/** Told by what they can do, also across two copies of a package. */
export function hasMember(value: unknown, name: string): boolean {
  return value !== null && typeof value === 'object' && name in value;
}

/** One of an enum. */
export function memberOf(name: string, members: Readonly<Record<string, string>>): PropType {
  return { what: `a member of ${name}`, fits: value => Object.values<unknown>(members).includes(value) };
}

/** How a function runs; its memory is checked where its bounds are. */
export const OF_FUNCTION: Record<string, PropType> = {
  timeout: DURATION,
  reservedConcurrentExecutions: { what: 'a whole number', fits: value => Token.isUnresolved(value) || Number.isInteger(value) && Number(value) >= 0 },
  logRetention: {
    what: 'a member of RetentionDays',
    fits: value => Token.isUnresolved(value) || typeof value === 'number' && Object.values<unknown>(logs.RetentionDays).includes(value),
  },
};

/** Of every Object Lambda access point. */
export const OBJECT_LAMBDA_VIEW: Record<string, PropType> = { ...REGIONAL, dashboard: FLAG };

/** Of those with a function of this library. */
export const TRANSFORMING: Record<string, PropType> = { ...OBJECT_LAMBDA_VIEW, ...OF_FUNCTION, showSizes: FLAG };
