#!/usr/bin/env bash
# Installs the S3 server of the live tests, Ceph with its object gateway, from the packages of Debian. Needs root if they are not
# there yet.
set -euo pipefail

packages=(ceph-mon ceph-osd radosgw)
if dpkg-query --show --showformat '${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | sort -u | grep -qx installed &&
  command -v ceph-mon ceph-osd radosgw radosgw-admin ceph >/dev/null; then
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
timeout 120 apt-get update -qq
timeout 300 apt-get install -qq --no-install-recommends "${packages[@]}" >/dev/null
