import { accessLogged } from './access-logged';
import { accessPointDelegation } from './access-point-delegation';
import { accessPointPolicyInForce } from './access-point-policy-in-force';
import { accessPointPublicAccessBlocked } from './access-point-public-access-blocked';
import { accessPointTlsOnly } from './access-point-tls-only';
import { accessPointsOnly } from './access-points-only';
import { aclsDisabled } from './acls-disabled';
import { archiveKeyKept } from './archive-key-kept';
import { archiveSettingsConfined } from './archive-settings-confined';
import { copyDestinationApart } from './copy-destination-apart';
import { copyFunctionConfined } from './copy-function-confined';
import { corsConfined } from './cors-confined';
import { defaultEncryption } from './default-encryption';
import { deletionConfined } from './deletion-confined';
import { encryptionAlgorithm } from './encryption-algorithm';
import { encryptionHeadersRequired } from './encryption-headers-required';
import { encryptionKey } from './encryption-key';
import { endpointCallersConfined } from './endpoint-callers-confined';
import { endpointFunctionConfined } from './endpoint-function-confined';
import { endpointNothingKept } from './endpoint-nothing-kept';
import { endpointTlsOnly } from './endpoint-tls-only';
import { evidenceRecorded } from './evidence-recorded';
import { expiryAfterRetention } from './expiry-after-retention';
import { Facts } from './facts';
import { governanceBypassConfined } from './governance-bypass-confined';
import { AnyGuarantee } from './guarantee';
import { inventoryWriterConfined } from './inventory-writer-confined';
import { keyRotates } from './key-rotates';
import { legalHoldConfined } from './legal-hold-confined';
import { logTargetFit } from './log-target-fit';
import { logWriterConfined } from './log-writer-confined';
import { logsExpire } from './logs-expire';
import { mfaDelete } from './mfa-delete';
import { minimumTlsVersion } from './minimum-tls-version';
import { networkPerimeter } from './network-perimeter';
import { noLogLoop } from './no-log-loop';
import { objectLambdaFunctionConfined } from './object-lambda-function-confined';
import { objectLambdaFunctionUnchanged } from './object-lambda-function-unchanged';
import { objectLambdaOnlyWay } from './object-lambda-only-way';
import { objectLambdaPolicyInForce } from './object-lambda-policy-in-force';
import { objectLambdaTlsOnly } from './object-lambda-tls-only';
import { objectLambdaTransformsAll } from './object-lambda-transforms-all';
import { objectLockEnabled } from './object-lock-enabled';
import { organizationOnly } from './organization-only';
import { policyInForce } from './policy-in-force';
import { prefixBoundary } from './prefix-boundary';
import { presignedUrls } from './presigned-urls';
import { publicAccessBlocked } from './public-access-blocked';
import { retained } from './retained';
import { retentionBounds } from './retention-bounds';
import { retentionConfined } from './retention-confined';
import { retentionMode } from './retention-mode';
import { sseCRefused } from './sse-c-refused';
import { sseCRequired } from './sse-c-required';
import { staleUploadsAborted } from './stale-uploads-aborted';
import { tlsOnly } from './tls-only';
import { versioned } from './versioned';
import { viewFunctionUnchanged } from './view-function-unchanged';
import { vpcEndpointConfined } from './vpc-endpoint-confined';
import { vpcOnly } from './vpc-only';

/** Every guarantee, in the order in which statements stand in a policy and rows in the table. */
export const CATALOGUE: readonly AnyGuarantee[] = [
  // transport and access
  tlsOnly,
  minimumTlsVersion,
  publicAccessBlocked,
  aclsDisabled,
  networkPerimeter,
  organizationOnly,
  presignedUrls,
  corsConfined,
  policyInForce,
  // through access points
  accessPointDelegation,
  accessPointsOnly,
  // encryption
  defaultEncryption,
  encryptionAlgorithm,
  encryptionKey,
  encryptionHeadersRequired,
  sseCRefused,
  sseCRequired,
  keyRotates,
  // keeping data
  versioned,
  mfaDelete,
  retained,
  staleUploadsAborted,
  // write-once archives
  objectLockEnabled,
  retentionMode,
  retentionBounds,
  retentionConfined,
  governanceBypassConfined,
  legalHoldConfined,
  deletionConfined,
  archiveSettingsConfined,
  archiveKeyKept,
  expiryAfterRetention,
  evidenceRecorded,
  inventoryWriterConfined,
  // access logs
  accessLogged,
  noLogLoop,
  logTargetFit,
  logWriterConfined,
  logsExpire,
  // access points
  accessPointPublicAccessBlocked,
  accessPointTlsOnly,
  prefixBoundary,
  vpcOnly,
  accessPointPolicyInForce,
  vpcEndpointConfined,
  // Object Lambda
  objectLambdaTlsOnly,
  objectLambdaTransformsAll,
  objectLambdaOnlyWay,
  objectLambdaFunctionUnchanged,
  objectLambdaFunctionConfined,
  objectLambdaPolicyInForce,
  // views without Object Lambda
  endpointCallersConfined,
  endpointTlsOnly,
  endpointNothingKept,
  endpointFunctionConfined,
  copyFunctionConfined,
  copyDestinationApart,
  viewFunctionUnchanged,
];

/** The guarantees that a subject with these facts gives. */
export function guaranteesOf(facts: Facts): AnyGuarantee[] {
  return CATALOGUE.filter(guarantee => guarantee.constructs.includes(facts.construct) && guarantee.appliesTo(facts));
}
