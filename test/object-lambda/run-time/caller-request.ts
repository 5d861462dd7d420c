import { IncomingMessage } from 'http';
import { GetObjectCommand, GetObjectCommandInput, HeadObjectCommand, ListObjectsCommand, ListObjectsV2Command, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The bucket behind the supporting access point. */
export interface SourceBucket {
  readonly bucket: string;
  readonly settings: S3ClientConfig;
}

/**
 * The caller's parameters that the presigned URL has, too, by the names that the SDK has for them: not the range, and not the number of a part.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html
 */
const PARAMETERS: Readonly<Record<string, string>> = {
  'continuation-token': 'ContinuationToken',
  'delimiter': 'Delimiter',
  'encoding-type': 'EncodingType',
  'marker': 'Marker',
  'max-keys': 'MaxKeys',
  'prefix': 'Prefix',
  'start-after': 'StartAfter',
  'versionid': 'VersionId',
};
const OVERRIDES: Readonly<Record<string, string>> = {
  'response-cache-control': 'ResponseCacheControl',
  'response-content-disposition': 'ResponseContentDisposition',
  'response-content-encoding': 'ResponseContentEncoding',
  'response-content-language': 'ResponseContentLanguage',
  'response-content-type': 'ResponseContentType',
  'response-expires': 'ResponseExpires',
};
/** Headers that are signed, so that the function has to send them. Conditions are none of them. */
const SIGNED: Readonly<Record<string, string>> = {
  'x-amz-checksum-mode': 'ChecksumMode',
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-request-payer': 'RequestPayer',
};
const TYPED: Readonly<Record<string, (value: string) => unknown>> = { MaxKeys: Number, ResponseExpires: value => new Date(value) };
const COMMANDS = { GetObject: GetObjectCommand, HeadObject: HeadObjectCommand, ListObjects: ListObjectsCommand, ListObjectsV2: ListObjectsV2Command };
/** Headers and parameters that functions do not get to see. */
const OF_THE_SIGNATURE = /^(?:authorization|x-amz-(?:algorithm|credential|date|expires|security-token|signature|signedheaders))$/i;

/** A request to an Object Lambda access point, by the host of its ARN, or by its alias in the path. */
export class CallerRequest {
  readonly operation: keyof typeof COMMANDS;
  private readonly key: string;
  private readonly query: URLSearchParams;

  constructor(private readonly request: IncomingMessage, alias: string) {
    const [path, search] = request.url!.split('?');
    this.key = decodeURIComponent(path.startsWith(`/${alias}`) ? path.slice(alias.length + 2) : path.slice(1));
    this.query = new URLSearchParams(search);
    this.operation = this.key !== '' ? request.method === 'HEAD' ? 'HeadObject' : 'GetObject'
      : this.query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
  }

  /** The access key that the request is signed with. */
  get accessKeyId(): string | undefined {
    return /(?:Credential=|^)(\w+)\//.exec(this.request.headers.authorization ?? this.query.get('X-Amz-Credential') ?? '')?.[1];
  }

  /**
   * As functions get it: decoded, in the case in which it came, less what belongs to the signature.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
   */
  get userRequest(): { url: string; headers: Record<string, string> } {
    const { rawHeaders, headers: { host } } = this.request;
    const pairs = rawHeaders.flatMap((name, index) => index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []);
    const search = [...this.query].filter(([name]) => !OF_THE_SIGNATURE.test(name)).map(([name, value]) => `${name}=${value}`).join('&');
    return {
      url: `https://${host}/${this.key}${search === '' ? '' : `?${search}`}`,
      headers: Object.fromEntries(pairs.filter(([name]) => !OF_THE_SIGNATURE.test(name))),
    };
  }

  /** The URL that the function gets, from the presigner of the SDK, with the rights of the caller. */
  async presigned(credentials: Credentials, { bucket, settings }: SourceBucket, hasOverrides: boolean): Promise<string> {
    const members = hasOverrides ? { ...PARAMETERS, ...OVERRIDES } : PARAMETERS;
    const input: Record<string, unknown> = { Bucket: bucket, Key: this.key === '' ? undefined : this.key };
    for (const [name, value] of this.query) {
      const member = members[name.toLowerCase()];
      if (member !== undefined) {
        input[member] = TYPED[member]?.(value) ?? value;
      }
    }
    for (const [name, member] of Object.entries(SIGNED)) {
      input[member] = this.request.headers[name];
    }
    const client = new S3Client({ ...settings, credentials, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });
    const Command = COMMANDS[this.operation] as typeof GetObjectCommand;
    const command = new Command(input as unknown as GetObjectCommandInput);
    return getSignedUrl(client, command, { expiresIn: 61, unhoistableHeaders: new Set(Object.keys(SIGNED)) });
  }
}
