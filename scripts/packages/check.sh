#!/usr/bin/env bash
# Builds the npm, the Python and the Java package, and synthesizes an app with each of the last two: from Python in an empty environment, with
# the newest aws-cdk-lib and with the oldest that is supported, from Java with the oldest.
set -euo pipefail
cd "$(dirname "$0")/../.."

npx projen package:js
npx projen package:python
npx projen package:java

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

# Maven keeps what it took from dist/java before, and each build has the same version.
rm -rf "$HOME/.m2/repository/io/github/cdksecures3"
cp -r scripts/packages/java "$work/java"
(cd "$work/java" && mvn -q --batch-mode -Dpackages="file://$OLDPWD/dist/java" compile exec:java)
