import { SecureBucketProps } from './secure-bucket-props';
import { ConfigurationError, Place } from '../private/errors';

/**
 * Options of `s3.BucketProps` that the construct decides itself, and what takes their place. TypeScript knows none of them; plain
 * JavaScript, and props that are built elsewhere, can hold them all the same.
 */
const DECIDED: { [name: string]: string } = {
  encryptionKey: 'say encryption: Encryption.kms({ key })',
  bucketKeyEnabled: 'leave it out: it is on with Encryption.kms()',
  blockedEncryptionTypes: 'leave it out: SSE-C is blocked unless the encryption is Encryption.customerProvided()',
  enforceSSL: 'leave it out: plain HTTP is refused always',
  minimumTLSVersion: 'say minimumTlsVersion: TlsVersion.TLS_1_3, for example',
  publicReadAccess: 'leave it out, and serve public content through CloudFront with origin access control',
  blockPublicAccess: 'leave it out: all public access is blocked always',
  accessControl: 'leave it out, and grant access by policy: ACLs have no effect',
  objectOwnership: 'leave it out: the bucket owner owns every object always',
  websiteIndexDocument: 'serve the website through CloudFront: website endpoints answer plain HTTP only',
  websiteErrorDocument: 'serve the website through CloudFront: website endpoints answer plain HTTP only',
  websiteRedirect: 'redirect with CloudFront: website endpoints answer plain HTTP only',
  websiteRoutingRules: 'redirect with CloudFront: website endpoints answer plain HTTP only',
  versioned: 'leave it out: versioning is on always',
  serverAccessLogsBucket: 'say accessLogs, with an AccessLogBucket',
  serverAccessLogsPrefix: 'say accessLogsPrefix',
  targetObjectKeyFormat: 'leave it out: access logs are partitioned by the time of the event',
  eventBridgeEnabled: 'say eventBridge: true',
};

/** How the value classes are told from other values, also across two copies of this package. */
const VALUES: { [name in keyof SecureBucketProps]?: [string, (value: Record<string, unknown>) => boolean] } = {
  encryption: ['a value of Encryption, such as Encryption.kms()', value => typeof value._mode === 'string'],
  minimumTlsVersion: ['a value of TlsVersion, such as TlsVersion.TLS_1_3', value => typeof value.value === 'number'],
  presignedUrls: ['a value of PresignedUrls, such as PresignedUrls.denied()', value => typeof value._facts === 'object'],
  mfaDelete: ['a value of MfaDelete, by MfaDelete.required(...)', value => typeof value._facts === 'object'],
  network: ['a value of NetworkPerimeter, by NetworkPerimeter.of(...)', value => typeof value._facts === 'function'],
  accessLogs: ['an AccessLogBucket', value => typeof value._receiveFrom === 'function'],
};

/** Throws on what TypeScript would have refused, instead of leaving it out without a word. */
export function checkPropTypes(place: Place, props: SecureBucketProps): void {
  refuseDecided(place, props);
  const given = props as { readonly [name: string]: unknown };
  for (const [name, [what, isOne]] of Object.entries(VALUES)) {
    const value = given[name];
    if (value !== undefined && !(value !== null && typeof value === 'object' && isOne(value as Record<string, unknown>))) {
      throw new ConfigurationError(place, `${name} is ${described(value)}`, `give ${what}`);
    }
  }
}

/** Throws on props that a construct decides itself. */
export function refuseDecided(place: Place, props: object, decided: { [name: string]: string } = {}): void {
  const given = props as { readonly [name: string]: unknown };
  for (const [name, remedy] of Object.entries({ ...DECIDED, ...decided })) {
    if (given[name] !== undefined) {
      throw new ConfigurationError(place, `${name} is given, which this construct decides itself`, remedy);
    }
  }
}

/** Constructs refer to each other in circles, which JSON cannot write. */
function described(value: unknown): string {
  const isPlain = value === null || typeof value !== 'object' || value.constructor === Object;
  return isPlain ? JSON.stringify(value) ?? typeof value : 'an object of another class';
}
