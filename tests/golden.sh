#!/bin/sh
# The sample library as it is seen: slides drawn now against those in tests/golden.
# usage: golden.sh check BUILD | golden.sh update [BUILD]
set -eu
cd "$(dirname "$0")/.."
mode=$1 build=${2:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sizes='960x540 540x960 1024x600'

# A case with an upright cover and one with a wide one, and the card of an empty library. Only the
# bundled fonts: the sample texts hold nothing that they lack.
draw() { # ID SIZE
    "$build/fengcai" --state "$work/state" render ${1:+"$1"} --size "$2" --out "$work/$2" >/dev/null
}
for size in $sizes; do
    draw '' $size
done
"$build/fengcai" --state "$work/state" import assets/sample >/dev/null
for size in $sizes; do
    draw 明山艺术学院/把美术馆搬进一楼大厅 $size
done
draw 临溪大学/导师进楼：每周三晚八点的围炉夜话 960x540
draw 星河工业大学/十分钟疏散：一次没有预告的消防演练 960x540 # with a video

if [ "$mode" = update ]; then
    rm -rf tests/golden
    for size in $sizes; do
        mkdir -p tests/golden/$size
        cp "$work/$size"/*.png tests/golden/$size/
    done
    exit 0
fi
bad=0
for size in $sizes; do
    [ "$(ls tests/golden/$size)" = "$(ls "$work/$size")" ] || {
        echo "$size: other slides than in tests/golden"
        bad=1
    }
    for golden in tests/golden/$size/*.png; do
        "$build/tests/compare" "$golden" "$work/$size/$(basename "$golden")" || bad=1
    done
done
exit $bad
