#!/bin/sh
# usage: xorg.sh COMMAND [ARGUMENT...]
# Runs a command with an X server of its own in $DISPLAY whose outputs DUMMY0 … DUMMY15 can be lit,
# moved and switched off by xrandr, as Xvfb's cannot. It has no window manager, takes no console and no
# device. Exits as the command does; 77: no such server here, or not root.
[ "$(id -u)" = 0 ] || { echo "SKIP: Xorg with a configuration of ours takes root"; exit 77; }
for needed in Xorg xrandr; do
    command -v $needed >/dev/null || { echo "SKIP: $needed is not installed"; exit 77; }
done
[ -e /usr/lib/xorg/modules/drivers/dummy_drv.so ] ||
    { echo "SKIP: xserver-xorg-video-dummy is not installed"; exit 77; }
work=$(mktemp -d) || exit 1
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

cat >"$work/conf" <<'CONF'
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "false"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    DefaultDepth 24
EndSection
CONF
mkfifo "$work/number" || exit 1
Xorg -displayfd 3 -config "$work/conf" -logfile "$work/Xorg.log" -nolisten tcp -noreset -novtswitch \
    -sharevts -keeptty -nocursor 3>"$work/number" 2>"$work/log" &
server=$!
read -r number <"$work/number" || { echo "Xorg did not start:"; cat "$work/log"; exit 1; }
unset XVFB_PIXELS
DISPLAY=:$number "$@"
