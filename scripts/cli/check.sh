#!/usr/bin/env bash
# A weakened bucket must fail `cdk synth`, with the CDK CLI that people use, and pass it once it is acknowledged.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
synth() {
  npx --no-install cdk synth --quiet --app 'npx --no-install tsx scripts/cli/app.ts' --output "$work/cdk.out" >"$work/log" 2>&1
}

if synth; then
  cat "$work/log"
  echo 'cdk synth took a weakened bucket' >&2
  exit 1
fi
grep -q 'Weakened/Data\] no longer holds: Overwritten and deleted objects can be brought back' "$work/log" || { cat "$work/log"; exit 1; }
CDK_ACKNOWLEDGE=yes synth || { cat "$work/log"; exit 1; }
echo "cdk synth of CLI $(npx --no-install cdk --version) with aws-cdk-lib $(node -p 'require("aws-cdk-lib/package.json").version'): refuses a weakened bucket, takes an acknowledged one"
