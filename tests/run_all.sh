#!/bin/sh
# Every check there is; a failure does not hide the next one.
# usage: tests/run_all.sh, from the top of the tree, with everything installed
#
# Two lanes side by side: the tests on virtual screens, which mostly wait for time to pass, those that
# measure one after another, the others beside each other; and what needs the processor. That one is
# nicer, so that a fade finds a core when it wants one. What is known from the last time is kept in
# $XDG_CACHE_HOME (compilers, clang-tidy), for another clone too.
set -u
cd "$(dirname "$0")/.."

check() { # NAME COMMAND...
    name=$1
    shift
    started=$(date +%s)
    if "$@" >"build/check-$name.log" 2>&1; then
        verdict=ok
    else
        verdict=FAILED
    fi
    { # at once, so that the lanes do not mix
        echo "$verdict $name ($(($(date +%s) - started)) s)"
        grep -E 'SKIP' "build/check-$name.log" | sed 's/^/  /' | sort -u | head -20
        [ $verdict = ok ] || tail -n 60 "build/check-$name.log"
    } >"build/check-$name.said"
    cat "build/check-$name.said"
    echo $verdict >"build/check-$name.verdict"
}

build() { # FOLDER CMAKE-OPTION...
    folder=$1
    shift
    command -v ccache >/dev/null && set -- -DCMAKE_C_COMPILER_LAUNCHER=ccache "$@"
    export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
    cmake -S . -B "$folder" -G Ninja -DFENGCAI_WERROR=ON -DFENGCAI_TESTS=ON "$@" &&
        cmake --build "$folder"
}

run_tests() { # FOLDER CTEST-OPTION...
    folder=$1
    shift
    # twice as many as cores: more than half of their time they wait, for a server, a disk or a stick
    ctest --test-dir "$folder" --output-on-failure --timeout 600 -j "$((2 * $(nproc)))" "$@"
}

# Of build/tests, so that this ctest keeps its notes elsewhere than the other lane's.
run_screens() { # FOLDER CTEST-OPTION...
    folder=$1
    shift
    ctest --test-dir "$folder/tests" --output-on-failure --timeout 600 -j 3 "$@"
}

screens() {
    check screens run_screens build -R '^screen'
    while [ ! -e build/check-build-sanitized.verdict ]; do
        sleep 1
    done
    # Leaks are looked for where no X library or GL driver of others is in the process.
    export ASAN_OPTIONS=detect_leaks=0
    check screens-sanitized run_screens build-sanitized -R '^screen.(keys|takeover|missing)|presenter'
}

work() {
    # Optimised a little: pictures are prepared three times as fast.
    check build-sanitized build build-sanitized -DFENGCAI_SANITIZE=ON -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_C_FLAGS_DEBUG='-O1 -g'
    # What looks at pixels by the hour is tried as it ships, as are whole file systems (with the
    # sanitizers: tests/sticks/README.md), what is hostile with the sanitizers, all else with both. page is Chromium, shown what case.export and case.import_report have written here.
    check tests run_tests build -E '^screen|^fuzz|^hostile|^nginx$|^full_disk$|^feed_schema$'
    check tests-sanitized run_tests build-sanitized -E '^screen|presenter|^page$|^typeset|^look$|^golden.pages$|^sticks$'
    check build-clang build build-clang -DCMAKE_C_COMPILER=clang
    check tidy sh tests/lint.sh tidy
    check cppcheck sh tests/lint.sh cppcheck
    check format sh tests/lint.sh format
    check includes sh tests/lint.sh includes
    check man sh tests/lint.sh man
    check tree sh tests/lint.sh tree
}

case ${1:-} in
work | screens) # a lane, started below
    "$1"
    exit
    ;;
esac
mkdir -p build
rm -f build/check-*
check build-gcc build build
sh tests/run_all.sh screens &
screens=$!
nice -n 19 sh tests/run_all.sh work || echo FAILED >build/check-work.verdict
[ -e build/check-build-sanitized.verdict ] || echo FAILED >build/check-build-sanitized.verdict
wait $screens || echo FAILED >build/check-screens.verdict

failed=$(cat build/check-*.verdict | grep -c FAILED)
echo "$(cat build/check-*.verdict | grep -c ok) passed, $failed failed"
[ "$failed" = 0 ]
