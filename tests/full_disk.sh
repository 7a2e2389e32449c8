#!/bin/sh
# A disk that is full, or fills up in the middle: said with how much is missing, nothing changed, no
# space lost, and what was shown can still be shown.
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
out=$(mktemp -d)
trap 'umount "$work"; rm -r "$work" "$out"' EXIT
fengcai() { "$build/fengcai" --state "$work/state" "$@"; }
used() { df --output=used "$work" | tail -1; }
free() { df --output=avail "$work" | tail -1; }
fill() { # KIB: leaves so much free
    rm -f "$work/ballast"
    head -c $((($(free) - $1) * 1024)) /dev/zero >"$work/ballast"
}
die() {
    echo "$1"
    cat "$out/receipt" 2>/dev/null
    exit 1
}
refused() { # CODE TEXT FOLDER: it is refused with this code and text, and all is as before
    before=$(used)
    ! fengcai import --json "$3" >"$out/receipt" 2>"$out/log" || die "taken: $3"
    grep -q "\"code\": \"$1\"" "$out/receipt" || die "not refused by $1"
    grep -qE "$2" "$out/receipt" || die "it does not say $2"
    [ "$(fengcai list | wc -l)" = 1 ] || die "the library is not as it was"
    [ -z "$(ls "$work/state/staging")" ] || die "staging is not empty"
    after=$(used)
    [ "$after" -le $((before + 64)) ] || die "space lost: $before KiB used before, $after after"
    fengcai render --size 640x360 --out "$out" >/dev/null || die "it cannot be shown any more"
}

fengcai import assets/sample/平安社区/夜归灯：凌晨一点的守候（临溪大学） >/dev/null

# more than the library's share of the disk, which is four fifths of 12 MB
refused quota '还差约 [0-9]+\.[0-9] MB \(about [0-9]+\.[0-9] MB short\)' assets/sample

# less is left than the share: the disk is full in the middle
fill 3000
refused no_space '还差约 [0-9]+\.[0-9] MB \(about [0-9]+\.[0-9] MB short\)' assets/sample

# what cannot fit is refused before anything is copied, with the exact figure
mkdir -p "$out/党建引领/大图（临溪大学）"
head -c 2500000 /dev/zero >"$out/党建引领/大图（临溪大学）/01.jpg"
fill 2000
refused no_space '还差 0\.[4-6] MB \(0\.[4-6] MB short\)' "$out/党建引领"

# nothing at all is left, not even for a folder
fill 0
refused no_space '还差' assets/sample/平安社区/反诈小分队敲开每一扇门（望川大学）

# a bundle is measured like a folder: before it is copied, and in the middle
rm "$work/ballast"
"$build/fengcai" --state "$out/author" pack assets/sample "$out/bundle" >/dev/null
largest=$(stat -c %s "$out"/bundle/media/* | sort -n | tail -1)
fill 300
short=$(((largest - 300 * 1024) / 1000000))
refused no_space "还差 ($short|$((short + 1)))\\.[0-9] MB \\(" "$out/bundle"
fill 3000
refused no_space '还差约 [1-9][0-9]*\.[0-9] MB \(about' "$out/bundle"

# with room again the next one goes in
rm "$work/ballast"
fengcai import assets/sample/平安社区/反诈小分队敲开每一扇门（望川大学） >/dev/null
[ "$(fengcai list | wc -l)" = 2 ]

# Retention: one case, changed again and again, is many times the share; what no generation worth
# keeping shows makes room, and the one before can still be gone back to.
case="$out/三全育人/换图（临溪大学）"
mkdir -p "$case"
for picture in assets/sample/*/*/[0-9]*.jpg; do
    cp "$picture" "$case/01.jpg"
    fengcai import --json "$out/三全育人" >"$out/receipt" 2>"$out/log" || {
        cat "$out/log"
        die "no room was made for $picture"
    }
done
[ "$(fengcai list | wc -l)" = 3 ]
fengcai render --size 640x360 --out "$out" >/dev/null
