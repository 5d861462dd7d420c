import { Report } from './report';
import { UNKNOWN_ACTIONS } from './unknown-actions';
import { DifferenceId } from '../differences';

type Condition = Record<string, Record<string, string | string[]>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Condition;
}

/** Condition keys that the server never fills, although AWS does with the requests of the tests, or may do with others. */
export const ABSENT_KEYS = [
  'aws:SecureTransport', 's3:TlsVersion',
  's3:authType', 's3:signatureAge', 's3:signatureversion',
  's3:x-amz-server-side-encryption-customer-algorithm',
  's3:object-lock-mode', 's3:object-lock-retain-until-date', 's3:object-lock-remaining-retention-days', 's3:object-lock-legal-hold',
  's3:object-lock-event-hold', 's3:object-lock-event-hold-duration-days',
  's3:DataAccessPointAccount', 's3:DataAccessPointArn',
  'aws:SourceVpc', 'aws:SourceVpce', 'aws:PrincipalOrgID', 'aws:PrincipalAccount', 'aws:SourceArn', 'aws:SourceAccount',
  'aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent',
];

/** Condition keys that the server fills as AWS does; test-live/bucket-policy.test.ts shows it. */
export const PRESENT_KEYS = ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id', 's3:prefix'];

/** Condition keys about AWS services that call: there are none. */
export const SERVICE_KEYS = ['aws:PrincipalIsAWSService', 'aws:ViaAWSService'];

const NEGATED = /^(StringNotEquals|StringNotEqualsIgnoreCase|StringNotLike|ArnNotEquals|ArnNotLike|NumericNotEquals|NotIpAddress)$/;
const NOT_PRINCIPAL_ARN = /^(ArnNotEquals|ArnNotLike|StringNotEquals|StringNotLike)(IfExists)?$/;
const ROLE = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** The statements of a policy, as the server has to get them so that it decides as AWS does; less those for which it cannot. */
export function translate(statements: Statement[], path: string, report: Report): Statement[] {
  return statements.flatMap((statement, index) => {
    const result = new Translation(statement, `${path}.${statement.Sid ?? index}`, report).translate();
    return result === undefined ? [] : [result];
  });
}

class Translation {
  private readonly conditions: Condition = {};
  private notPrincipal?: string[];

  public constructor(private readonly statement: Statement, private readonly path: string, private readonly report: Report) {}

  public translate(): Statement | undefined {
    const { Condition: conditions = {}, Principal, Action, ...rest } = this.statement;
    const actions = [Action].flat();
    const known = actions.filter(action => action.startsWith('s3:') && !UNKNOWN_ACTIONS.includes(action));
    if (known.length === 0) {
      this.report.deviate(this.path, 'unknown-actions');
      return undefined;
    }
    for (const [operator, keys] of Object.entries(conditions)) {
      for (const [key, value] of Object.entries(keys)) {
        const obstacle = this.condition(operator, key, value);
        if (obstacle !== undefined) {
          this.report.deviate(this.path, obstacle);
          return undefined;
        }
      }
    }
    const unknown = actions.filter(action => !known.includes(action));
    if (unknown.length > 0) {
      this.report.deviate(`${this.path}.Action(${unknown.join(', ')})`, 'unknown-actions');
    }
    return {
      ...rest,
      Action: known,
      ...this.notPrincipal !== undefined ? { NotPrincipal: { AWS: this.notPrincipal } } : Principal === undefined ? {} : { Principal },
      ...Object.keys(this.conditions).length > 0 ? { Condition: this.conditions } : {},
    };
  }

  /** Takes a condition over, or says why the statement has to be left out. */
  private condition(operator: string, key: string, value: string | string[]): DifferenceId | undefined {
    if (ABSENT_KEYS.includes(key)) {
      return 'absent-keys';
    }
    if (SERVICE_KEYS.includes(key)) {
      this.report.deviate(`${this.path}.${key}`, 'no-services');
      return this.isFalse(operator, value) ? undefined : 'no-services';
    }
    if (key === 'aws:PrincipalArn') {
      return this.principalArn(operator, [value].flat());
    }
    if (!PRESENT_KEYS.includes(key)) {
      throw new Error(`${this.path}: the condition key ${key} is listed neither as filled by the server nor as a difference`);
    }
    if (operator === 'Null' && this.isFalse('Bool', value)) {
      this.report.deviate(`${this.path}.${operator}`, 'null-operator');
      this.add('StringLike', key, '*');
    } else if (NEGATED.test(operator)) {
      this.report.deviate(`${this.path}.${operator}`, 'negated-operators');
      this.add(`${operator}IfExists`, key, value);
    } else {
      this.add(operator, key, value);
    }
    return undefined;
  }

  /** A Deny for all, less some roles, is a Deny with `NotPrincipal`. */
  private principalArn(operator: string, arns: string[]): DifferenceId | undefined {
    const { Effect, Principal } = this.statement;
    const all = JSON.stringify(Principal) === '{"AWS":"*"}' || Principal === '*';
    if (Effect !== 'Deny' || !all || !NOT_PRINCIPAL_ARN.test(operator) || !arns.every(arn => ROLE.test(arn)) || this.notPrincipal !== undefined) {
      return 'principal-arn';
    }
    this.notPrincipal = arns;
    this.report.deviate(`${this.path}.${operator}`, 'principal-arn');
    return undefined;
  }

  private isFalse(operator: string, value: string | string[]): boolean {
    return /^Bool(IfExists)?$/.test(operator) && [value].flat().every(one => String(one) === 'false');
  }

  private add(operator: string, key: string, value: string | string[]): void {
    const keys = this.conditions[operator] ??= {};
    if (key in keys) {
      throw new Error(`${this.path}: ${operator} would concern ${key} twice`);
    }
    keys[key] = value;
  }
}
