#!/bin/sh
# Make fonts/NotoSansSC-{Regular,Bold}.otf from Debian's fonts-noto-cjk.
#
#   subset.sh [OUTPUT-DIRECTORY]
#
# Needs: fonts-noto-cjk python3-fonttools unicode-data (Debian 12).
# The same packages give the same bytes.  Takes about a minute.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../fonts}
src=/usr/share/fonts/opentype/noto

dpkg-query -W fonts-noto-cjk python3-fonttools unicode-data

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM
mkdir -p "$out"

# First both, then install: a failed check leaves the old fonts in place.
for weight in Regular Bold; do
	PYTHONUTF8=1 /usr/bin/python3 "$here/subset.py" \
		"$src/NotoSansCJK-$weight.ttc" "NotoSansCJKsc-$weight" \
		"$tmp/NotoSansSC-$weight.otf"
done
for weight in Regular Bold; do
	install -m 644 "$tmp/NotoSansSC-$weight.otf" "$out/"
done
cd "$out" && sha256sum NotoSansSC-Regular.otf NotoSansSC-Bold.otf
