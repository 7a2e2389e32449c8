"""What characters are to whoever checks a setting, from the standards and not from the program.

GB/T 15834-2011 chapter 5.1 and CLREQ (Requirements for Chinese Text Layout, W3C), 标点符号的种类 and
附录 标点符号表, for the marks; UAX #14 where Latin text is concerned.
"""
import re
import unicodedata

OPEN = "“‘（〈《「『【〔〖［｛｟"
CLOSE = "”’）〉》」』】〕〗］｝｠"
PAUSE = "、，；："
STOP = "。．！？"
DOT = "·•・"
SOLIDUS = "／"
CONNECT = "～〜–—―" + SOLIDUS  # one — alone; two are a 破折号
DASH = "—―⸺…⋯"
MARKS = OPEN + CLOSE + PAUSE + STOP + DOT + CONNECT + DASH
SHARED = "“”‘’—…·"  # Chinese in Chinese, Latin in Latin
SMALL_KANA = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮー"
# CLREQ 行首行尾禁则, GB style: 分隔号 neither begins nor ends a line
NOT_FIRST = CLOSE + PAUSE + STOP + DOT + CONNECT + SMALL_KANA + ")]},.;:!?%‰℃"
NOT_LAST = OPEN + SOLIDUS + "([{"

SPACE = re.compile(r"[\t\u0020\u00a0\u2000-\u200b\u3000]+")
DIGITS = "0123456789０１２３４５６７８９"
# CLREQ 符号分离禁则, 数字及其相应的前后缀单位符号; UAX #14 LB25. Full-width digits likewise.
NUMBER = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*|[０-９]+(?:[．，：][０-９]+)*")
PREFIX = re.compile(r"[-+±≈￥¥$€£№][0-9]")
# The longest is taken. A letter behind it means that it was no unit.
UNITS = """% ‰ ％ ℃ °C ° ′ ″ A V W Ω kV kW MW kWh mA mAh Hz kHz MHz GHz
  mm cm m km μm nm cm² m² m³ L mL g mg kg t h min s ms J Pa kPa mmHg dB ppm kcal px
  KB MB GB TB b B Gbps Mbps Gb/s km/h m/s W/m W/(m²·K) μg/m³ /km /kg""".split()
# 量词 and units of Chinese, with the multiples that stand before them
COUNTERS = """年 月 日 号 时 点 分 秒 度 元 角 块 个 人 名 位 次 项 条 间 栋 幢 层 楼 室 本 册 页 字 张 把
  台 辆 只 枚 支 盏 瓶 包 袋 卷 根 盆 件 份 套 组 队 届 期 章 节 周 天 夜 岁 倍 成 斤 吨 米 里 亩 升 克 圈 局
  轮 幕 讲 题 道 场 户 家 所 座 处 步 行 列 排 代 种 类 级 碗 首 棵 枝 扇 票 顿 趟 遍 声 段 句 问 楼层 年级 年代
  世纪 小时 分钟 秒钟 个月 学期 学年 学时 学分 周年 星期 礼拜 公里 千米 厘米 毫米 平方米 立方米 公斤 千克
  毫升 千瓦 千瓦时 摄氏度 人次 余件 余次 美元 欧元 工作日 自然日 百分点 个工作日 个百分点 多人 多人次""".split()
MULTIPLES = "[十百千万亿]{0,2}"


def _longest_first(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNIT = f"(?:{_longest_first(UNITS)})(?![A-Za-z])"
_UNIT = f"{_UNIT}(?:/{_UNIT})*"
AFTER_TIME = re.compile(f"[ \u00a0]?{_UNIT}")
AFTER_NUMBER = re.compile(f"[ \u00a0]?(?:{_UNIT}|{MULTIPLES}(?:{_longest_first(COUNTERS)}))")
# A Han behind a number may be its counter, where the lists cannot tell
PERHAPS = re.compile("(?<![:0-9])[0-9]+ ?(?![的之和与及或到至是为将])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WORD = re.compile("[A-Za-z\u00c0-\u024f\u0300-\u036f\u0370-\u052f\u1e00-\u1fff]+"
                  "(?:['’][A-Za-z]+)*[+#]*")


def is_han(char):
    """Han, kana, hangul: what a quarter em parts from Latin."""
    return unicodedata.east_asian_width(char) == "W" and unicodedata.category(char) == "Lo"


def is_latin(char):
    """Letters and digits of European scripts, and the signs that are read as part of a word: C++,
    #1, 50%. CLREQ speaks of letters and digits only."""
    return char in "0123456789%#&@$+£¥€‰" or (unicodedata.category(char) in ("Lu", "Ll", "Lm", "Lt")
                                    and unicodedata.east_asian_width(char) not in "WF")


def last_letter(text):
    """The last character, or what a combining one stands over."""
    at = len(text) - 1
    while at > 0 and unicodedata.combining(text[at]):
        at -= 1
    return text[at]


def is_wide(char):
    return unicodedata.east_asian_width(char) in "WF"


def has_cjk(text):
    return any(is_han(char) or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"
               for char in text)


def _nearest(text, at, step):
    at += step
    while 0 <= at < len(text) and text[at].isspace():
        at += step
    return text[at] if 0 <= at < len(text) else ""


def latin_marks(text):
    """Where marks that the scripts share are Latin ones: everywhere in a paragraph without
    Chinese; else an apostrophe or dot between letters, and a pair of quotation marks that holds
    Latin and stands in Latin."""
    found = set()
    cjk = has_cjk(text)

    def european(char):
        return char != "" and char not in SHARED and "!" <= char < "\u2e80"

    for at, char in enumerate(text):
        if char not in SHARED:
            continue
        inside = 0 < at < len(text) - 1 and is_latin(text[at - 1]) and is_latin(text[at + 1])
        if not cjk or (char in "’·" and inside):
            found.add(at)
        elif char in "“‘":
            end = text.find("”" if char == "“" else "’", at + 1)
            if end < at + 2:
                continue
            before, after = _nearest(text, at, -1), _nearest(text, end, 1)
            edges = [char for char in (before, after) if char]
            if edges and all(map(european, edges)) and european(text[at + 1]) and \
                    european(text[end - 1]):
                found |= {at, end}
    return found


# UAX #29 as far as prose needs it: what joins the character before, and pairs of flags
_JOINS = "(?:[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)"
CLUSTER = re.compile(f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|.){_JOINS}+|[\U0001f1e6-\U0001f1ff]{{2}}")


def clusters(text):
    """[(start, end)] of those of more than one character."""
    return [found.span() for found in CLUSTER.finditer(text)]


def numbers_with_units(text):
    """[(start of the number, end of the number, end of its unit)]"""
    result = []
    for number in NUMBER.finditer(text):
        pattern = AFTER_TIME if ":" in number.group() else AFTER_NUMBER
        after = pattern.match(text, number.end())
        result.append((number.start(), number.end(), after.end() if after else number.end()))
    return result
