import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { FakeGlacier } from './locked-glacier-vault-glacier';
import { LockedGlacierVault } from '../../src/archive/locked-glacier-vault';
import { VaultProperties } from '../../src/archive/locked-glacier-vault-contract';
import { LockedGlacierVaultProps } from '../../src/archive/locked-glacier-vault-props';
import { ACCOUNT, newApp, REGION } from '../checks/synth';
import { Intrinsics, Template } from '../simulator/intrinsics';

type Handler = (event: unknown, context: unknown) => Promise<void>;

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** What the synthesized template says of the custom resource and of the role of its function. */
interface Deployed {
  readonly properties: VaultProperties;
  readonly actions: string[];
}

const HANDLER = join(__dirname, '..', '..', 'assets', 'locked-glacier-vault', 'index.js');

/**
 * Deploys a stack with one vault: synthesizes it, and sends the events that CloudFormation would send to the function that is
 * published, a rollback of what failed included. The function may call what its role allows.
 */
export class FakeCloudFormation {
  public static async start(glacier: FakeGlacier): Promise<FakeCloudFormation> {
    const server = createServer();
    const cloudFormation = new FakeCloudFormation(glacier, server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      // A presigned URL is signed for no content type: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
      const isRight = request.method === 'PUT' && !request.headers['content-type'] && chunks.length > 0 && Buffer.concat(chunks).length <= 4096;
      if (cloudFormation.refusals-- > 0 || !isRight) {
        response.writeHead(403).end();
        return;
      }
      cloudFormation.answers.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(200).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return cloudFormation;
  }

  /** Every answer, those to rollbacks included. */
  public readonly answers: Answer[] = [];
  /** Actions that a function was ever allowed. */
  public readonly granted = new Set<string>();
  public remainingMilliseconds = 300_000;
  /** Answers that are refused before one is taken. */
  public refusals = 0;
  public deployed?: Deployed;

  private failed?: Deployed;
  private physicalId?: string;
  private lastEvent?: unknown;
  private requests = 0;
  private readonly templates = new Map<string, Deployed>();

  private constructor(private readonly glacier: FakeGlacier, private readonly server: Server) {}

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  public reset(): void {
    this.answers.length = 0;
    this.deployed = undefined;
    this.physicalId = undefined;
    this.remainingMilliseconds = 300_000;
    this.refusals = 0;
  }

  /** Creates or updates the stack, and rolls back if that fails, as CloudFormation does. Gives the first answer. */
  public async deploy(props: LockedGlacierVaultProps, rollback: 'rollback' | 'no rollback' = 'rollback'): Promise<Answer> {
    const before = this.deployed;
    const after = this.synthesize(props);
    const answer = await this.send(before === undefined ? 'Create' : 'Update', after, before);
    if (answer.Status === 'SUCCESS') {
      this.deployed = after;
      return answer;
    }
    this.failed = after;
    if (rollback === 'rollback') {
      await this.rollBack();
    }
    return answer;
  }

  /** Goes back from a deployment that failed. */
  public async rollBack(): Promise<Answer> {
    const [failed, before] = [this.failed!, this.deployed];
    const answer = await (before === undefined ? this.send('Delete', failed) : this.send('Update', before, failed));
    this.physicalId = before && this.physicalId;
    return answer;
  }

  /** Another resource of the stack fails after the vault was deployed. */
  public async deployAndFailElsewhere(props: LockedGlacierVaultProps): Promise<Answer> {
    const before = this.deployed;
    await this.deploy(props);
    this.failed = this.deployed;
    this.deployed = before;
    return this.rollBack();
  }

  public async delete(): Promise<Answer> {
    const answer = await this.send('Delete', this.deployed!);
    if (answer.Status === 'SUCCESS') {
      this.deployed = undefined;
      this.physicalId = undefined;
    }
    return answer;
  }

  /** The same event once more: Lambda repeats asynchronous invocations. */
  public async repeat(): Promise<Answer> {
    return this.invoke(this.lastEvent);
  }

  private async send(RequestType: 'Create' | 'Update' | 'Delete', wanted: Deployed, before?: Deployed): Promise<Answer> {
    this.glacier.allowed = wanted.actions;
    wanted.actions.forEach(action => this.granted.add(action));
    const answer = await this.invoke({
      RequestType,
      ServiceToken: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:Handler`,
      ResponseURL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/answer?Signature=presigned`,
      StackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Stack/1`,
      RequestId: `request-${++this.requests}`,
      ResourceType: 'Custom::LockedGlacierVault',
      LogicalResourceId: 'Vault',
      ...RequestType === 'Create' ? {} : { PhysicalResourceId: this.physicalId },
      ResourceProperties: wanted.properties,
      ...RequestType === 'Update' ? { OldResourceProperties: before!.properties } : {},
    });
    this.physicalId = answer.PhysicalResourceId;
    return answer;
  }

  private async invoke(event: unknown): Promise<Answer> {
    this.lastEvent = event;
    const answers = this.answers.length;
    const deadline = Date.now() + this.remainingMilliseconds;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { handler } = require(HANDLER) as { handler: Handler };
    await handler(event, { logStreamName: '2026/01/01/[$LATEST]stream', getRemainingTimeInMillis: () => deadline - Date.now() });
    expect(this.answers).toHaveLength(answers + 1);
    return this.answers.at(-1)!;
  }

  private synthesize(props: LockedGlacierVaultProps): Deployed {
    const key = JSON.stringify(props);
    let found = this.templates.get(key);
    if (found === undefined) {
      const stack = new Stack(newApp(), 'Stack', { env: { account: ACCOUNT, region: REGION } });
      new LockedGlacierVault(stack, 'Vault', props);
      this.templates.set(key, found = read(Assertions.fromStack(stack).toJSON() as Template));
    }
    return found;
  }
}

/** The properties as CloudFormation hands them on, and what the role allows on the vault. */
function read(template: Template): Deployed {
  const only = (type: string) => Object.entries(template.Resources).find(([, { Type }]) => Type === type)!;
  const intrinsics = new Intrinsics(template, { account: ACCOUNT, region: REGION });
  const { ServiceToken: _token, ServiceTimeout: _timeout, ...properties } = only('Custom::LockedGlacierVault')[1].Properties!;
  const policy = only('AWS::IAM::Policy')[1].Properties!.PolicyDocument as { Statement: { Action: string[]; Resource: unknown }[] };
  const ofVault = policy.Statement.filter(({ Action }) => Action.some(action => action.startsWith('glacier:')));
  return { properties: intrinsics.resolve(properties) as unknown as VaultProperties, actions: ofVault.flatMap(({ Action }) => Action) };
}
