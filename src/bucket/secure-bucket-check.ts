import { Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { BucketAccess } from './bucket-access';
import { checkCors } from './cors';
import { Encryption } from './encryption';
import { SecureBucketProps } from './secure-bucket-props';
import { ConfigurationError, pathOf, Place } from '../private/errors';
import { checkPrefix } from '../private/prefix';
import { checkRoles } from '../private/roles';

/** @throws if options of a `SecureBucket` contradict each other or S3 */
export function checkSecureBucket(place: Place, props: SecureBucketProps, encryption: Encryption): void {
  checkCors(place, props.cors ?? []);
  const alias = encryption._key && aliasOf(encryption._key);
  if (alias !== undefined) {
    throw new ConfigurationError(place, `the encryption key is the alias '${alias}'`,
      'give the key itself, with Key.fromKeyArn or Key.fromLookup: S3 compares key ARNs');
  }
  if (encryption._mode === 'customerProvided' && props.requireEncryptionHeaders) {
    throw new ConfigurationError(place, 'requireEncryptionHeaders asks for a header that writes with SSE-C cannot carry',
      'leave it out: Encryption.customerProvided() already requires the headers of SSE-C');
  }
  if (props.mfaDelete !== undefined && (props.lifecycleRules ?? []).length > 0) {
    throw lifecycleWithMfaDelete(place);
  }
  if (props.mfaDelete !== undefined && props.autoDeleteObjects) {
    throw new ConfigurationError(place, 'autoDeleteObjects deletes versions without MFA, which mfaDelete refuses', 'leave one of the two out');
  }
  if (props.organizationId !== undefined && !Token.isUnresolved(props.organizationId) && !/^o-[a-z0-9]{10,32}$/.test(props.organizationId)) {
    throw new ConfigurationError(place, `organizationId is '${props.organizationId}'`, "give the id of the organization, 'o-' and 10 to 32 lower case letters or digits");
  }
  if (props.directAccessRoles !== undefined) {
    if (props.bucketAccess !== BucketAccess.THROUGH_ACCESS_POINTS_ONLY) {
      throw new ConfigurationError(place, 'directAccessRoles is given, but the bucket is reached directly by everyone with rights',
        'say bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY, or leave directAccessRoles out');
    }
    checkRoles(pathOf(place), 'directAccessRoles', props.directAccessRoles);
  }
  checkPrefix(place, 'accessLogsPrefix', props.accessLogsPrefix ?? '');
  if (props.accessLogsPrefix !== undefined && props.accessLogs === undefined) {
    throw new ConfigurationError(place, `accessLogsPrefix is '${props.accessLogsPrefix}' but there are no access logs`, 'say where they go with accessLogs');
  }
}

function aliasOf(key: kms.IKey): string | undefined {
  return /:alias\//.test(key.keyArn) ? key.keyArn : 'aliasName' in key ? String(key.aliasName) : undefined;
}

export function lifecycleWithMfaDelete(place: Place): ConfigurationError {
  return new ConfigurationError(place, 'lifecycle rules and mfaDelete exclude each other',
    'leave one of the two out: S3 supports no lifecycle configuration on a bucket with MFA delete, since expiry would delete without MFA');
}
