#!/usr/bin/env python3
"""Makes 200 invented cases that are hard on a slide, as a folder that `fengcai import` takes.

usage: make_cases.py FOLDER [N]     with N > 1 every Nth of them, with pictures of half the size

The same folder every time. The 编号 of a case tells what is in it: look/017-zh-t23-b800-p5-s0 is
number 17, in Chinese, with a title of 23 characters, a body of about 800, 5 pictures, no summary.
"""
import functools, os, random, struct, sys, zlib
from pathlib import Path

COUNT = 200
UNITS = ["党建引领", "三全育人", "平安社区", "智慧服务"]
SCHOOLS = ["望川大学", "明山艺术学院", "中国石油大学（华东）", "北方民族与边疆历史文化联合研究大学（乌鲁木齐国际校区）",
           "University of Science and Technology Bremerhaven 学院", "本校", "西南交通职业技术学院", "南屿理工大学"]

# ---------------------------------------------------------------- texts

WORDS = ("宿舍 楼道 读书会 值班室 同学 师傅 夜归灯 自习室 报修 热水 志愿者 辅导员 一站式 服务 大厅 消防 演练 "
         "社区 党员 先锋岗 围炉夜话 心理驿站 旧物交换 劳动 菜地 美术馆 搬进 点亮 守候 约定 从 到 与 在 把 让 "
         "新生 毕业季 家长 物业 食堂 花园 自行车 快递 洗衣房 晾衣架 电梯 天台 星空 雨伞 图书角").split()
SENTENCES = [
    "每天晚上九点，值班的同学会在一楼大厅摆好桌椅，等着大家把当天的问题带过来。",
    "“我们不是来检查卫生的，”她说，“是来听大家说话的。”于是门一扇一扇地开了。",
    "据统计，2026年3月1日至6月30日共收到建议127条，其中94条（约74%）已经办结，平均用时1.5天。",
    "读书会选的第一本书是《平凡的世界》，第二本是《乡土中国》，第三本由大家投票决定……",
    "一、建立台账；二、分片包干；三、限时办结——这三句话贴在每一层的电梯口。",
    "地址：松园3号楼101室（值班电话：0571-8888 6666，微信公众号“松园家园”），全天24小时有人。",
    "学院与Microsoft、NVIDIA等企业共建的AI实验室，每周三14:00–16:30向全体同学开放。",
    "真正难的，不是把活动办起来，而是在期末最忙的那两个星期里也不停下来！",
    "住在一起的人总要互相照应，不是吗？",
]
ADDRESSES = [
    "详情见 https://www.example.edu.cn/community/dormitory/2026/index.html?from=lobby&id=1024 ，或写信至 songyuan-3@example.edu.cn。",
    "地址：浙江省杭州市西湖区余杭塘路866号紫金港校区东区蓝田学园四舍1楼102室，邮编310058。",
    "联系人：王老师 138-0013-8000、(0571) 8795 1234 转 8016；QQ群 123456789。",
]
ENGLISH = [
    "Every evening at nine, volunteers set up a table in the lobby and wait for whatever the day has brought. ",
    "The hardest part, they say, is not to begin but to go on during the two weeks before the examinations. ",
    "By June 2026 the group had answered 127 requests, 94 of them (74%) within a day and a half. ",
    "“We don't come to inspect,” she explains; “we come to listen.” ",
    "Interdisciplinary co-responsibility and counterrevolutionary electroencephalographically-minded words do not break easily. ",
]
UYGHUR = ["بارلىق ئىنسانلار تۇغۇلۇشىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باب-باراۋەر بولۇپ تۇغۇلغان. ",
          "ئۇلار ئەقىلگە ۋە ۋىجدانغا ئىگە ھەمدە بىر-بىرىگە قېرىنداشلىق مۇناسىۋىتىگە خاس روھ بىلەن مۇئامىلە قىلىشى كېرەك. "]
TIBETAN = ["འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌། ཐོབ་ཐངགི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ། ",
           "ཁོང་ཚོར་རང་བྱུང་གི་བློ་རྩལ་དང་བསམ་ཚུལ་བཟང་པོ་འདོན་པའི་འོས་བབས་ཀྱང་ཡོད། "]
CYRILLIC = ["Все люди рождаются свободными и равными в своём достоинстве и правах. ",
            "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "]
EMOJI = ["今天大厅里很热闹🎉🎉，大家一起包饺子🥟、唱歌🎤、拍照📷，👨‍👩‍👧‍👦 家长也来了❤️！", "打卡第100天💯🔥，🇨🇳 5️⃣号楼✅。"]
DIGITS = ["2026 1024 3.14159 100% 12:30 2026-10-08 0571-88886666 1,000,000 ", "3×4=12；5÷2＝2.5；−7℃～38℃；￥99.00。"]
RARE = ["𬭎、䶮、㛃、𫖯四位同学，来自㙍村、𠮷田与喆苑；他们的名字里都有生僻字。", "Ａ座与Ｂ座之间的 café、naïve、Zürich 三间小店。"]
LANGUAGES = {"zh": SENTENCES, "addr": ADDRESSES + SENTENCES[5:7], "en": ENGLISH, "ug": UYGHUR, "bo": TIBETAN,
             "cyr": CYRILLIC, "emoji": EMOJI, "num": DIGITS, "rare": RARE}
