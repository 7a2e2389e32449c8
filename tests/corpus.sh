#!/bin/sh
# Pictures that nobody here made: every valid one is taken, every broken one refused by name, and
# nothing crashes. $FENGCAI_CORPUS is the folder; SKIP where there is none.
# usage: corpus.sh BUILD
set -eu
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd) corpus=${FENGCAI_CORPUS:-../shared/corpus}
[ -d "$corpus" ] || {
    echo "SKIP: no corpus at $corpus"
    exit 77
}
corpus=$(cd "$corpus" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fengcai() { "$build/fengcai" --state "$work/state" "$@"; }
bad=0
say() {
    echo "$*"
    bad=1
}

take() { # TITLE FILE...: a case of these files; the receipt goes to $work/TITLE.json
    title=$1 folder="$work/库-$1/平安社区/$1（某某大学）"
    shift
    mkdir -p "$folder"
    cp "$@" "$folder"
    fengcai import --json "$work/库-$title" >"$work/$title.json" || true
}
rejects() { grep -oE '"path": "[^"]*"' "$work/$1.json" | sed 's|.*/||; s|"$||' | sort; }

take valid "$corpus"/pictures/*
[ -z "$(rejects valid)" ] || say "refused, though valid: $(rejects valid)"

take orientation "$corpus"/orientation/*.jpg
[ -z "$(rejects orientation)" ] || say "refused, though valid: $(rejects orientation)"
fengcai list --json | /usr/bin/env python3 -c '
import json, sys
assets = [a for c in json.load(sys.stdin) if c["title"] == "orientation" for a in c["assets"]]
print("\n".join(a["path"] for a in assets))' >"$work/paths"
[ "$(wc -l <"$work/paths")" = 9 ] || say "$(wc -l <"$work/paths") of nine orientations"
first=$(head -1 "$work/paths")
while read -r path; do
    "$build/tests/compare" --photo "$first" "$path" || say "$path is not the same way up"
done <"$work/paths"

take pngsuite "$corpus"/pngsuite/*.png
ls "$corpus/pngsuite" | grep '^x' | sort >"$work/wanted"
rejects pngsuite | diff "$work/wanted" - >"$work/diff" || say "pngsuite, wanted < and refused >: $(cat "$work/diff")"

take broken "$corpus"/broken/*
printf '%s\n' broken.png broken_data_stream.png crash-2020-10-test.tif decompression_bomb.gif \
    hopper_bad_exif.jpg crash-465703f71a0f0094873a3e0e82c9f798161171b8.sgi \
    crash-4fb027452e6988530aa5dabee76eecacb3b79f8a.j2k crash-5762152299364352.fli \
    cross_scan_line_truncated.tga decompression_bomb.ico | sort >"$work/wanted"
# the others have pixels that are whole, and only metadata that are not
rejects broken | diff "$work/wanted" - || say "broken, wanted < and refused >"
grep -q picture_crashed "$work"/*.json && say "a decoder crashed"
exit $bad
