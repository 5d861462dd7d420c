import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { ACCOUNT, REGION } from '../checks/synth';

const HOUR = 3_600_000;

export interface FakeVault {
  accessPolicy?: string;
  lock?: { state: 'InProgress' | 'Locked'; policy: string; id: string; initiated: number };
  tags: Record<string, string>;
  archives: number;
  isWrittenSinceInventory: boolean;
}

/** What happens to a call instead of an answer: an error, or an answer that gets lost on its way, after the call took effect. */
export type Fault = { readonly status: number; readonly code: string; readonly message?: string } | 'answer lost';

export const THROTTLED: Fault = { status: 429, code: 'ThrottlingException' };
/** https://docs.aws.amazon.com/amazonglacier/latest/dev/api-error-responses.html */
export const UNAVAILABLE: Fault = { status: 500, code: 'ServiceUnavailableException' };

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

interface Call {
  readonly operation: string;
  call(): Answer;
}

class ServiceError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

const notFound = (what: string) => new ServiceError(404, 'ResourceNotFoundException', `${what} not found`);
const invalid = (what: string) => new ServiceError(400, 'InvalidParameterValueException', what);
const denied = (what: string) => new ServiceError(403, 'AccessDeniedException', what);

/**
 * The part of the Glacier API that creates, locks and deletes vaults, on loopback, with a clock of its own.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-operations.html
 */
