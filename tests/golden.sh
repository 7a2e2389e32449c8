#!/bin/sh
# The sample library as it is seen: slides drawn now against those in tests/golden.
# usage: golden.sh check BUILD | golden.sh update [BUILD]
set -eu
cd "$(dirname "$0")/.."
mode=$1 build=${2:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sizes='960x540 540x960 1024x600'

# A case with an upright cover and one with a wide one, and the card of an empty library. Only the
# bundled fonts: the sample texts hold nothing that they lack.
draw() { # ID SIZE
    "$build/fengcai" --state "$work/state" render ${1:+"$1"} --size "$2" --out "$work/$2" >/dev/null
}
for size in $sizes; do
    draw '' $size
done
"$build/fengcai" --state "$work/state" import assets/sample >/dev/null
for size in $sizes; do
    draw 明山艺术学院/把美术馆搬进一楼大厅 $size
done
draw 临溪大学/导师进楼：每周三晚八点的围炉夜话 960x540
draw 星河工业大学/十分钟疏散：一次没有预告的消防演练 960x540 # with a video

# Notices, without a picture and with one.
notice=$work/in/紧急通知/防诈骗预警：冒充快递客服的“理赔” water=$work/in/通知/六号楼一层的直饮水机启用
mkdir -p "$notice" "$water"
cat >"$notice/正文.txt" <<END
近期有人冒充快递客服，以“包裹丢失，双倍理赔”为由要求加群、共享屏幕。凡是要求共享屏幕、提供验证码的，一律是诈骗。
已经转账的请立即拨打110，并联系所在楼宇辅导员。
END
echo '直饮水机已在六号楼一层启用，欢迎大家使用自己的杯子。' >"$water/正文.txt"
cp assets/sample/智慧服务/老楼换新颜*/01*.jpg "$water"
# One that is too long, and has a code.
long=$work/in/通知/寒假前用电安全检查
mkdir -p "$long"
{
    echo 现将有关事项通知如下。
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        echo "$i. 第${i}层由楼层长带队，在离校前完成检查，并在登记表上签字；"
    done
} >"$long/正文.txt"
echo 链接：https://example.com/2026/check >"$long/信息.txt"
"$build/fengcai" --state "$work/state" import "$work/in" >/dev/null
for size in $sizes; do
    draw "通知/$(basename "$notice")" $size
done
draw "通知/$(basename "$long")" 960x540
draw "通知/$(basename "$long")" 540x960
draw "通知/$(basename "$water")" 960x540
draw "通知/$(basename "$water")" 540x960

if [ "$mode" = update ]; then
    rm -rf tests/golden
    for size in $sizes; do
        mkdir -p tests/golden/$size
        cp "$work/$size"/*.png tests/golden/$size/
    done
    exit 0
fi
bad=0
for size in $sizes; do
    [ "$(ls tests/golden/$size)" = "$(ls "$work/$size")" ] || {
        echo "$size: other slides than in tests/golden"
        bad=1
    }
    for golden in tests/golden/$size/*.png; do
        "$build/tests/compare" "$golden" "$work/$size/$(basename "$golden")" || bad=1
    done
done
exit $bad
