#!/usr/bin/env bash
# Starts an S3 server on loopback: Ceph with one monitor, one object store in memory and the object gateway.
#   start.sh <directory>    must be empty; gets all state, and live.json, which says where the server is and who may use it
# Leaves the servers running, for 15 minutes at most; stop.sh ends them, also those of a start that failed.
set -euo pipefail
dir=$(cd "$1" && pwd)
export CEPH_CONF=$dir/ceph.conf

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
# Runs a server in the background, by name, and notes its process id.
serve() {
  local name=$1
  shift
  timeout --kill-after 10 900 "$@" >"$dir/log/$name.out" 2>&1 &
  echo $! >"$dir/$name.pid"
}
exec 3>&2
fail() {
  trap - ERR
  echo "$1" >&3
  tail -n 20 "$dir"/log/* >&3
  exit 1
}
trap 'fail "the server did not start"' ERR

mkdir "$dir"/{mon,osd,rgw,run,log}
fsid=$(cat /proc/sys/kernel/random/uuid)
monitor=v2:127.0.0.1:$(free_port)
port=$(free_port)
keys=(
  arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001
  arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000002
)
secret=$(head -c 32 /dev/urandom | base64)

cat >"$CEPH_CONF" <<EOF
[global]
fsid = $fsid
mon host = [$monitor]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = $dir/keyring
run dir = $dir/run
admin socket = $dir/run/\$name.asok
log file = $dir/log/\$name.log
crash dir = $dir/run
# One store, one copy.
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 2000

[mon.a]
mon data = $dir/mon

[osd.0]
osd data = $dir/osd
osd objectstore = memstore
memstore device bytes = 1G
osd class load list = *
osd class default list = *

[client.rgw]
rgw data = $dir/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
# Buckets have hosts below this one, too, for who knows where they are.
rgw dns name = s3.example.com
# Take the Region that the SDK names for a new bucket.
rgw relaxed region enforcement = true
# A day of a lifecycle rule lasts this many seconds.
rgw lc debug interval = 2
# Several threads would wait for each other.
rgw lc max worker = 1
rgw lc max wp worker = 1
# Roles are assumed with a token that the gateway itself signs.
rgw s3 auth use sts = true
rgw sts key = $(head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \n')
# SSE-KMS over HTTP, with keys from this file instead of a key service.
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = ${keys[*]/%/=$secret}
EOF

{
  ceph-authtool --create-keyring "$dir/keyring" --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$dir/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *'
  ceph-authtool "$dir/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
  ceph-authtool "$dir/keyring" --gen-key -n client.rgw --cap mon 'allow *' --cap osd 'allow *'
  monmaptool --create --fsid "$fsid" --addv a "[$monitor]" "$dir/monmap"
  ceph-mon --mkfs -i a --monmap "$dir/monmap" --keyring "$dir/keyring"
  serve mon ceph-mon -f -i a
  timeout 30 ceph osd new "$fsid" 0
  ceph-osd --mkfs -i 0 --osd-uuid "$fsid"
  serve osd ceph-osd -f -i 0
  serve rgw radosgw -f -n client.rgw
} >"$dir/log/start.out" 2>&1

for _ in $(seq 300); do
  kill -0 "$(cat "$dir/rgw.pid")" 2>/dev/null || fail 'the object gateway ended'
  if curl --silent --fail --noproxy '*' --max-time 5 --output "$dir/log/ping.out" "http://127.0.0.1:$port/"; then
    ready=yes
    break
  fi
  sleep 0.2
done
[ "${ready-}" ] || fail 'the object gateway does not answer'

# The account of the buckets, and another one. An account is a tenant of the gateway: so the ARNs in policies fit.
user() {
  timeout 30 radosgw-admin user create --tenant "$1" --uid "$2" --display-name "$2" "${@:3}" >"$dir/$2.json" 2>>"$dir/log/start.out"
}
user 111122223333 owner --caps 'roles=*;user-policy=*'
user 444455556666 partner
# Whom no policy binds: for cleaning up.
user 111122223333 operator --admin

node -e '
  const [dir, port, ...keyArns] = process.argv.slice(1);
  const user = name => {
    const { user_id, keys: [{ access_key, secret_key }] } = require(`${dir}/${name}.json`);
    return { account: user_id.split("$")[0], accessKeyId: access_key, secretAccessKey: secret_key };
  };
  console.log(JSON.stringify({
    endpoint: `http://127.0.0.1:${port}`,
    secondsPerDay: 2,
    keyArns,
    owner: user("owner"),
    partner: user("partner"),
    operator: user("operator"),
  }, undefined, 2));
' "$dir" "$port" "${keys[@]}" >"$dir/live.json"
