#!/usr/bin/env bash
# Builds the npm and the Python package, installs the Python one into an empty environment, and synthesizes an app with it,
# with the newest aws-cdk-lib and with the oldest that is supported.
set -euo pipefail
cd "$(dirname "$0")/../.."

npx projen package:js
npx projen package:python

tarball=$(ls -t dist/js/*.tgz | head -1)
printf '%s: %s files\n' "$tarball" "$(tar -tzf "$tarball" | wc -l)"
if tar -tzf "$tarball" | grep -vE '^package/(lib/.*\.(js|d\.ts)|assets/.*\.(js|txt)|docs/GUARANTEES\.md|(API|README)\.md|LICENSE|package\.json|\.jsii)$'; then
  echo 'the package holds files that are not for users' >&2
  exit 1
fi
node -e '
  const { dependencies, bundledDependencies } = require("./package.json");
  if (Object.keys(dependencies ?? {}).length + (bundledDependencies ?? []).length > 0) throw new Error("the package has runtime dependencies");'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The command line runs from the npm package, with nothing beside it.
tar -xzf "$tarball" -C "$work"
cli="$work/package/$(node -p 'require(process.argv[1]).bin["cdk-secure-s3"]' "$work/package/package.json")"
redacted=$(echo 'from ada@example.com' | "$cli" redact)
test "$redacted" = 'from [EMAIL]' || { echo "the packaged command line wrote: $redacted" >&2; exit 1; }

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dist/python/*.whl
cp scripts/packages/app.py "$work"
for cdk in newest 2.257.0; do
  if [ "$cdk" != newest ]; then
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check "aws-cdk-lib==$cdk"
  fi
  echo "aws-cdk-lib $cdk"
  (cd "$work" && venv/bin/python app.py)
done