export class FakeGlacier {
  public static async start(): Promise<FakeGlacier> {
    const server = createServer();
    const glacier = new FakeGlacier(server);
    server.on('request', (request, response) => void glacier.serve(request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return glacier;
  }

  public readonly vaults = new Map<string, FakeVault>();
  /** The operations that were called, each try. */
  public readonly calls: string[] = [];
  /** The actions that the caller may use; all if not given. */
  public allowed?: string[];
  /** Requests that are denied since permissions are not there yet. */
  public deniedRequests = 0;
  public maximumVaults = 1000;
  /** How a policy is written when it is given back, if in another way than it came. */
  public rewrite?: (policy: string) => string;

  private time = Date.parse('2026-01-01T00:00:00Z');
  private lockIds = 0;
  private readonly faults: { readonly applies: (operation: string, call: number) => boolean; readonly fault: Fault; times: number }[] = [];

  private constructor(private readonly server: Server) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  public reset(): void {
    this.vaults.clear();
    this.calls.length = 0;
    this.allowed = undefined;
    this.deniedRequests = 0;
    this.rewrite = undefined;
    this.maximumVaults = 1000;
    this.heal();
  }

  public pass(hours: number): void {
    this.time += hours * HOUR;
  }

  /** A vault that nobody deployed. */
  public addVault(name: string, vault: Partial<FakeVault> = {}): FakeVault {
    const added = { tags: {}, archives: 0, isWrittenSinceInventory: false, ...vault };
    this.vaults.set(name, added);
    return added;
  }

  /** A lock that somebody initiates outside of any stack. */
  public initiate(name: string, policy: string): void {
    this.vaults.get(name)!.lock = this.newLock(policy);
  }

  /** Spoils the next calls of an operation. */
  public fail(operation: string, fault: Fault, times: number): void {
    this.faults.push({ applies: called => called === operation, fault, times });
  }

  /** Spoils the call of this number, counted from 0, and all others of its operation from then on. */
  public breakAt(call: number, fault: Fault): void {
    let broken: string | undefined;
    const applies = (operation: string, current: number) => {
      broken ??= current === call ? operation : undefined;
      return operation === broken;
    };
    this.faults.push({ applies, fault, times: Infinity });
  }

  public heal(): void {
    this.faults.length = 0;
  }

  private newLock(policy: string): FakeVault['lock'] {
    return { state: 'InProgress', policy, id: `lock-id-${++this.lockIds}`, initiated: this.time };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    let answer: Answer;
    let fault: Fault | undefined;
    try {
      const { operation, call } = this.route(request, Buffer.concat(chunks).toString());
      fault = this.takeFault(operation);
      this.calls.push(operation);
      if (fault !== undefined && fault !== 'answer lost') {
        throw new ServiceError(fault.status, fault.code, fault.message ?? 'as the test wants it');
      }
      this.authorize(operation);
      answer = call();
    } catch (error) {
      const { status, code, message } = error instanceof ServiceError ? error : new ServiceError(400, 'TestServerException', String(error));
      answer = { status, body: { code, message, type: status < 500 ? 'Client' : 'Server' } };
    }
    if (fault === 'answer lost') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'x-amzn-RequestId': String(this.calls.length), 'Content-Type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private takeFault(operation: string): Fault | undefined {
    const found = this.faults.find(({ applies, times }) => applies(operation, this.calls.length) && times > 0);
    if (found !== undefined) {
      found.times--;
    }
    return found?.fault;
  }

  private authorize(operation: string): void {
    if (this.deniedRequests > 0) {
      this.deniedRequests--;
      throw denied(`not authorized to perform: glacier:${operation}`);
    }
    if (this.allowed !== undefined && !this.allowed.includes(`glacier:${operation}`)) {
      throw denied(`not authorized to perform: glacier:${operation}`);
    }
  }

  private route(request: IncomingMessage, body: string): Call {
    if (request.headers['x-amz-glacier-version'] !== '2012-06-01' || !request.headers.authorization?.includes(`/${REGION}/glacier/aws4_request`)) {
      throw new ServiceError(400, 'MissingParameterValueException', 'a request has a version and a signature for its Region and service');
    }
    const { pathname, search } = new URL(request.url!, this.url);
    const [, account, , name, ...rest] = pathname.split('/').map(part => decodeURIComponent(part));
    if (!['-', ACCOUNT].includes(account) || !pathname.startsWith(`/${account}/vaults/`)) {
      throw notFound(pathname);
    }
    const policy = () => this.checkedPolicy(name, JSON.parse(body).Policy);
    const routes: Record<string, () => Call> = {
      'PUT ': () => ({ operation: 'CreateVault', call: () => this.createVault(name) }),
      'DELETE ': () => ({ operation: 'DeleteVault', call: () => this.deleteVault(name) }),
      'PUT access-policy': () => ({ operation: 'SetVaultAccessPolicy', call: () => this.setAccessPolicy(name, policy()) }),
      'DELETE access-policy': () => ({ operation: 'DeleteVaultAccessPolicy', call: () => this.setAccessPolicy(name, undefined) }),
      'GET lock-policy': () => ({ operation: 'GetVaultLock', call: () => this.getLock(name) }),
      'POST lock-policy': () => ({ operation: 'InitiateVaultLock', call: () => this.initiateLock(name, policy()) }),
      'DELETE lock-policy': () => ({ operation: 'AbortVaultLock', call: () => this.abortLock(name) }),
      'POST lock-policy/id': () => ({ operation: 'CompleteVaultLock', call: () => this.completeLock(name, rest[1]) }),
      'GET tags': () => ({ operation: 'ListTagsForVault', call: () => ({ status: 200, body: { Tags: this.vault(name).tags } }) }),
      'POST tags?operation=add': () => ({ operation: 'AddTagsToVault', call: () => this.addTags(name, JSON.parse(body).Tags) }),
    };
    const route = routes[`${request.method} ${rest.length === 2 ? `${rest[0]}/id` : rest.join('/')}${search}`];
    if (route === undefined) {
      throw new Error(`the handler is not expected to call ${request.method} ${request.url}`);
    }
    return route();
  }

  private vault(name: string): FakeVault {
    const vault = this.vaults.get(name);
    if (vault === undefined) {
      throw notFound(`Vault ${name}`);
    }
    if (vault.lock?.state === 'InProgress' && this.time >= vault.lock.initiated + 24 * HOUR) {
      vault.lock = undefined;
    }
    return vault;
  }

  private createVault(name: string): Answer {
    if (!/^[a-zA-Z0-9_.-]{1,255}$/.test(name)) {
      throw invalid(`Invalid vault name: ${name}`);
    }
    if (!this.vaults.has(name) && this.vaults.size >= this.maximumVaults) {
      throw new ServiceError(400, 'LimitExceededException', 'Vault limit exceeded');
    }
    this.vaults.get(name) ?? this.addVault(name);
    return { status: 201, headers: { Location: `/${ACCOUNT}/vaults/${name}` } };
  }

  private deleteVault(name: string): Answer {
    const vault = this.vaults.get(name);
    if (vault !== undefined && (vault.archives > 0 || vault.isWrittenSinceInventory)) {
      throw invalid(`Vault not empty or recently written to: ${name}`);
    }
    this.vaults.delete(name);
    return { status: 204 };
  }

  private setAccessPolicy(name: string, policy: string | undefined): Answer {
    this.vault(name).accessPolicy = policy;
    return { status: 204 };
  }

  private getLock(name: string): Answer {
    const { lock } = this.vault(name);
    if (lock === undefined) {
      throw notFound(`Vault lock of ${name}`);
    }
    const date = (time: number) => new Date(time).toISOString();
    return {
      status: 200,
      body: {
        Policy: this.rewrite?.(lock.policy) ?? lock.policy,
        State: lock.state,
        CreationDate: date(lock.initiated),
        ExpirationDate: lock.state === 'Locked' ? null : date(lock.initiated + 24 * HOUR),
      },
    };
  }

  private initiateLock(name: string, policy: string): Answer {
    const vault = this.vault(name);
    if (vault.lock !== undefined) {
      throw denied(`A vault lock is ${vault.lock.state} on ${name}`);
    }
    vault.lock = this.newLock(policy);
    return { status: 201, headers: { 'x-amz-lock-id': vault.lock!.id } };
  }

  private abortLock(name: string): Answer {
    const vault = this.vault(name);
    if (vault.lock?.state === 'Locked') {
      throw denied(`Vault ${name} is locked`);
    }
    vault.lock = undefined;
    return { status: 204 };
  }

  private completeLock(name: string, id: string): Answer {
    const { lock } = this.vault(name);
    if (lock === undefined) {
      throw notFound(`Vault lock of ${name}`);
    }
    if (lock.id !== id) {
      throw lock.state === 'Locked' ? denied(`Vault ${name} is locked`) : invalid(`Invalid lock id: ${id}`);
    }
    lock.state = 'Locked';
    return { status: 204 };
  }

  private addTags(name: string, tags: Record<string, string>): Answer {
    const vault = this.vault(name);
    const merged = { ...vault.tags, ...tags };
    if (Object.keys(merged).length > 50) {
      throw new ServiceError(400, 'LimitExceededException', 'Tag limit exceeded');
    }
    vault.tags = merged;
    return { status: 204 };
  }

  /** Glacier takes policies of at most 20 KB whose statements are about this vault. */
  private checkedPolicy(name: string, policy: string): string {
    const { Version, Statement } = JSON.parse(policy);
    const arn = `arn:aws:glacier:${REGION}:${ACCOUNT}:vaults/${name}`;
    if (policy.length > 20 * 1024 || Version !== '2012-10-17' || !Statement.every(({ Resource }: { Resource: unknown }) => [Resource].flat().join() === arn)) {
      throw invalid(`Invalid policy: ${policy}`);
    }
    return policy;
  }
}
