#!/bin/sh
# Installs what is missing, builds with gcc and clang, runs every test, with and without
# sanitizers, and the linters. Ends with "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

install_missing $BUILD_PACKAGES $TEST_PACKAGES
exec sh tests/run_all.sh
