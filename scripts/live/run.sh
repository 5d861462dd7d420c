#!/usr/bin/env bash
# Applies the synthesized templates to a real S3 server on loopback and drives it with real clients: installs the server, and the AWS
# CLI into .venv, if need be, starts it, runs the tests of test-live/ and stops it, whatever happened. Arguments go to jest.
set -euo pipefail
cd "$(dirname "$0")/../.."

tests=
finish() {
  [ -z "$tests" ] || kill "$tests" 2>/dev/null || true
  scripts/live/stop.sh "$dir"
  rm -rf "$dir"
}

scripts/live/install.sh
export PYTHONDONTWRITEBYTECODE=1
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
dir=$(mktemp -d)
trap finish EXIT
trap 'exit 1' INT TERM
scripts/live/start.sh "$dir"

export LIVE_SERVER=$dir/live.json AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
# In the background, so that a signal stops everything at once.
timeout --kill-after 10 240 npx --no-install jest --ci --config test-live/jest.config.json "$@" &
tests=$!
wait "$tests"