FRAMES = ["{}", "“{}”：{}", "《{}》与{}", "{}——{}", "{}：{}（第三期）", "AI+{}2026：{}", "“{}”“{}”！", "{}、{}，{}？"]


def fill(rng, pieces, length):
    """About `length` characters in paragraphs of three to six sentences."""
    lines, total = [], 0
    while total < length:
        line = "".join(rng.choice(pieces) for _ in range(rng.randint(3, 6)))[:length - total].strip()
        lines.append(line)
        total += max(1, len(line))
    return "\n".join(lines)


def title_of(rng, language, length, number):
    if language == "en" and number % 3 == 0:
        text = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2  # one word
    elif language in ("zh", "addr"):
        frame = rng.choice(FRAMES)
        parts = [""] * frame.count("{}")
        while len(frame.format(*parts)) < length:
            parts[rng.randrange(len(parts))] += rng.choice(WORDS)
        text = frame.format(*parts)
    else:
        text = "".join(rng.choice(LANGUAGES[language]) for _ in range(20))
    text = " ".join(text.split())
    while len(text[:length].encode()) > 250:  # what 信息.txt takes
        length -= 1
    return text[:length - 1].strip() + ("楼" if language == "zh" else text[length - 1:length].strip())


# ---------------------------------------------------------------- pictures

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(path, width, height, rows):
    """A row like the one above it is written as no difference to that (PNG, 9.2: filter type 2)."""
    filtered, above = [], None
    for row in rows:
        filtered.append(b"\2" + bytes(len(row)) if row == above else b"\0" + row)
        above = row
    data = zlib.compress(b"".join(filtered), 1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


@functools.cache
def shades(value, grain):
    """What a byte of noise becomes: value, more or less by up to grain."""
    return bytes(max(0, min(255, value + ((n >> 5) * (2 * grain + 1) >> 3) - grain)) for n in range(256))


def rows_of(rng, width, height, colour_at, grain):
    """Cells of one colour each, under a grain that keeps them from being taken for a drawing; all
    rows of a cell are alike, so that making and packing them is quick."""
    noise = rng.randbytes(width)
    across, down = min(40, width), min(40, height)
    edges = [width * i // across for i in range(across + 1)]
    for v in range(down):
        row = bytearray(3 * width)
        for i in range(across):
            piece = noise[edges[i]:edges[i + 1]]
            for c, value in enumerate(colour_at((i + 0.5) / across, (v + 0.5) / down)):
                row[3 * edges[i] + c:3 * edges[i + 1]:3] = piece.translate(shades(value, grain))
        yield from [bytes(row)] * (height * (v + 1) // down - height * v // down)


def photograph(rng, low, high):
    """Soft patches of light, as a photograph out of focus."""
    lights = [(rng.random(), rng.random(), 0.08 + 0.3 * rng.random(), [rng.random() for _ in range(3)]) for _ in range(9)]

    def colour_at(u, v):
        values = [0.25, 0.25, 0.3]
        for x, y, size, tint in lights:
            near = max(0.0, 1 - ((u - x) ** 2 + (v - y) ** 2) / size ** 2)
            values = [value + near * t for value, t in zip(values, tint)]
        return [int(low + (high - low) * min(1, value)) for value in values]
    return colour_at


def flat(r, g, b):
    return lambda u, v: (r, g, b)


def grey(f):
    return lambda u, v: (int(f(u, v)),) * 3


def screenshot_rows(rng, width, height):
    """A chat: lines of text as dark dashes on white."""
    for y in range(height):
        if y % 60 >= 24:
            yield b"\xFF" * 3 * width
            continue
        if y % 60 == 0:
            end = rng.randint(width // 3, width - 60)
            line = b"".join(b"\x22\x22\x22" * 14 + b"\xFF" * 18 for _ in range(end // 20))
        yield (b"\xFF" * 120 + line + b"\xFF" * 3 * width)[:3 * width]


SHAPES = {"1x1": (1200, 1200), "16x9": (1920, 1080), "9x16": (1080, 1920), "4x3": (1600, 1200), "3x4": (1200, 1600),
          "3x1": (2100, 700), "1x3": (500, 1500), "6x1": (3000, 500), "tiny": (64, 64), "small": (320, 240)}


def make_pictures(folder, scale):
    """{name: path} of the pictures that the cases share, 1 / scale as large as they are."""
    rng = random.Random(7)
    textures = {
        "white": (flat(250, 250, 250), 5),
        "black": (flat(8, 8, 8), 8),
        "bright": (photograph(rng, 120, 255), 10),
        "dark": (photograph(rng, 0, 110), 10),
        "photo": (photograph(rng, 10, 250), 12),
        "noise": (flat(128, 128, 128), 127),
        "stripes": (grey(lambda u, v: 255 * (int(u * 40) % 2)), 6),
        "bars": (grey(lambda u, v: 255 * (int(v * 12) % 2)), 6),
        "down": (grey(lambda u, v: 255 * v), 6),
        "across": (grey(lambda u, v: 255 * (1 - u)), 6),
        "yellow": (flat(250, 220, 30), 5),
        "red": (flat(210, 20, 30), 8),
    }
    wanted = [(t, "16x9") for t in textures] + [(t, "9x16") for t in ("white", "photo", "dark", "bars")]
    wanted += [(t, "4x3") for t in ("photo", "white", "bright")] + [(t, "3x4") for t in ("photo", "bright")]
    wanted += [(t, s) for s in ("1x1", "3x1", "1x3", "6x1", "tiny", "small") for t in ("photo", "white")]
    paths = {}
    for texture, shape in wanted:
        colour_at, grain = textures[texture]
        width, height = (side // scale for side in SHAPES[shape])
        paths[f"{texture}-{shape}"] = path = folder / f"{texture}-{shape}.png"
        write_png(path, width, height, rows_of(rng, width, height, colour_at, grain))
    for name, (width, height) in {"chat": (720, 5200), "poster": (900, 1270), "slide": (1280, 720)}.items():
        paths[name] = path = folder / f"{name}.png"
        write_png(path, width, height, screenshot_rows(rng, width, height))
    return paths


# ---------------------------------------------------------------- cases

CAPTIONS = ["", "夜色里的自习室", "“你好”", "从左到右：王芳、李雷、韩梅梅、𬭎老师与物业的师傅们在一楼大厅合影，2026年5月20日摄于松园3号楼",
            "A view of the lobby after the renovation, seen from the main entrance on a rainy evening"]


def add_pictures(rng, folder, pictures, names, captions):
    for number, name in enumerate(names, 1):
        caption = {"none": "", "all": CAPTIONS[1 + number % (len(CAPTIONS) - 1)]}.get(captions, rng.choice(CAPTIONS))
        os.link(pictures[name], folder / (f"{number:02d} {caption}.png" if caption else f"IMG_{number:04d}.png"))


def case_of(number):
    """What case `number` is made of."""
    languages = ["zh"] * 13 + ["en", "ug", "addr", "en", "bo", "emoji", "zh"]
    rare = {38: "num", 58: "cyr", 78: "rare", 98: "num", 118: "cyr", 138: "rare", 158: "num", 178: "ug", 198: "cyr"}
    body = [800, 0, 300, 1500, 40, 600, 2500, 150][number // 2 % 8]
    return {
        "language": rare.get(number, languages[number % len(languages)]),
        "title": 4 + number * 5 % 77,
        "body": {60: 20000, 121: 5000}.get(number, body),
        "pictures": {7: 30, 64: 30, 121: 30}.get(number, [1, 0, 3, 2, 5, 1, 4, 1, 7, 0, 1, 12, 6][number % 13]),
        "summary": [60, 0, 140, 400, 0, 20, 0][number % 7],
        "captions": ["mixed", "none", "all"][number // 3 % 3],
    }


def write_case(root, number, pictures):
    rng, case = random.Random(number), case_of(number)
    language, names = case["language"], sorted(pictures)
    pieces = LANGUAGES[language]
    folder = root / UNITS[number % 4] / f"案例{number:03d}"
    folder.mkdir(parents=True)
    title = title_of(rng, language, case["title"], number)
    label = f"look/{number:03d}-{language}-t{len(title)}-b{case['body']}-p{case['pictures']}-s{case['summary']}"
    info = [f"编号：{label}", f"标题：{title}", f"学校：{SCHOOLS[number % len(SCHOOLS)]}"]
    if case["summary"]:
        info.append("摘要：" + fill(rng, pieces, case["summary"]).replace("\n", " ").encode()[:3000].decode(errors="ignore"))
    if number % 3:
        info.append(f"日期：2026-{1 + number % 12:02d}-15")
    if number % 4 == 1:
        info.append(f"链接：https://www.example.edu.cn/cases/{number}/" + "a-long-path/" * (number % 9))
    (folder / "信息.txt").write_text("\n".join(info) + "\n", encoding="utf-8")
    if case["body"]:
        (folder / "正文.txt").write_text(fill(rng, pieces, case["body"]), encoding="utf-8")
    # each picture is once the first
    chosen = [names[(number * 5 + i * 11) % len(names)] for i in range(case["pictures"])]
    add_pictures(rng, folder, pictures, chosen, case["captions"])


def main():
    root, every = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    pictures = root / "pictures"
    pictures.mkdir(parents=True)
    made = make_pictures(pictures, 1 if every == 1 else 2)
    for number in range(0, COUNT, every):
        write_case(root / "cases", number, made)


main()
