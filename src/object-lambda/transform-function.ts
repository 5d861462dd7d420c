import { cpSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { CfnElement, Duration, FileSystem, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { RecordingRole } from './recording-role';
import { TransformFunctionOptions } from './transform-function-options';
import { OwnFunctionFacts } from '../guarantees/object-lambda-facts';
import { Right } from '../guarantees/right';
import { ConfigurationError, Place } from '../private/errors';

const ASSETS = join(__dirname, '..', '..', 'assets');
const OBJECT_LAMBDA = { seconds: 60, says: 'S3 Object Lambda ends a response after 60' };
const SHORTEST_SECONDS = 3;

const TRACES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

/** A function of this library that transforms objects. */
export interface TransformFunctionProps extends TransformFunctionOptions {
  /** Of the directory in `assets/` that holds `index.js`, with a `handler`. */
  readonly asset: string;
  /** What stands beside `index.js`, by name, such as `rules.json`: environment variables hold 4 KB only, all of them. */
  readonly files?: Readonly<Record<string, string>>;
  readonly description: string;
  /** How long it may run at most, as the service that asks it says. Defaults to the 60 seconds of S3 Object Lambda. */
  readonly longest?: { readonly seconds: number; readonly says: string };
  readonly environment?: Record<string, string>;
}

/**
 * A function out of `assets/`. Its role may write the log of the function and traces for X-Ray; whoever makes it adds what else it needs.
 */
export class TransformFunction extends lambda.Function {
  public readonly executionRole: RecordingRole;
  private readonly code: unknown;
  private readonly variables?: Readonly<Record<string, string>>;
  private readonly rights: Right[] = [];

  constructor(scope: Construct, id: string, props: TransformFunctionProps) {
    checkOptions({ scope, id }, props);
    const parts = new Construct(scope, `${id}Parts`);
    const role = new RecordingRole(parts, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new logs.LogGroup(parts, 'Logs', { retention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS });
    const written = role.givenBy(() => logGroup.grantWrite(role));
    const directory = staged(props);
    super(scope, id, {
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(directory),
      handler: 'index.handler',
      memorySize: props.memorySize ?? 1769,
      timeout: props.timeout ?? Duration.seconds((props.longest ?? OBJECT_LAMBDA).seconds),
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      environment: props.environment,
      tracing: lambda.Tracing.ACTIVE,
      role,
      logGroup,
    });
    this.executionRole = role;
    this.expect(written);
    this.code = (this.node.defaultChild as lambda.CfnFunction).code;
    this.variables = props.environment;
    // CDK has made its copy, unless it was told to refer to the directory itself.
    if (this.node.tryGetContext(cxapi.DISABLE_ASSET_STAGING_CONTEXT) === undefined) {
      rmSync(directory, { recursive: true });
    }
  }

  /** Says that its role may do what is granted now, and that for the check of the final template: exactly as it is, and nothing else. */
  public expectGrants(grant: () => void): void {
    this.expect(this.executionRole.givenBy(grant));
  }

  /** Says that its role may do so, whoever lets it. */
  public expectRight(right: Right): void {
    this.rights.push(right);
  }

  private expect(statements: iam.PolicyStatement[]): void {
    for (const { actions, resources, conditions } of statements) {
      this.expectRight({ actions, resources, condition: Object.keys(conditions).length === 0 ? undefined : conditions });
    }
  }

  /** How it is made, for the check of the final template. */
  public facts(): OwnFunctionFacts {
    const resource = this.node.defaultChild as lambda.CfnFunction;
    return {
      logicalId: resource.logicalId,
      roleLogicalId: (this.executionRole.node.defaultChild as CfnElement).logicalId,
      actions: TRACES,
      rights: [...this.rights],
      code: this.code,
      environment: this.variables,
    };
  }
}

/** The code with the files beside it, for CDK to copy: it takes the hash of both. */
function staged({ asset, files = {} }: TransformFunctionProps): string {
  const directory = FileSystem.mkdtemp('cdk-secure-s3-');
  cpSync(join(ASSETS, asset), directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

function checkOptions(place: Place, { memorySize, timeout, longest = OBJECT_LAMBDA }: TransformFunctionProps): void {
  if (memorySize !== undefined && !Token.isUnresolved(memorySize) && !(Number.isInteger(memorySize) && memorySize >= 128 && memorySize <= 10_240)) {
    throw new ConfigurationError(place, `memorySize is ${memorySize}`, 'give a whole number of MiB from 128 to 10240');
  }
  const seconds = timeout === undefined || timeout.isUnresolved() ? longest.seconds : timeout.toSeconds({ integral: false });
  if (!(seconds >= SHORTEST_SECONDS && seconds <= longest.seconds)) {
    throw new ConfigurationError(place, `timeout is ${timeout!.toHumanString()}`, `give ${SHORTEST_SECONDS} to ${longest.seconds} seconds: ${longest.says}`);
  }
  if (!Number.isInteger(seconds)) {
    throw new ConfigurationError(place, `timeout is ${seconds} seconds`, 'give whole seconds, as Lambda takes them');
  }
}
