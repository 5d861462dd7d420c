#!/usr/bin/env bash
# Checks the table of AccessLogAnalytics on sample lines in Java, and its saved queries over those lines. Needs Java 17, Python 3
# and Node.js; the network only to install requirements.txt, once, into .venv.
set -euo pipefail
cd "$(dirname "$0")/../.."

export PYTHONDONTWRITEBYTECODE=1
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npx --no-install tsx scripts/access-logs/synth.ts >"$work/template.json" 2>"$work/synth.log" || { cat "$work/synth.log" >&2; exit 1; }
.venv/bin/python scripts/access-logs/check_lines.py "$work/template.json" "$work/rows.json"
.venv/bin/python scripts/access-logs/check_queries.py "$work/template.json" "$work/rows.json"
