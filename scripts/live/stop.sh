#!/usr/bin/env bash
# Ends the servers that start.sh started in a directory, and waits until they are gone.
#   stop.sh <directory>
set -uo pipefail

for name in rgw osd mon; do
  [ -f "$1/$name.pid" ] || continue
  pid=$(cat "$1/$name.pid")
  kill "$pid" 2>/dev/null || continue
  for _ in $(seq 75); do
    kill -0 "$pid" 2>/dev/null || continue 2
    sleep 0.2
  done
  echo "$name ($pid) does not end" >&2
done
