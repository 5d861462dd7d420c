import { Fn, Token } from 'aws-cdk-lib';
import { ConfigurationError, Place } from '../private/errors';

/** How AWS names one of its buckets from Region to Region. */
export interface ServiceBucketName {
  /** With `{region}`, or `{regionWithoutHyphens}`. Without a template, the bucket is only in the Regions of `byRegion`. */
  readonly template?: string;

  /** The names in Regions where they do not follow the template. */
  readonly byRegion?: { readonly [region: string]: string };

  /** The bucket is called like a host, hosts in China end in amazonaws.com.cn, and no AWS page says how the bucket is called there. */
  readonly isUnlistedInChina?: boolean;
}

/** The name of the bucket in a Region, which may be a token. */
export function nameIn(place: Place | string, service: string, name: ServiceBucketName, region: string): string {
  if (Token.isUnresolved(region)) {
    if (name.byRegion !== undefined) {
      throw new ConfigurationError(place, `the names of the AWS buckets for ${service} differ by Region, and the Region is known only at deployment`,
        "give the stack an explicit Region: env: { region: 'eu-west-1' }");
    }
    return inserted(name.template!, region, Fn.join('', Fn.split('-', region)));
  }
  const own = name.byRegion?.[region] ?? name.template;
  if (own === undefined || (name.isUnlistedInChina && region.startsWith('cn-'))) {
    throw new ConfigurationError(place, `AWS lists no bucket for ${service} in the Region ${region}`,
      "leave it out, or name the bucket with AwsServiceBucket.of('BUCKET') if you know that it belongs to AWS");
  }
  return inserted(own, region, region.replaceAll('-', ''));
}

function inserted(template: string, region: string, regionWithoutHyphens: string): string {
  return template.replaceAll('{region}', region).replaceAll('{regionWithoutHyphens}', regionWithoutHyphens);
}

/** https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html#s3-gateway-endpoint-permissions */
const CODE_ARTIFACT_ACCOUNTS = {
  'us-east-1': '193858265520',
  'us-east-2': '250872398865',
  'us-west-2': '787052242323',
  'eu-west-1': '438097961670',
  'eu-west-2': '247805302724',
  'eu-west-3': '762466490029',
  'eu-north-1': '611884512288',
  'eu-south-1': '484130244270',
  'eu-central-1': '769407342218',
  'ap-northeast-1': '660291247815',
  'ap-southeast-1': '421485864821',
  'ap-southeast-2': '860415559748',
  'ap-south-1': '681137435769',
};

/** Of both aws-patch-manager and aws-patchmanager-macos. https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html */
const PATCH_MANAGER_SUFFIXES = {
  'us-east-2': '552881074',
  'us-east-1': '1970c647d',
  'us-west-1': '8badb4304',
  'us-west-2': '34d7f99f8',
  'af-south-1': 'bdd5f65a9',
  'ap-east-1': '632356271',
  'ap-south-2': '32f4b4128',
  'ap-southeast-3': 'aa48fc462',
  'ap-southeast-4': '01e2c40d3',
  'ap-south-1': 'cb7c62ff9',
  'ap-northeast-3': '67373598a',
  'ap-northeast-2': '10467995c',
  'ap-southeast-1': '7fdfd9ef7',
  'ap-southeast-2': '17283a275',
  'ap-northeast-1': '4849fa78f',
  'ca-central-1': '3148e69e3',
  'ca-west-1': '9e3a4b2f9',
  'eu-central-1': '9163fdaaf',
  'eu-west-1': '5522fb710',
  'eu-west-2': '902a2bc74',
  'eu-south-1': 'c52f3f594',
  'eu-west-3': '29bf85721',
  'eu-south-2': 'a4cf248b1',
  'eu-north-1': '795879e9b',
  'eu-central-2': '184ce43c8',
  'il-central-1': 'e221cb57b',
  'me-south-1': 'a53fc9dce',
  'me-central-1': '2932f2f80',
  'sa-east-1': 'ddf4b6a09',
};

/** The other Regions of Patch Manager have no suffix. The same page. */
const SNAPSHOT_SUFFIXES: { readonly [region: string]: string } = {
  'af-south-1': 'tbxdb5b9',
  'ap-south-2': '50209442',
  'ap-southeast-3': 'be0a3174',
  'ap-southeast-4': 'dc6f76ce',
  'eu-south-2': 'df2c9d70',
  'me-south-1': 'uduvl7q8',
};

export const CODE_ARTIFACT_ASSETS: ServiceBucketName = perRegion(CODE_ARTIFACT_ACCOUNTS, (region, account) => `assets-${account}-${region}`);

export const PATCHING: ServiceBucketName[] = [
  perRegion(PATCH_MANAGER_SUFFIXES, (region, suffix) => `aws-patch-manager-${region}-${suffix}`),
  perRegion(PATCH_MANAGER_SUFFIXES, (region, suffix) => `aws-patchmanager-macos-${region}-${suffix}`),
  perRegion(PATCH_MANAGER_SUFFIXES, region => ['patch-baseline-snapshot', region, SNAPSHOT_SUFFIXES[region]].filter(part => part !== undefined).join('-')),
];

function perRegion(known: { readonly [region: string]: string }, nameOf: (region: string, detail: string) => string): ServiceBucketName {
  return { byRegion: Object.fromEntries(Object.entries(known).map(([region, detail]) => [region, nameOf(region, detail)])) };
}
