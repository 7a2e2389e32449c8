#include "ingest/caption.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/naming.h"
#include "ingest/text.h"

/* Limits. */
#define STAMP_DIGITS 6  /* fewer at the start of a name may count something */
#define HASH_DIGITS  12 /* fewer hexadecimal digits may be a word */
#define TOKEN_LENGTH 20 /* longer than any word: what messengers make of Base64 */
#define MAX_ROUNDS   4  /* "01 IMG_1234 （2）合影": parts taken off one after another */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const separators = " _-–—.．、，,：:()（）[]【】~+@#";

static bool is_separator(uint32_t c) {
    for (const char *at = separators; *at;)
        if (utf8_next(&at) == c)
            return true;
    return false;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *skip_separators(const char *text) {
    for (const char *ahead = text; *text; text = ahead)
        if (!is_separator(utf8_next(&ahead)))
            break;
    return text;
}

static char *stem_of(const char *name) {
    const char *dot = strrchr(name, '.');
    char *stem = dot && dot != name ? xstrndup(name, (size_t)(dot - name)) : xstrdup(name);
    char *line = text_normalise_line(stem);
    free(stem);
    return line;
}

/* What programs put behind the start of a name, besides digits and separators. */
static const char *skip_machine_word(const char *text) {
    static const char *const words[] = {"副本", "上午", "下午", "编辑"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_starts(text, words[i]))
            return text + strlen(words[i]);
    return text;
}

/* 年, 月, 日, 时, 分, 秒 between the digits of a date: "2026年5月12日 101112" */
static const char *skip_date_word(const char *text, const char *start) {
    static const char *const words[] = {"年", "月", "日", "时", "分", "秒"};
    if (text == start || !is_digit(text[-1]))
        return text;
    for (size_t i = 0; i < COUNT(words); i++) {
        const char *behind = text + strlen(words[i]);
        if (text_starts(text, words[i]) &&
            (!*behind || is_digit(*behind) || skip_separators(behind) != behind))
            return behind;
    }
    return text;
}

/* Past everything a program may have written, to the first character of a person; *digits counts.
 */
static const char *skip_machine_tail(const char *text, bool letters, int *digits) {
    for (const char *at = text;;) {
        const char *start = at;
        at = skip_separators(at);
        for (; is_digit(*at) || (letters && is_letter(*at)); at++)
            *digits += is_digit(*at);
        at = skip_date_word(at, text);
        at = skip_machine_word(at);
        if (at == start)
            return at;
    }
}

struct prefix {
    const char *text;
    int digits;   /* how many must follow */
    bool letters; /* letters may follow, too: IMG_20260512_WA0001 */
};

static const struct prefix prefixes[] = {
    {"mmexport", 0, true},      {"wx_camera", 0, true},    {"WeChatIMG", 0, true},
    {"Screenshot", 0, true},    {"Screen Shot", 0, true},  {"MVIMG", 1, true},
    {"IMG", 1, true},           {"DSCN", 1, true},         {"DSCF", 1, true},
    {"DSC", 1, true},           {"PXL", 1, true},          {"VID", 1, true},
    {"PANO", 1, true},          {"P", 5, false},           {"image", 0, false},
    {"photo", 0, false},        {"picture", 0, false},     {"beauty", 0, true},
    {"Camera", 0, false},       {"Slide", 0, false},       {"Untitled", 0, false},
    {"unnamed", 0, false},      {"微信图片", 0, false},    {"微信截图", 0, false},
    {"微信照片", 0, false},     {"QQ图片", 0, false},      {"QQ截图", 0, false},
    {"QQ浏览器截图", 0, false}, {"企业微信截图", 0, true}, {"企业微信图片", 0, true},
    {"屏幕截图", 0, false},     {"屏幕快照", 0, false},    {"截图", 0, false},
    {"截屏", 0, false},         {"幻灯片", 0, false},      {"图片", 0, false},
    {"照片", 0, false},         {"相片", 0, false},        {"图像", 0, false},
    {"录屏", 0, false},         {"录像", 0, false},        {"微信视频", 0, false},
    {"视频", 0, false},         {"影片", 0, false},        {"屏幕录制", 0, false},
    {"MOV", 1, true},           {"lv", 1, true},           {"video", 0, false},
    {"movie", 0, false},        {"未命名", 0, false},      {"无标题", 0, false},
    {"扫描", 1, false},
};

/* A prefix fits if what a program writes follows, and then nothing, or a person's words. */
static const char *skip_prefix(const char *text, const struct prefix *prefix) {
    size_t size = strlen(prefix->text);
    if (strncasecmp(text, prefix->text, size) != 0)
        return text;
    int digits = 0;
    const char *rest = skip_machine_tail(text + size, prefix->letters, &digits);
    if (digits < prefix->digits || (*rest && !digits))
        return text;
    /* "照片 2026年迎新", "Slide3D": the number belongs to what follows */
    bool joined = *rest && is_digit(rest[-1]) && (is_letter(*rest) || text_starts(rest, "年"));
    return joined ? text : rest;
}

/* "20260512_", "2026-05-12 ", "1655555555555" */
static const char *skip_stamp(const char *text) {
    int digits = 0;
    const char *rest = skip_machine_tail(text, false, &digits);
    static const char *const counted[] = {"人", "名", "元", "次", "个",
                                          "米", "年", "余", "多", "万"};
    bool counts = false;
    for (size_t i = 0; i < COUNT(counted); i++)
        counts = counts || (rest != text && is_digit(rest[-1]) && text_starts(rest, counted[i]));
    return digits >= STAMP_DIGITS && !counts && is_digit(*text) ? rest : text;
}

/* "DSC0001", "A7R03456": a few letters and a number of the kind cameras count with */
static const char *skip_counter(const char *text) {
    const char *at = text;
    while (is_letter(*at))
        at++;
    if (at == text || at - text > 4)
        return text;
    at += *at == '_' || *at == '-';
    const char *digits = at;
    while (is_digit(*at))
        at++;
    return at - digits >= 3 && skip_separators(at) != text && !is_letter(*at) ? at : text;
}

/* A hash, a UUID, or the Base64 of a messenger, from start to end. */
static bool is_token(const char *text) {
    size_t hexadecimal = 0, digits = 0, upper = 0, lower = 0, others = 0;
    for (const char *at = text; *at; at++) {
        if (*at == '-' || *at == '_')
            continue;
        hexadecimal += strchr("0123456789abcdefABCDEF", *at) != NULL;
        digits += is_digit(*at);
        upper += *at >= 'A' && *at <= 'Z';
        lower += *at >= 'a' && *at <= 'z';
        others += !is_digit(*at) && !is_letter(*at);
    }
    size_t all = digits + upper + lower;
    if (others)
        return false;
    return (hexadecimal == all && digits && all >= HASH_DIGITS) ||
           (all >= TOKEN_LENGTH && digits && upper && lower);
}

/* Behind 封面 or cover, where it stands alone and is not the start of a word; else text. */
static const char *skip_cover(const char *text) {
    static const char *const kinds[] = {"图片", "照片", "图"};
    const char *at = text;
    if (text_starts(at, "封面"))
        at += strlen("封面");
    else if (strncasecmp(at, "cover", 5) == 0)
        at += 5;
    else
        return text;
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_starts(at, kinds[i])) {
            at += strlen(kinds[i]);
            break;
        }
    while (is_digit(*at))
        at++;
    return !*at || skip_separators(at) != at ? at : text;
}

