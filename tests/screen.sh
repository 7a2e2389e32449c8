#!/bin/sh
# The real program in a real window of a virtual screen.
# usage: screen.sh watch|gpu|drift|maps|idle|frame|keys|missing|damaged|takeover|blackout BUILD [SECONDS]
set -eu
cd "$(dirname "$0")/.."
test=$1 build=$(cd "$2" && pwd) seconds=${3:-120}
[ -n "${XVFB_PIXELS:-}" ] || SCREEN=1280x720x24 exec sh tests/xvfb.sh sh "$0" "$test" "$build" "$seconds"
work=$(mktemp -d)
pid=
cleanup() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap cleanup EXIT
fengcai() { "$build/fengcai" --state "$work/state" --config "$work/conf" "$@"; }
live() { fengcai status --json 2>/dev/null | grep -o "\"$1\": [^,]*" | head -1 | cut -d' ' -f2- | tr -d '"'; }
start() { # [display] OPTION...
    command=run
    [ "${1:-}" != display ] || {
        command=display
        shift
    }
    "$build/fengcai" --state "$work/state" --config "$work/conf" "$command" "$@" 2>"$work/log" &
    pid=$!
    for i in $(seq 100); do
        [ "$(live mode)" = loop ] && return
        sleep 0.1
    done
    echo "it does not show anything:"
    cat "$work/log"
    exit 1
}

next_slide() { # waits until another one stands
    was=$(live slide)
    while [ "$(live slide)" = "$was" ]; do
        sleep 0.2
    done
}
steady() { # on|off: slides of 12 s, with or without the frame over them
    printf '[site]\nbuilding = 松园3号楼\n[loop]\nframe = %s\ntransition = cut\n%s\n' "$1" \
        'minimum_seconds = 12
maximum_seconds = 12' >"$work/conf"
    start
    next_slide # the keeper's check is over
    frames=$(live frames)
}

