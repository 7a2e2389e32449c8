#!/bin/sh
# A disk that fills up in the middle of an import: said, nothing changed, and no space lost.
# usage: full_disk.sh BUILD, as root (it mounts a small tmpfs); 77: not allowed to
set -eu
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
work=$(mktemp -d)
mount -t tmpfs -o size=12m tmpfs "$work" 2>/dev/null || {
    rmdir "$work"
    echo "SKIP: a tmpfs cannot be mounted"
    exit 77
}
trap 'umount "$work"; rmdir "$work"' EXIT
fengcai() { "$build/fengcai" --state "$work/state" "$@"; }
used() { df --output=used "$work" | tail -1; }

fengcai import assets/sample/平安社区/夜归灯：凌晨一点的守候（临溪大学） >/dev/null
before=$(used)
! fengcai import --json assets/sample >"$work/receipt"
grep -q '"code": "no_space"' "$work/receipt"
rm "$work/receipt"
[ "$(fengcai list | wc -l)" = 1 ]
[ -z "$(ls "$work/state/staging")" ]
after=$(used)
[ "$after" -le $((before + 64)) ] || {
    echo "space lost: $before KiB used before, $after after"
    exit 1
}
fengcai import assets/sample/平安社区/反诈小分队敲开每一扇门（望川大学） >/dev/null
[ "$(fengcai list | wc -l)" = 2 ]
