import { S3Request, askS3 } from './s3-request';
import { Source, SourceResponse, ViewRequest } from '../view';

const OF_OBJECTS = ['versionId'];
const OF_LISTINGS = ['list-type', 'prefix', 'delimiter', 'max-keys', 'encoding-type', 'continuation-token', 'start-after', 'fetch-owner', 'marker'];

/** An object, or a listing, that is asked for in the name of the function. Of the caller's request, S3 sees which one, and nothing else. */
export class S3Source implements Source {
  readonly leavesOverridesOut = true;
  /** Of bodies, as they are stored. */
  bytesRead = 0;

  constructor(private readonly endpoint: string, private readonly request: ViewRequest, private readonly signal: AbortSignal) {}

  async get(headers: Readonly<Record<string, string>> = {}): Promise<SourceResponse> {
    return this.ask({ method: 'GET', key: this.request.key, query: this.query(OF_OBJECTS), headers });
  }

  async head(): Promise<SourceResponse> {
    return this.ask({ method: 'HEAD', key: this.request.key, query: this.query(OF_OBJECTS) });
  }

  async list(): Promise<SourceResponse> {
    return this.ask({ method: 'GET', key: '', query: this.query(OF_LISTINGS) });
  }

  private async ask(request: S3Request): Promise<SourceResponse> {
    const response = await askS3(this.endpoint, request, this.signal);
    response.body.on('data', (chunk: Buffer) => this.bytesRead += chunk.length).pause();
    return response;
  }

  private query(names: string[]): Record<string, string> {
    const { query } = this.request;
    return Object.fromEntries(names.filter(name => query.has(name)).map(name => [name, query.get(name)!]));
  }
}