few_seconds='3 4'
[ "$test" != watch ] || few_seconds='1 2' # as many changes in half the time
printf '[loop]\nframe = off\nminimum_seconds = %d\nmaximum_seconds = %d\n' $few_seconds >"$work/conf"
fengcai import assets/sample >/dev/null
case $test in
watch) # every frame is a slide or a blend of two neighbours, and one of each is seen
    fengcai render --size 1280x720 --out "$work/slides" >/dev/null
    start
    (cd "$work" && "$build/tests/watch" fengcai "$seconds" slides/*.png) || {
        [ ! -e "$work/watch-bad.ppm" ] || cp "$work/watch-bad.ppm" "$build/"
        exit 1
    }
    ;;
gpu) # the same pictures come out of the other presenter (through software GL)
    printf '[display]\npresenter = gpu\n' >>"$work/conf"
    fengcai render --size 1280x720 --out "$work/slides" >/dev/null
    start
    [ "$(live presenter)" = gpu ]
    (cd "$work" && "$build/tests/watch" fengcai "$seconds" slides/*.png)
    ;;
drift) # with motion = full a cover's photograph drifts, and its text stands; else nothing moves
    fengcai list | cut -f6 | grep -v 十分钟疏散 | xargs -d '\n' "$build/fengcai" --state "$work/state" remove >/dev/null
    printf '[loop]\nframe = off\nminimum_seconds = 20\nmaximum_seconds = 20\nslides = cover\n[display]\npresenter = gpu\n' >"$work/conf"
    fengcai render --size 1280x720 --out "$work/slides" >/dev/null
    start
    [ "$(live motion)" = none ] # of itself not with software GL
    if "$build/tests/drift" fengcai 3 "$work"/slides/*.png; then
        echo "it moves"
        exit 1
    fi
    kill "$pid"
    wait "$pid"
    echo 'motion = full' >>"$work/conf"
    start
    [ "$(live motion)" = drift ]
    "$build/tests/drift" fengcai 8 "$work"/slides/*.png
    ;;
blackout) # at once, without a keeper, through a kill, and lifted; no slide is seen meanwhile
    fengcai render --size 1280x720 --out "$work/slides" >/dev/null
    echo 7294 | fengcai pin set 王老师 >/dev/null
    shows() { # MODE: within two seconds
        for i in $(seq 20); do
            [ "$(live mode)" != "$1" ] || return 0
            sleep 0.1
        done
        echo "not $1: $(live mode)"
        exit 1
    }
    unseen() { # no frame of the window is a slide
        (cd "$work" && "$build/tests/watch" fengcai 3 slides/*.png) >"$work/seen" || true
        cat "$work/seen"
        grep -q 'frames [1-9][0-9]* standing 0 .* blends 0 ' "$work/seen"
    }
    start display
    echo 7294 | fengcai blackout on >/dev/null
    shows blackout
    unseen
    for signal in KILL TERM; do
        kill -$signal "$pid"
        wait "$pid" || true
        "$build/fengcai" --state "$work/state" --config "$work/conf" display 2>"$work/log" &
        pid=$!
        shows blackout
        unseen
    done
    [ "$(live frames)" -le 1 ]
    echo 7294 | fengcai blackout off >/dev/null
    shows loop
    (cd "$work" && "$build/tests/watch" fengcai 8 slides/*.png)
    ;;
missing) # a broken or missing picture costs its slide and nothing else
    ls "$work"/state/media/*/*.jpg | awk 'NR % 5 == 1' | xargs rm
    for picture in $(ls "$work"/state/media/*/*.jpg | awk 'NR % 5 == 1'); do
        truncate -s -2000 "$picture"
    done
    # what render can still draw is what the screen shows, and all that it shows
    fengcai render --size 1280x720 --out "$work/slides" >/dev/null 2>&1 || true
    [ "$(ls "$work/slides" | wc -l)" -ge 8 ]
    start
    (cd "$work" && "$build/tests/watch" fengcai "$seconds" slides/*.png)
    [ "$(live skipped)" -gt 0 ]
    grep -q '图片文件已损坏' "$work/log"
    ;;
damaged) # a library that is no database any more: its copy is shown
    timeout 8 "$build/fengcai" --state "$work/state" keep || true
    [ -s "$work/state/library.backup.db" ]
    # lost: its copy is shown, and goes on being shown
    mv "$work/state/library.db" "$work/whole.db"
    start display
    [ "$(live slide)" = cover ]
    next_slide
    next_slide
    [ "$(grep -c '不见了，改用备份' "$work/log")" = 1 ]
    kill "$pid"
    wait "$pid" || true
    mv "$work/whole.db" "$work/state/library.db"
    head -c 65536 /dev/urandom | dd of="$work/state/library.db" conv=notrunc 2>/dev/null
    cp "$work/state/library.db" "$work/damaged.db"
    head -c 65536 /dev/urandom >"$work/state/station.db"
    start display
    [ "$(live slide)" = cover ]
    grep -q '改用备份' "$work/log"
    next_slide
    # a keeper restores it below the running display, which goes on
    "$build/fengcai" --state "$work/state" --config "$work/conf" keep 2>"$work/keep.log" &
    keeper=$!
    for i in $(seq 100); do
        [ "$(fengcai list 2>/dev/null | wc -l)" = 12 ] && break
        sleep 0.1
    done
    fengcai remove "$(fengcai list | tail -1 | cut -f6)" >/dev/null
    kill "$keeper"
    grep -q '用备份恢复了' "$work/keep.log"
    cmp "$work/damaged.db" "$work/state/library.damaged.db"
    on_screen() { grep -o '"generation":[0-9]*' "$work/state/run/display.json"; }
    for i in $(seq 100); do
        [ "$(on_screen)" != '"generation":2' ] || break
        sleep 0.1
    done
    [ "$(on_screen)" = '"generation":2' ]
    kill "$pid"
    wait "$pid" || true
    pid=
    # its own database is begun anew
    [ -s "$work/state/station.damaged.db" ]
    python3 -c 'import sqlite3, sys
station = sqlite3.connect(sys.argv[1])
sys.exit(not station.execute("SELECT sum(milliseconds) FROM shown").fetchone()[0] or
         not station.execute("SELECT sum(errors) FROM hours").fetchone()[0])' "$work/state/station.db"
    ;;
takeover) # a new library is shown without a restart, and a dead keeper comes back; so is what is
    # allowed again, with no new generation
    fengcai list | cut -f6 >"$work/ids"
    each() { xargs -d '\n' "$build/fengcai" --state "$work/state" "$1" <"$work/ids" >/dev/null; }
    until_slide() { # NAME
        for i in $(seq 300); do
            [ "$(live slide)" != "$1" ] || break
            sleep 0.1
        done
        [ "$(live slide)" = "$1" ]
    }
    each remove
    start
    [ "$(live slide)" = empty ]
    kill -9 "$(pgrep -P "$pid")"
    each allow
    fengcai import assets/sample/平安社区 >/dev/null
    until_slide cover
    sleep 2
    pgrep -P "$pid" >/dev/null
    fengcai status | grep -q 'keeper): idle'
    fengcai list | cut -f6 >"$work/ids"
    each remove
    until_slide empty
    fengcai rollback >/dev/null
    sleep 1
    [ "$(live slide)" = empty ]
    each allow
    until_slide cover
    ;;
maps) # a display that shows no video has neither libmpv nor libvips
    start
    grep -q libSDL2 "/proc/$pid/maps"
    for process in $pid $(pgrep -P "$pid"); do
        if grep -E 'libvips|libmpv' "/proc/$process/maps"; then
            tr '\0' ' ' <"/proc/$process/cmdline"
            exit 1
        fi
    done
    ;;
idle) # while a slide stands nothing is presented and nobody wakes
    steady off
    sleep 3 # the slide after it has been made, on a busy machine too
    wakings() { # what others take the processor away for is none
        for process in $pid $(pgrep -P "$pid"); do
            cat /proc/$process/task/*/status
        done | awk '/^voluntary_ctxt_switches/ {sum += $2} END {print sum}'
    }
    before=$(wakings)
    sleep 8
    after=$(wakings)
    [ $((after - before)) -le 8 ] || {
        echo "woken $((after - before)) times in 8 s"
        exit 1
    }
    next_slide
    [ "$(live frames)" = $((frames + 1)) ] || {
        echo "frames for one slide: $(($(live frames) - frames))"
        exit 1
    }
    ;;
frame) # over a slide that stands: the line's steps, a minute's clock and one breath, no more
    steady on
    next_slide
    presented=$(($(live frames) - frames))
    echo "frames for one slide: $presented"
    # the slide; the line after 2, 4, 6, 8 and 10 s; the clock; 1.6 s at 25 frames, and its end
    [ "$presented" -ge 6 ] && [ "$presented" -le $((6 + 1 + 41)) ]
    ;;
keys) # Escape leaves a window, and never the whole screen
    start
    xdotool key Escape key alt+F4
    sleep 1
    kill -0 "$pid"
    kill "$pid"
    wait "$pid" # done, not died
    # what was shown is written down when it stops, and how long it was on the screen
    python3 -c 'import sqlite3, sys
shown = "SELECT (SELECT sum(milliseconds) FROM shown), sum(uptime_ms), sum(errors) FROM hours"
milliseconds, uptime, errors = sqlite3.connect(sys.argv[1]).execute(shown).fetchone()
sys.exit(not 0 < milliseconds <= uptime or errors > 0)' "$work/state/station.db"
    start --windowed 640x360
    timeout 10 xdotool search --sync --class fengcai windowfocus --sync key Escape ||
        echo "the window went while the key was being sent"
    for i in $(seq 50); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    if kill -0 "$pid" 2>/dev/null; then
        echo "Escape does not close the window"
        exit 1
    fi
    pid=
    ;;
esac
