#!/usr/bin/env bash
# Lints every CloudFormation template below the directories that are given; without one, those of all configurations that the
# tests know. Needs Python 3; the network only to install requirements.txt, once, into .venv.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

export PYTHONDONTWRITEBYTECODE=1
if ! "$root/.venv/bin/python" -c 'import cfnlint' 2>/dev/null; then
  python3 -m venv "$root/.venv"
  "$root/.venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$root/requirements.txt"
fi

if [ $# -eq 0 ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$root" && npx --no-install tsx scripts/validators/synth-configurations.ts "$work/templates") >"$work/synth.log" 2>&1 \
    || { cat "$work/synth.log" >&2; exit 1; }
  set -- "$work/templates"
fi

templates=()
while IFS= read -r -d '' template; do
  templates+=("$template")
done < <(find "$@" -name '*.template.json' -print0 | sort -z)
if [ ${#templates[@]} -eq 0 ]; then
  echo "no template (*.template.json) in $*" >&2
  exit 1
fi

"$root/.venv/bin/cfn-lint" --config-file "$root/scripts/validators/cfnlintrc.yaml" -- "${templates[@]}"
echo "cfn-lint: ${#templates[@]} templates, nothing found"
