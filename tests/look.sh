#!/bin/sh
# Every slide of the sample library and of 200 made cases, at all sizes and in all themes.
# usage: look.sh BUILD [N [OPTION...]]
#   N: 1 for all; else every Nth of the made cases, one unit of the sample, two small sizes;
#   options are those of tests/look/look.c:
#   sh tests/look.sh build 1 --examples 99 --draw /tmp/faulty
set -eu
cd "$(dirname "$0")/.."
build=$1 every=${2:-1}
shift $(($# > 1 ? 2 : 1))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Where more than the screen's shape changes a slide: the usual sizes with all cases, the others
# with some.
if [ "$every" = 1 ]; then
    sample=assets/sample
    wide='1920x1080 1024x600/3 1280x800/4 3840x2160/10'
    high='1080x1920 600x1024/3 1080x1080/3'
else
    sample=assets/sample/平安社区
    wide=1024x600
    high=600x1024
fi
python3 tests/look/make_cases.py "$work/made" "$every"
"$build/fengcai" --state "$work/state" import $sample "$work/made/cases" >"$work/import" || {
    cat "$work/import"
    exit 1
}
# Two processes: a process has one FreeType.
"$build/tests/look" "$@" "$work/state" $high >"$work/high" &
bad=0
"$build/tests/look" "$@" "$work/state" $wide || bad=1
wait $! || bad=1
cat "$work/high"
exit $bad
