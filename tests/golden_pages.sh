#!/bin/sh
# What somebody who touches the screen sees of the sample library: pages drawn now against those in
# tests/golden_pages.
# usage: golden_pages.sh check BUILD | golden_pages.sh update [BUILD]
set -eu
export TZ=Asia/Shanghai
cd "$(dirname "$0")/.."
mode=$1 build=${2:-build} golden=tests/golden_pages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sizes='960x540 540x960'
finger=22 # 12 mm on 24 inches
drill=星河工业大学/十分钟疏散：一次没有预告的消防演练

# Which way the screen hangs, NAME, and what tests/tools/page is told. "About" shows which month it is
# and is not among them.
pages() {
    cat <<END
both home home
wide home-english home --english
tall home-contrast home --contrast
both home-reach home --reach
both unit unit --unit safety
wide unit-reach unit --unit safety --reach --english
both schools schools
tall school school --text 临溪大学
both case case --text 明山艺术学院/把美术馆搬进一楼大厅
wide case-english case --text 望川大学/反诈小分队敲开每一扇门 --english --before 临溪大学/夜归灯：凌晨一点的守候
both case-large case --text 松湖师范学院/一间自习室，一支读书会 --size 2 --contrast
wide case-end case --text 明山艺术学院/把美术馆搬进一楼大厅 --scroll 1000
both case-reach case --text 明山艺术学院/把美术馆搬进一楼大厅 --reach
both picture picture --text 明山艺术学院/把美术馆搬进一楼大厅
wide case-video case --text $drill --scroll 1250
tall case-video case --text $drill --scroll 2400
both picture-video picture --text $drill --picture 3
both video-playing video --text $drill --picture 3 --player playing --position 4000
both video-paused video --text $drill --picture 3 --player paused --position 4000 --reach
wide video-ended video --text $drill --picture 3 --player ended --position 11500 --english --silent
tall video-ended video --text $drill --picture 3 --player ended --position 11500 --contrast
both video-failed video --text $drill --picture 3 --player failed
wide video-watched video --text $drill --picture 3 --player watched
both search search
both search-hits search --text fz
both search-english search --text fz --english --contrast
both search-reach search --text fz --reach
wide search-none search --text qqqq
both notice notice --picture 7
END
}

# The same, of the library with notices.
pages_with_notices() {
    cat <<END
both home-notices home
both notices notices
wide notices-reach notices --reach --english
both case-notice case --text 通知/六号楼一层的直饮水机启用
wide case-urgent case --text 通知/防诈骗预警：冒充快递客服的“理赔” --reach
END
}

draw() { # SIZE FOLDER PAGES
    mkdir -p "$2"
    other=wide
    [ "$1" = 540x960 ] || other=tall
    "$3" | grep -v "^$other" | while read -r _ name place options; do
        # shellcheck disable=SC2086
        "$build/tests/page" $options --finger $finger "$work/state" "$1" "$place" "$2/$name.png"
    done
}

"$build/fengcai" --state "$work/state" import assets/sample >/dev/null
for size in $sizes; do
    draw "$size" "$work/$size" pages
done
water=$work/in/通知/六号楼一层的直饮水机启用
mkdir -p "$water" "$work/in/紧急通知"
echo '直饮水机已在六号楼一层启用，欢迎大家使用自己的杯子。' >"$water/正文.txt"
cp assets/sample/智慧服务/老楼换新颜*/01*.jpg "$water"
echo '凡是要求共享屏幕、提供验证码的，一律是诈骗。' >"$work/in/紧急通知/防诈骗预警：冒充快递客服的“理赔”.txt"
"$build/fengcai" --state "$work/state" import "$work/in" >/dev/null
for size in $sizes; do
    draw "$size" "$work/$size" pages_with_notices
done
if [ "$mode" = update ]; then
    rm -rf "$golden"
    for size in $sizes; do
        mkdir -p "$golden/$size"
        cp "$work/$size"/*.png "$golden/$size/"
    done
    exit 0
fi
bad=0
for size in $sizes; do
    [ "$(ls "$golden/$size")" = "$(ls "$work/$size")" ] || {
        echo "$size: other pages than in $golden"
        bad=1
    }
    for picture in "$golden/$size"/*.png; do
        "$build/tests/compare" "$picture" "$work/$size/$(basename "$picture")" || bad=1
    done
done
exit $bad
