#!/bin/sh
# Installs what is missing, builds, and shows the sample library. Options go to the program:
#   sh packaging/run.sh --windowed 1280x720
set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

install_missing $BUILD_PACKAGES
# Without the tests, whose packages may not be there; a build that has them keeps them.
[ -e build/build.ninja ] || cmake -S . -B build -G Ninja -DFENGCAI_TESTS=OFF >/dev/null
cmake --build build

fengcai="build/fengcai --state build/sample"
$fengcai import assets/sample
[ "$($fengcai pin list --json)" != '[]' ] || $fengcai pin code || true

draw() {
    echo "$1"
    rm -rf build/slides
    $fengcai render --size 1920x1080 --out "$PWD/build/slides"
}

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    draw "没有可用的屏幕，改为画成图片 (no screen: drawing into pictures instead):"
else
    status=0
    $fengcai run "$@" || status=$?
    [ $status != 1 ] || draw "没能在屏幕上显示，改为画成图片 (not shown, see above; drawing into pictures instead):"
    exit $status
fi