static const char *skip_machine(const char *text) {
    if (is_token(text))
        return text + strlen(text);
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        const char *rest = skip_prefix(text, prefixes + i);
        if (rest != text)
            return rest;
    }
    const char *rest = skip_stamp(text);
    return rest != text ? rest : skip_counter(text);
}

/* Whether any letter is there; a number alone says nothing. */
static bool has_words(const char *text) {
    for (uint32_t c; (c = utf8_next(&text));)
        if (text_is_letter(c))
            return true;
    return false;
}

/* Underscores to spaces, no separators at the ends; brackets stay. */
static char *tidy(const char *text) {
    static const char *const edges = " -–—、，,：:.~";
    char *spaced = xstrdup(text);
    for (char *at = spaced; *at; at++)
        *at = *at == '_' ? ' ' : *at;
    const char *start = spaced, *end = spaced + strlen(spaced);
    for (const char *at = spaced; *at;) {
        const char *here = at;
        uint32_t c = utf8_next(&at);
        bool edge = false;
        for (const char *e = edges; *e;)
            edge = utf8_next(&e) == c || edge;
        if (!edge)
            end = at;
        else if (here == start)
            start = at;
    }
    char *part = xstrndup(start, start < end ? (size_t)(end - start) : 0);
    char *line = text_normalise_line(part);
    free(part);
    free(spaced);
    return line;
}

