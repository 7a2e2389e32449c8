#!/bin/sh
# usage: tests/lint.sh format|tidy|cppcheck|includes|man|tree, after the build in build/
set -eu
cd "$(dirname "$0")/.."

sources() {
    find src tests packaging -name '*.[ch]' | sort
}

# No line of FOLDERS may include PATTERN, but for the files named.
forbid() { # PATTERN FOLDERS [ALLOWED-FILE...]
    pattern=$1 folders=$2
    shift 2
    found=$(grep -rnE "^#include [<\"]$pattern" $folders --include='*.[ch]' || true)
    for allowed in "$@"; do
        ls $allowed* >/dev/null # a name that is gone excuses nothing
        found=$(printf '%s\n' "$found" | grep -vE "^$allowed" || true)
    done
    if [ -n "$found" ]; then
        echo "these may not include $pattern:"
        echo "$found"
        bad=1
    fi
}

case $1 in
format)
    sources | xargs clang-format --dry-run -Werror
    ;;
tidy)
    python3 tests/tidy.py build
    ;;
cppcheck)
    cppcheck --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --quiet \
        --std=c11 --suppress=varFuncNullUB -D_GNU_SOURCE -DFENGCAI_VERSION='"0"' -DFENGCAI_BUILT_DAY=0 -Isrc -j "$(nproc)" src packaging
    ;;
includes)
    bad=0
    # base <- library <- {ingest, display}; ingest <- keeper; display includes neither
    forbid '(library|ingest|keeper|display|command)/' src/base
    forbid '(ingest|keeper|display|command)/' src/library
    forbid '(keeper|display|command)/' src/ingest
    forbid '(ingest|keeper|command)/' src/display
    forbid '(display|command)/' src/keeper
    # each outside library in its place
    forbid 'sqlite3' 'src/base src/ingest src/helpers src/keeper src/display src/command'
    forbid 'vips' 'src/base src/library src/ingest src/keeper src/display src/command'
    forbid 'lib(av|sw)' src src/helpers/video
    forbid 'curl' src src/ingest/fetch_curl.c
    forbid 'libudev' src src/ingest/stick_udev.c
    forbid 'mpv' src src/display/video_mpv.c
    forbid '(archive|libxml)' 'src/base src/library src/ingest src/keeper src/display src/command'
    forbid 'archive' src/helpers src/helpers/unzip.c src/helpers/zip.c
    forbid 'libxml' src/helpers src/helpers/html.c src/helpers/word.c src/helpers/xml.c src/helpers/xml.h
    forbid 'SDL' 'src/base src/library src/ingest src/helpers src/keeper src/command'
    forbid '(xcb|X11)/' src src/display/screen_watch.c
    forbid 'SDL' 'src/display/screens.c src/display/screens.h'
    forbid 'SDL' 'src/display/scene.c src/display/scene.h'
    forbid 'SDL' "$(echo src/display/stick_*.[ch] src/display/time_left.[ch])"
    forbid 'SDL' "$(echo src/display/layout*.[ch] src/display/slide*.[ch] src/display/deck.[ch])"
    forbid 'SDL' "$(echo src/display/finger.[ch] src/display/gesture.[ch] src/display/replay.[ch] \
        src/display/scroller.[ch] src/display/touch.h src/display/velocity.[ch] src/display/zoom.[ch])"
    forbid 'unicode/' 'src/base src/helpers src/keeper src/command'
    forbid 'unicode/' src/library src/library/fold.c
    forbid 'unicode/' src/ingest src/ingest/text.c src/ingest/encoding.c src/ingest/coverage.c \
        src/ingest/radicals.c src/ingest/missing.c
    forbid 'unicode/' src/display src/display/layout src/display/paginate
    forbid '(ft2build|hb)' src src/display/face src/ingest/coverage.c
    exit $bad
    ;;
man)
    for page in build/man/fengcai.1 build/man/fengcai.conf.5 build/man/fengcai-theme.5 \
        build/man/fengcai-bundle.5; do
        mandoc -T lint -W error "$page"
    done
    # the files in the tree are what the program prints
    build/fengcai config --defaults | diff -u config/fengcai.conf -
    build/fengcai --config /dev/null config --theme | diff -u config/theme.ini -
    # every option of every --help is in the page, and every key in the other
    for command in '' $(build/fengcai --help | sed -n '/^命令/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        for option in $(build/fengcai $command --help | grep -oE '^  --[a-z-]+' | tr -d ' '); do
            grep -qF -- "\\fB$option\\fR" build/man/fengcai.1 || {
                echo "fengcai(1) lacks $option of $command"
                exit 1
            }
        done
    done
    for key in $(sed -n 's/^#\([a-z_]*\) =.*/\1/p' config/fengcai.conf); do
        grep -qF -- "\\fB$key\\fR" build/man/fengcai.conf.5 || {
            echo "fengcai.conf(5) lacks $key"
            exit 1
        }
    done
    for key in $(grep -oE '^[a-z_]+' config/theme.ini); do
        grep -qF -- "\\fB$key\\fR" build/man/fengcai-theme.5 || {
            echo "fengcai-theme(5) lacks $key"
            exit 1
        }
    done
    ;;
tree)
    extra=$(ls | grep -vxE 'CMakeLists\.txt|src|assets|fonts|config|tests|packaging|README\.md|build(-[a-z]+)?' || true)
    [ -z "$extra" ] || {
        echo "not of the top level: $extra"
        exit 1
    }
    ;;
*)
    echo "usage: tests/lint.sh format|tidy|cppcheck|includes|man|tree" >&2
    exit 2
    ;;
esac
