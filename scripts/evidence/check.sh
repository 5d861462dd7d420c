#!/usr/bin/env bash
# Runs the saved queries of ComplianceArchive over lines as S3 Inventory writes them. Needs Python 3 and Node.js; the network only to
# install requirements.txt, once, into .venv.
set -euo pipefail
cd "$(dirname "$0")/../.."

export PYTHONDONTWRITEBYTECODE=1
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npx --no-install tsx scripts/evidence/synth.ts >"$work/template.json" 2>"$work/synth.log" || { cat "$work/synth.log" >&2; exit 1; }
PYTHONPATH=scripts/access-logs .venv/bin/python scripts/evidence/check_evidence.py "$work/template.json"
