#!/bin/sh
# Make fonts/NotoSansSC-{Regular,Bold}.otf from Debian's fonts-noto-cjk, and
# fonts/NotoSans-{Regular,Bold}.ttf from its fonts-noto-core.
#
#   subset.sh [OUTPUT-DIRECTORY]
#
# Needs: fonts-noto-cjk fonts-noto-core python3-fonttools unicode-data (Debian
# 12).  A package need not be installed: ROOT=DIR names where it was unpacked
# (dpkg-deb -x).  The same packages give the same bytes.  Takes about a minute.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../fonts}
fonts=/usr/share/fonts

find_font() { # PATH
	if [ -e "${ROOT:-}$fonts/$1" ]; then
		echo "${ROOT:-}$fonts/$1"
	else
		echo "$fonts/$1"
	fi
}

make_font() { # SOURCE FACE OUTPUT
	PYTHONUTF8=1 /usr/bin/python3 "$here/subset.py" "$(find_font "$1")" "$2" "$tmp/$3"
}

dpkg-query -W fonts-noto-cjk python3-fonttools unicode-data
dpkg-query -W fonts-noto-core || [ -n "${ROOT:-}" ]

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM
mkdir -p "$out"

# First all, then install: a failed check leaves the old fonts in place.
for weight in Regular Bold; do
	make_font "opentype/noto/NotoSansCJK-$weight.ttc" "NotoSansCJKsc-$weight" \
		"NotoSansSC-$weight.otf"
	make_font "truetype/noto/NotoSans-$weight.ttf" "NotoSans-$weight" \
		"NotoSans-$weight.ttf"
done
install -m 644 "$tmp"/* "$out/"
cd "$out" && sha256sum NotoSansSC-*.otf NotoSans-*.ttf
