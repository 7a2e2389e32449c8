#!/bin/sh
# Every check there is, one after another; a failure does not hide the next one.
# usage: tests/run_all.sh, from the top of the tree, with everything installed
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0

check() { # NAME COMMAND...
    name=$1
    shift
    started=$(date +%s)
    if "$@" >"build/check-$name.log" 2>&1; then
        passed=$((passed + 1)) verdict=ok
    else
        failed=$((failed + 1)) verdict=FAILED
    fi
    echo "$verdict $name ($(($(date +%s) - started)) s)"
    grep -E 'SKIP' "build/check-$name.log" | sed 's/^/  /' | sort -u | head -20
    [ $verdict = ok ] || tail -n 60 "build/check-$name.log"
}

build() { # FOLDER CMAKE-OPTION...
    folder=$1
    shift
    cmake -S . -B "$folder" -G Ninja -DFENGCAI_WERROR=ON -DFENGCAI_TESTS=ON "$@" &&
        cmake --build "$folder"
}

run_tests() { # FOLDER CTEST-OPTION...
    folder=$1
    shift
    ctest --test-dir "$folder" --output-on-failure --timeout 600 -j "$(nproc)" "$@"
}

mkdir -p build
check build-gcc build build
check tests run_tests build
check build-clang build build-clang -DCMAKE_C_COMPILER=clang
# Optimised a little: pictures are prepared three times as fast.
check build-sanitized build build-sanitized -DFENGCAI_SANITIZE=ON -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_C_FLAGS_DEBUG='-O1 -g'
# Leaks are looked for where no X library or GL driver of others is in the process.
check tests-sanitized run_tests build-sanitized -E '^screen|presenter'
check screen-sanitized env ASAN_OPTIONS=detect_leaks=0 \
    ctest --test-dir build-sanitized --output-on-failure --timeout 600 \
    -R '^screen.(keys|takeover|missing)|presenter'
check format sh tests/lint.sh format
check tidy sh tests/lint.sh tidy
check cppcheck sh tests/lint.sh cppcheck
check includes sh tests/lint.sh includes
check man sh tests/lint.sh man
check tree sh tests/lint.sh tree

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
