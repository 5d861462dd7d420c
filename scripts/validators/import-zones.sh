#!/usr/bin/env bash
# Shows that the import zones are in force: an import against the arrows of ARCHITECTURE.md is a lint error, one along them is not.
set -euo pipefail
cd "$(dirname "$0")/../.."

lint() { # FILE, whose text is on standard input
  ESLINT_USE_FLAT_CONFIG=false NODE_NO_WARNINGS=1 npx --no-install eslint --stdin --stdin-filename "$PWD/$1"
}

refused() { # FILE IMPORTED RULE
  local found
  found=$(printf "import * as imported from '%s';\nexport const used = imported;\n" "$2" | lint "$1") && { echo "$1 may import $2" >&2; exit 1; }
  grep -q "$3" <<<"$found" || { echo "$1 importing $2 is refused for another reason: $found" >&2; exit 1; }
}

refused src/guarantees/tls-only.ts ../bucket/secure-bucket import/no-restricted-paths
refused src/private/errors.ts ../guarantees/catalogue import/no-restricted-paths
refused src/checks/secure-s3-plugin.ts ../bucket/secure-bucket import/no-restricted-paths
refused src/bucket/secure-bucket.ts ../logging/logging-bucket-pair import/no-restricted-paths
refused src/bucket/cors.ts ../index import/no-restricted-paths
refused src/bucket/hardened-bucket.ts ./secure-bucket import/no-cycle
printf "import * as imported from '../private/statement';\nexport const used = imported;\n" | lint src/guarantees/tls-only.ts
echo 'import zones: 6 wrong imports refused, 1 right import taken'
