#!/bin/sh
# Time and memory of packing, and what a change costs.
# usage: tests/bench/bench_pack.sh BUILD-FOLDER [CASES]
set -eu
fengcai=$(realpath "$1")/fengcai cases=${2:-10000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - "$cases" <<'END'
import os, sys
units = ["党建引领", "三全育人", "平安社区", "智慧服务"]
text = "每天晚上九点，值班的同学会在一楼大厅摆好桌椅，等着大家把当天的问题带过来。" * 12
for i in range(int(sys.argv[1])):
    path = f"cases/{units[i % 4]}/第{i:05}个案例（第{i % 300}大学）"
    os.makedirs(path)
    with open(path + "/正文.txt", "w", encoding="utf-8") as file:
        file.write(f"{i}：{text}\n{text}")
END
"$fengcai" keygen --no-password key >/dev/null

run() { # WHAT
    find out -type f 2>/dev/null | sort | xargs -r sha256sum | sort >before
    /usr/bin/time -f '%es (CPU %U+%S) %MkB' "$fengcai" pack cases out --key key.key >said 2>time
    find out -type f | sort | xargs sha256sum | sort >after
    printf '%-28s %s; %s\n' "$1" "$(tail -1 time)" "$(comm -13 before after | wc -l) files written"
}
run "$cases new cases"
run 'nothing changed'
first=$(find cases -name 正文.txt | sort | head -1)
echo 改过了。 >>"$first"
run 'one changed'
sed -i '$a 又改过了。' "$first"
run 'changed again'
rm -r "$(dirname "$first")"
run 'one removed'
du -sh out | cut -f 1
