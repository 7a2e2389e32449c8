#!/bin/sh
# usage: xvfb.sh COMMAND [ARGUMENT...]
# Runs a command on a virtual screen of its own: $SCREEN (1920x1080x24 unless set) in $DISPLAY,
# whose pixels lie in the file $XVFB_PIXELS (XWD). Exits as the command does; 77: no Xvfb here.
command -v Xvfb >/dev/null || { echo "SKIP: Xvfb is not installed"; exit 77; }
work=$(mktemp -d) || exit 1
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

mkfifo "$work/number" || exit 1
Xvfb -displayfd 3 -screen 0 "${SCREEN:-1920x1080x24}" -fbdir "$work" -nolisten tcp \
    -noreset -nocursor +extension GLX \
    3>"$work/number" 2>"$work/log" &
server=$!
read -r number <"$work/number" || { echo "Xvfb did not start:"; cat "$work/log"; exit 1; }
DISPLAY=:$number XVFB_PIXELS=$work/Xvfb_screen0 "$@"