char *caption_from_name(const char *name) {
    char *stem = stem_of(name);
    const char *rest = stem;
    for (int round = 0; round < MAX_ROUNDS && *rest; round++) {
        const char *before = rest;
        rest += strspn(rest, " _"); /* _DSC0123: Adobe RGB */
        rest = skip_cover(rest);
        rest = skip_machine(rest);
        rest = naming_skip_order(rest);
        if (rest == before)
            break;
    }
    char *marked = naming_trim_marks(rest);
    char *caption = tidy(has_words(marked) ? marked : "");
    free(marked);
    free(stem);
    return caption;
}

bool caption_names_cover(const char *name) {
    char *stem = stem_of(name);
    const char *rest = naming_skip_order(stem);
    bool cover = skip_cover(rest) != rest || skip_cover(stem) != stem;
    free(stem);
    return cover;
}

/* What a code is for, in any number, before its name. */
static const char *skip_purposes(const char *letters) {
    static const char *const purposes[] = {
        "微信", "公众号", "视频号", "小程序", "官方", "学校", "学院", "本校",  "社区", "宿舍",
        "活动", "案例",   "报名",   "报修",   "预约", "签到", "投票", "问卷",  "反馈", "关注",
        "扫码", "网页",   "网址",   "链接",   "详情", "推文", "群",   "wechat"};
    for (const char *at = letters;; letters = at) {
        for (size_t i = 0; i < COUNT(purposes) && at == letters; i++)
            if (text_starts(letters, purposes[i]))
                at = letters + strlen(purposes[i]);
        if (at == letters)
            return letters;
    }
}

bool caption_names_code(const char *name) {
    static const char *const names[] = {"二维码", "二维码图", "二维码图片", "二維碼",
                                        "qr",     "qrcode",   "qr码"};
    char *stem = stem_of(name), *marked = naming_trim_marks(naming_skip_order(stem));
    char *letters = text_fold_letters(marked);
    for (size_t size = strlen(letters); size && is_digit(letters[size - 1]);)
        letters[--size] = '\0';
    const char *rest = skip_purposes(letters);
    bool code = false;
    for (size_t i = 0; i < COUNT(names); i++)
        code = code || strcmp(rest, names[i]) == 0;
    free(letters);
    free(marked);
    free(stem);
    return code;
}

bool caption_names_whole(const char *name) {
    static const char *const words[] = {
        "海报", "宣传页", "展板", "幻灯片", "ppt",    "截图", "截屏",       "截圖",
        "海報", "二维码", "推文", "证书",   "流程图", "表格", "screenshot", "screen shot",
    };
    char *stem = stem_of(name);
    char *folded = text_fold(stem);
    bool whole = false;
    for (size_t i = 0; i < COUNT(words); i++)
        whole = whole || strstr(folded, words[i]);
    const char *start = naming_skip_order(folded);
    if (!whole && text_starts(start, "slide")) {
        const char *rest = skip_separators(start + strlen("slide"));
        whole = !*rest || is_digit(*rest);
    }
    free(folded);
    free(stem);
    return whole;
}
