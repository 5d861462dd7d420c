import { Names, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ConfigurationError, Place } from '../private/errors';

const MAXIMUM_LENGTH = 50;
/** Of aliases, of Object Lambda and Outposts access points, of directory buckets, and of Multi-Region access points. */
const RESERVED_SUFFIXES = ['-s3alias', '-ext-s3alias', '--ol-s3', '--op-s3', '--xa-s3', '--x-s3', '--table-s3', '.mrap'];
const RULES = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html';

/** Throws on a name that S3 would refuse. */
export function checkAccessPointName(place: Place, name: string | undefined, maximumLength = MAXIMUM_LENGTH): void {
  if (name === undefined || Token.isUnresolved(name)) {
    return;
  }
  const suffix = RESERVED_SUFFIXES.find(reserved => name.endsWith(reserved));
  if (suffix !== undefined) {
    throw new ConfigurationError(place, `the name '${name}' ends with '${suffix}', which S3 keeps for itself`, `choose another ending, see ${RULES}`);
  }
  if (name.startsWith('xn--')) {
    throw new ConfigurationError(place, `the name '${name}' starts with 'xn--', which S3 keeps for itself`, `choose another start, see ${RULES}`);
  }
  if (name.length < 3 || name.length > maximumLength || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    throw new ConfigurationError(place, `the name is '${name}' (${name.length} characters)`,
      `give 3 to ${maximumLength} lower case letters, digits and hyphens, with no hyphen first or last, see ${RULES}`);
  }
}

/**
 * The name of an access point that was given none. Its own policy has to name the access point, and a property of a resource
 * cannot refer to that resource, so CloudFormation cannot be left to make the name up.
 */
export function generatedName(construct: IConstruct, maxLength = MAXIMUM_LENGTH): string {
  return Names.uniqueResourceName(construct, { maxLength, separator: '-', allowedSpecialCharacters: '-' })
    .toLowerCase().replace(/-+/g, '-').replace(/^-|-$/g, '');
}
