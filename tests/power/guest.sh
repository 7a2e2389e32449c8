# In the root of the guest, started by init. Lines that begin with a word in capitals are for power.py.
export PATH=/bin HOME=/tmp LANG=C.UTF-8 XDG_STATE_HOME=/state RUNTIME_DIRECTORY=/run
fengcai=/program/build/fengcai

# as the oneshot unit or `run` before the screen: opens for writing, which rolls a journal back; then sweeps
keep() {
    : >/tmp/shared; truncate -s 4096 /tmp/shared
    LD_PRELOAD=/program/libshim.so FENGCAI_SHIM=/tmp/shared FENGCAI_SHIM_HASTE=1 $fengcai keep
}

draw() { # before|after: the case $first
    case $first in
    */*) $fengcai render --size 480x270 --out "/tmp/$1" "$first" >/tmp/said 2>&1 && echo "FIRST $1 $(ls "/tmp/$1" | wc -l)" ;;
    esac
}

if [ -e /state/fengcai/library.db ]; then
    first=$($fengcai list 2>/tmp/said | head -1 | cut -f6)
    draw before
    keep || echo "REPORT keep failed"
    for db in library ledger library.backup; do
        file=/state/fengcai/$db.db
        [ ! -e $file ] || [ "$(sqlite3 $file 'pragma integrity_check')" = ok ] || echo "REPORT $db.db is corrupt"
    done
    (cd /state/fengcai/media && for file in */*; do
        [ "$file" = '*/*' ] || echo "$(basename "$file" | cut -c1-64)  $file"
    done) >/tmp/sums
    (cd /state/fengcai/media && sha256sum -c /tmp/sums 2>&1) | grep -v ': OK$' | sed 's/^/REPORT media /' | head -3
    sqlite3 /state/fengcai/library.db 'select distinct lower(hex(hash)) from rendition order by 1' >/tmp/known
    cut -c1-64 /tmp/sums | sort >/tmp/files
    grep -vxFf /tmp/files /tmp/known | sed 's/^/REPORT no file for /'
    # before anything was ever shown nothing is swept: it may be a new library.db before old media
    [ "$(sqlite3 /state/fengcai/library.db 'select current from pointer')" = 0 ] ||
        grep -vxFf /tmp/known /tmp/files | sed 's/^/REPORT not swept: /'
    [ -z "$(ls /state/fengcai/staging)" ] || echo "REPORT staging is not empty"
    if $fengcai --help | grep -q '^  doctor'; then $fengcai doctor >/tmp/doctor 2>&1 || sed 's/^/REPORT doctor /' /tmp/doctor; fi
    first=$($fengcai list | head -1 | cut -f6)
    draw after
    echo "HAVE $($fengcai list | sed -n 's/.*第\([0-9]*\)件.*/\1/p' | sort -n | uniq | tr '\n' ' ')"
else
    echo "HAVE"
fi
echo "READY $(cut -d' ' -f1 /proc/uptime)"

# from the number that power.py gives; each with a text and a picture of its own, every fifth taken out again
read -r number </dev/console
while :; do
    case=/tmp/in/党建引领/第${number}件（青禾大学）
    mkdir -p "$case"
    echo "第${number}件事，楼里的同学一起做。" >"$case/正文.txt"
    cp "/program/pictures/$((number % 200)).png" "$case/1.png"
    printf '%s' "$number" >>"$case/1.png" # behind the end: another hash
    $fengcai import /tmp/in >/tmp/said 2>&1 && echo "ACK $number" || { echo "REPORT import failed"; cat /tmp/said; }
    rm -rf /tmp/in
    if [ $((number % 5)) = 0 ]; then
        $fengcai remove "青禾大学/第${number}件" >/tmp/said 2>&1 && echo "GONE $number" || echo "REPORT remove failed"
    fi
    number=$((number + 1))
done
