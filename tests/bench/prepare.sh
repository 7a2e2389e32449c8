#!/bin/sh
# Makes the states that the slideshow benches show: the pictures of a folder, each a case of its own,
# whole and centred with nothing over it, before a library of N generated cases.
# usage: prepare.sh BUILD PICTURES STATE N INTERVAL_S FADE_MS
# then:  fengcai --state STATE --config STATE/conf run
set -eu
build=$1 pictures=$2 state=$3 count=$4 interval=$5 fade=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$state"
mkdir -p "$state"
cat >"$state/conf" <<CONF
[loop]
minimum_seconds = $interval
maximum_seconds = $interval
fade_ms = $fade
slides = gallery
CONF
if [ "$count" -gt 0 ]; then
    "$build/tests/make_library" "$state" "$count" "$(ls "$pictures"/*.jpg | tail -1)" >/dev/null
fi
# Of a large library the loop shows a choice: one picture of ours, so that it is the first.
for picture in $(ls "$pictures"/*.jpg | if [ "$count" -gt 0 ]; then head -1; else cat; fi); do
    name=$(basename "$picture" .jpg)
    mkdir -p "$work/党建引领/图片$name（某某大学）"
    ln -s "$(realpath "$picture")" "$work/党建引领/图片$name（某某大学）/1.jpg"
    echo "阶段：集中展示" >"$work/党建引领/图片$name（某某大学）/信息.txt"
done
"$build/fengcai" --state "$state" import "$work" | tail -2
