import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { ENRICHING_OBJECT_LAMBDA_ENVIRONMENT } from '../../src/object-lambda/enriching-object-lambda-contract';
import { IMAGE_OPTIONS } from '../../src/object-lambda/image-object-lambda-contract';
import { RULES_FILE } from '../../src/object-lambda/redacting-object-lambda-contract';
import { XML_TO_JSON_OPTIONS_FILE } from '../../src/object-lambda/xml-to-json-object-lambda-contract';
import { COPY_SETTINGS } from '../../src/redacted-view/redacted-copy-contract';
import { ENDPOINT_SETTINGS } from '../../src/redacted-view/redacted-endpoint-contract';
import { DEFAULT_RULES } from '../../src/redaction/rule-set';
import { ASSETS, FunctionOptions } from '../../test/object-lambda/run-time/function-process';

/** What functions need to start. */
const SETTINGS: Readonly<Record<string, FunctionOptions>> = {
  'redacting-object-lambda': { files: { [RULES_FILE]: JSON.stringify(DEFAULT_RULES) } },
  'xml-to-json-object-lambda': { files: { [XML_TO_JSON_OPTIONS_FILE]: '{}' } },
  'enriching-object-lambda': {
    environment: {
      [ENRICHING_OBJECT_LAMBDA_ENVIRONMENT.join]: JSON.stringify({ key: [{ column: 'id', attribute: 'id', type: 'S' }], columns: [] }),
      [ENRICHING_OBJECT_LAMBDA_ENVIRONMENT.table]: 'table',
      [ENRICHING_OBJECT_LAMBDA_ENVIRONMENT.cacheFor]: '0',
    },
  },
  'image-object-lambda': { environment: { [IMAGE_OPTIONS]: '{}' } },
  'redacted-endpoint': { files: { [RULES_FILE]: JSON.stringify(DEFAULT_RULES) }, environment: { [ENDPOINT_SETTINGS]: JSON.stringify({ grants: [] }) } },
  'redacted-copy': { files: { [RULES_FILE]: JSON.stringify(DEFAULT_RULES) }, environment: { [COPY_SETTINGS]: '{}' } },
};

/** The bundled functions, by their names in `assets/`. */
export function functions(): readonly [asset: string, options: FunctionOptions][] {
  const sources = readdirSync(join(ASSETS, '..', 'src'), { recursive: true }) as string[];
  const names = sources.map(file => /([^/]+)\.lambda\.ts$/.exec(file)?.[1]).filter(name => name !== undefined).sort();
  return names.filter(name => existsSync(join(ASSETS, name, 'index.js'))).map(name => [name, SETTINGS[name] ?? {}]);
}
