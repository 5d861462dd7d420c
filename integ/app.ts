import { App } from 'aws-cdk-lib';
import * as cxapi from 'aws-cdk-lib/cx-api';

/** An app whose snapshot holds the templates and what deploys them: no tree, no stack traces, so no paths of a machine. */
export function integApp(): App {
  return new App({
    treeMetadata: false,
    postCliContext: {
      [cxapi.DISABLE_CREATION_STACK_TRACES]: true,
      [cxapi.ENABLE_ADDITIONAL_METADATA_COLLECTION]: false,
    },
  });
}
