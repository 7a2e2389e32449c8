#include "ingest/naming.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/natural.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_ORDER_CHARACTERS 3   /* four digits are a year */
#define MAX_COMPARED         256 /* code points of a title; longer ones are compared no further */
#define MIN_COMPARED         4 /* shorter titles differ by one character and mean something else */
#define CHANGED_SHARE        5 /* one character in five may differ */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- units: compared as letters and digits only, case and width folded */

enum { KIND_CASE = UNIT_COUNT - 1, KIND_NOTICE, KIND_URGENT }; /* behind a unit's: a level */

static const struct {
    const char *word;
    int kind;
} unit_words[] = {
    {"党建引领", UNIT_PARTY},      {"黨建引領", UNIT_PARTY},      {"党建", UNIT_PARTY},
    {"黨建", UNIT_PARTY},          {"party", UNIT_PARTY},         {"三全育人", UNIT_EDUCATION},
    {"育人", UNIT_EDUCATION},      {"education", UNIT_EDUCATION}, {"平安社区", UNIT_SAFETY},
    {"平安社區", UNIT_SAFETY},     {"平安", UNIT_SAFETY},         {"safety", UNIT_SAFETY},
    {"智慧服务", UNIT_SERVICE},    {"智慧服務", UNIT_SERVICE},    {"智慧", UNIT_SERVICE},
    {"service", UNIT_SERVICE},     {"通知", KIND_NOTICE},         {"紧急通知", KIND_URGENT},
    {"緊急通知", KIND_URGENT},     {"通知公告", KIND_NOTICE},     {"notice", KIND_NOTICE},
    {"notices", KIND_NOTICE},      {"公告", KIND_NOTICE},         {"urgent", KIND_URGENT},
    {"urgentnotice", KIND_URGENT},
};

/* What may stand before or behind, in any number. */
static const char *const before_unit[] = {
    "第", "单元", "單元", "板块", "版块", "模块", "附件", "年度", "年", "unit", "0",
    "1",  "2",    "3",    "4",    "5",    "6",    "7",    "8",    "9",  "〇",   "零",
    "一", "二",   "三",   "四",   "五",   "六",   "七",   "八",   "九", "十",
};
static const char *const behind_unit[] = {
    "单元",   "單元", "板块", "版块",  "模块", "案例集", "案例库", "案例", "优秀",
    "典型",   "类",   "類",   "篇",    "专题", "方向",   "领域",   "项目", "材料",
    "文件夹", "个",   "件",   "cases", "case", "unit",   "0",      "1",    "2",
    "3",      "4",    "5",    "6",     "7",    "8",      "9",
};

static int find_kind(const char *text) {
    for (size_t i = 0; i < COUNT(unit_words); i++)
        if (strcmp(unit_words[i].word, text) == 0)
            return unit_words[i].kind;
    return -1;
}

static const char *skip_word(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_starts(text, words[i]))
            return text + strlen(words[i]);
    return text;
}

/* The length without the first word that the text ends in. */
static size_t trim_word(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_ends(text, words[i]))
            return strlen(text) - strlen(words[i]);
    return strlen(text);
}

/* enum unit, KIND_… or -1. */
static int recognise(const char *name) {
    char *letters = text_fold_letters(name);
    const char *text = letters;
    int kind = -1;
    while ((kind = find_kind(text)) < 0) {
        size_t size = trim_word(text, behind_unit, COUNT(behind_unit));
        const char *rest = skip_word(text, before_unit, COUNT(before_unit));
        if (text[size])
            letters[(size_t)(text - letters) + size] = '\0';
        else if (rest != text)
            text = rest;
        else
            break;
    }
    free(letters);
    return kind;
}

bool naming_unit(const char *name, enum unit *unit) {
    int kind = recognise(name);
    if (kind < 0 || kind > KIND_CASE)
        return false;
    *unit = (enum unit)kind;
    return true;
}

enum level naming_notice(const char *name) {
    int kind = recognise(name);
    return kind > KIND_CASE ? (enum level)(kind - KIND_CASE) : LEVEL_CASE;
}

/* ---- order numbers */

static bool is_one_of(uint32_t c, const char *set) {
    for (uint32_t member; (member = utf8_next(&set));)
        if (member == c)
            return true;
    return false;
}

static uint32_t first_of(const char *text) {
    return utf8_next(&text);
}

static bool starts_number(const char *text) {
    struct natural_number number;
    return natural_number_parse(text, &number) && !number.chinese;
}

static const char *skip_any(const char *text, const char *set) {
    for (const char *ahead = text; *text; text = ahead)
        if (!is_one_of(utf8_next(&ahead), set))
            break;
    return text;
}

static const char *const separators = " \u3000_-–—.．、，,：:）)·";
/* Behind a number these count something: 10分钟, 24小时, 3号楼. */
static const char *const measures =
    "年月日号天个名人位分秒小时点周岁楼栋层元米届场次度件条张步种项间"
    "平万千百亿余多后期级室%％";

static const char *skip_bracketed(const char *name) {
    const char *at = name;
    struct natural_number number;
    if (!is_one_of(utf8_next(&at), "(（[【〔") || !natural_number_parse(at, &number) ||
        number.characters > MAX_ORDER_CHARACTERS)
        return name;
    at += number.bytes;
    return is_one_of(utf8_next(&at), ")）]】〕") ? at : name;
}

/* Whether what follows a number makes it an order number. word: 图 or the like stood before it. */
static bool ends_order(const char *rest, const struct natural_number *number, bool word) {
    const char *behind = rest;
    uint32_t c = utf8_next(&behind);
    if (!c || is_one_of(c, "、）)"))
        return true;
    if (is_one_of(c, ".．:："))
        return !starts_number(behind);
    const char *next = skip_any(rest, " \u3000_-–—·，,");
    if (next != rest)
        return number->leading_zero || number->chinese ||
               (!starts_number(next) && !is_one_of(first_of(next), measures));
    if (number->chinese || is_one_of(c, "后"))
        return false;
    return number->leading_zero || (word && !is_one_of(c, measures));
}

const char *naming_skip_order(const char *name) {
    static const char *const words[] = {"附件", "案例", "图片", "照片", "图", "第"};
    const char *start = skip_any(name, " \u3000");
    const char *at = skip_bracketed(start);
    if (at != start)
        return skip_any(at, separators);
    uint32_t c = utf8_next(&at);
    if (c >= 0x2460 && c <= 0x2473) /* ① to ⑳ */
        return skip_any(at, separators);
    const char *digits = skip_word(start, words, COUNT(words));
    bool word = digits != start, counted = word && first_of(start) == first_of("第");
    digits = word ? skip_any(digits, " \u3000_") : digits;
    struct natural_number number;
    if (!natural_number_parse(digits, &number) || number.characters > MAX_ORDER_CHARACTERS)
        return name;
    const char *rest = digits + number.bytes;
    if (counted) {
        bool picture = is_one_of(utf8_next(&rest), "张幅页图");
        return picture ? skip_any(rest, separators) : name;
    }
    return ends_order(rest, &number, word) ? skip_any(rest, separators) : name;
}

/* ---- title and school */

/* Where the bracket that ends the text opens; NULL: it ends in none. */
static const char *find_bracket(const char *text) {
    const char *open[8] = {NULL}; /* deeper nesting is no school */
    size_t depth = 0;
    const char *last = NULL;
    for (const char *at = text; *at;) {
        const char *here = at;
        uint32_t c = utf8_next(&at);
        last = NULL;
        if (is_one_of(c, "(（[【〔")) {
            if (depth == COUNT(open))
                return NULL;
            open[depth++] = here;
        } else if (is_one_of(c, ")）]】〕") && depth) {
            last = open[--depth];
        }
    }
    return depth ? NULL : last;
}

/* What stands in the bracket that opens at `open` and ends the text. */
static char *bracket_content(const char *open) {
    const char *start = open;
    utf8_next(&start);
    size_t size = strlen(start);
    while (size && ((unsigned char)start[size - 1] & 0xC0) == 0x80)
        size--;
    char *inner = xstrndup(start, size ? size - 1 : 0);
    char *content = text_normalise_line(inner);
    free(inner);
    return content;
}

static bool ends_like_school(const char *name) {
    static const char *const ends[] = {"大学", "学院", "学校", "校区",
                                       "大學", "學院", "學校", "校區"};
    return trim_word(name, ends, COUNT(ends)) != strlen(name);
}

static bool is_school(const char *name, naming_school_known *known, void *user) {
    if ((known && *name && known(user, name)) || ends_like_school(name))
        return true;
    const char *open = find_bracket(name);
    if (!open || open == name)
        return false;
    char *before = xstrndup(name, (size_t)(open - name));
    char *outer = text_normalise_line(before);
    char *inner = bracket_content(open);
    bool school = ends_like_school(outer) || ends_like_school(inner);
    free(inner);
    free(outer);
    free(before);
    return school;
}

void naming_split(const char *name, naming_school_known *known, void *user, char **title,
                  char **school) {
    char *line = text_normalise_line(name);
    const char *open = find_bracket(line);
    char *content = open ? bracket_content(open) : xstrdup("");
    if (open && is_school(content, known, user))
        line[open - line] = '\0';
    else
        content[0] = '\0';
    *title = text_normalise_line(naming_skip_order(line));
    if (!**title) { /* nothing but a number, else nothing but a school: that is its title, too */
        free(*title);
        *title = text_normalise_line(*line ? line : *content ? content : name);
    }
    *school = content;
    free(line);
}

/* ---- files */

/* Where a date or a copy's number at the end of a text begins; its end if there is none. */
static size_t trim_numbers(const char *text) {
    size_t size = strlen(text), start = size, digits = 0;
    static const char *const parts[] = {"年", "月", "日", "-", ".", "_"};
    for (;;) {
        char *head = xstrndup(text, start);
        size_t shorter = trim_word(head, parts, COUNT(parts));
        free(head);
        if (start && text[start - 1] >= '0' && text[start - 1] <= '9')
            digits++, shorter = start - 1;
        if (shorter == start)
            break;
        start = shorter;
    }
    start += strspn(text + start, "-._");
    return digits >= 6 && text_starts(text + start, "20") ? start : size;
}

/* " (1)", "（终稿）" */
static size_t trim_copy(const char *text) {
    const char *open = find_bracket(text);
    if (!open)
        return strlen(text);
    char *content = bracket_content(open);
    struct natural_number number;
    bool counts = natural_number_parse(content, &number) && !number.chinese &&
                  number.characters <= MAX_ORDER_CHARACTERS && !content[number.bytes];
    char *rest = counts ? xstrdup("") : naming_trim_marks(content);
    bool mark = *rest == '\0';
    free(rest);
    free(content);
    return mark ? (size_t)(open - text) : strlen(text);
}

/* "V2", "v1.3" */
static size_t trim_version(const char *text) {
    size_t size = strlen(text), start = size;
    while (start && strchr("0123456789.", text[start - 1]))
        start--;
    bool version = start && start < size && strchr("vV", text[start - 1]) &&
                   (start == 1 || !text_is_letter((unsigned char)text[start - 2]));
    return version ? start - 1 : size;
}

char *naming_trim_marks(const char *name) {
    static const char *const words[] = {"副本",   "终稿",   "定稿",   "最终版", "最终稿", "最终",
                                        "修改稿", "修改版", "修订版", "初稿",   "正式版", "完整版",
                                        "copy",   "Copy",   " ",      "_",      "-",      "–",
                                        "—",      "、",     "，",     "\u3000"};
    char *text = text_normalise_line(name);
    for (size_t before = SIZE_MAX; strlen(text) != before;) {
        before = strlen(text);
        text[trim_word(text, words, COUNT(words))] = '\0';
        text[trim_copy(text)] = '\0';
        text[trim_version(text)] = '\0';
        text[trim_numbers(text)] = '\0';
    }
    return text;
}

char *naming_of_file(const char *file_name) {
    const char *dot = strrchr(file_name, '.');
    char *stem = dot && dot != file_name ? xstrndup(file_name, (size_t)(dot - file_name))
                                         : xstrdup(file_name);
    char *line = text_normalise_line(stem);
    const char *start = naming_skip_order(line);
    if (text_starts(start, "附件"))
        start = skip_any(start + strlen("附件"), separators);
    char *title = naming_trim_marks(start);
    if (!*title) {
        free(title);
        title = xstrdup(line);
    }
    free(line);
    free(stem);
    return title;
}

char *naming_id(const char *school, const char *title) {
    const char *const parts[] = {school, title};
    struct str id = {0};
    for (size_t i = 0; i < COUNT(parts); i++) {
        char *part = text_normalise_line(parts[i]);
        for (const char *at = part; *at; at++)
            if (*at == '/')
                str_add(&id, "／");
            else
                str_add_char(&id, *at);
        if (i == 0)
            str_add_char(&id, '/');
        free(part);
    }
    return str_take(&id);
}

#define NOTICES "通知/" /* how the id of a notice begins */

char *naming_notice_id(const char *said, const char *school, const char *title) {
    if (said)
        return xasprintf("%s%s", text_starts(said, NOTICES) ? "" : NOTICES, said);
    if (!school)
        return naming_id(level_name(LEVEL_NOTICE), title);
    char *id = naming_id(school, title), *whole = xasprintf(NOTICES "%s", id);
    free(id);
    return whole;
}

char *naming_local_id(const char *id, enum level level) {
    char feed[CASE_FEED_SIZE];
    case_own_id(id, feed);
    bool other = *feed || (level == LEVEL_CASE && text_starts(id, NOTICES));
    return other ? xasprintf("本机:%s", id) : xstrdup(id);
}

/* ---- titles that are nearly equal */

static size_t code_points(const char *text, uint32_t points[MAX_COMPARED]) {
    size_t count = 0;
    while (count < MAX_COMPARED && (points[count] = utf8_next(&text)))
        count++;
    return count;
}

/* Levenshtein's distance. */
static size_t distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count) {
    size_t row[MAX_COMPARED + 1];
    for (size_t j = 0; j <= b_count; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b_count];
}

/* The next number that tells editions apart: in digits, or behind 第. Moves *at behind it. */
static bool next_edition(const char **at, uint64_t *value) {
    while (**at) {
        bool counted = text_starts(*at, "第");
        struct natural_number number;
        if (counted)
            utf8_next(at);
        if (natural_number_parse(*at, &number) && (counted || !number.chinese)) {
            *value = number.value;
            *at += number.bytes;
            return true;
        }
        utf8_next(at);
    }
    return false;
}

static bool same_editions(const char *a, const char *b) {
    for (;;) {
        uint64_t m = 0, n = 0;
        bool a_has = next_edition(&a, &m), b_has = next_edition(&b, &n);
        if (!a_has || !b_has)
            return a_has == b_has;
        if (m != n)
            return false;
    }
}

bool titles_nearly_equal(const char *a, const char *b) {
    if (strcmp(a, b) == 0)
        return false;
    char *a_letters = text_fold_letters(a), *b_letters = text_fold_letters(b);
    bool near = strcmp(a_letters, b_letters) == 0 && *a_letters;
    if (!near && same_editions(a_letters, b_letters)) {
        uint32_t m[MAX_COMPARED], n[MAX_COMPARED];
        size_t m_count = code_points(a_letters, m), n_count = code_points(b_letters, n);
        size_t longer = m_count > n_count ? m_count : n_count;
        size_t allowed = longer < 2 * CHANGED_SHARE ? 1 : longer / CHANGED_SHARE;
        near = longer >= MIN_COMPARED && distance(m, m_count, n, n_count) <= allowed;
    }
    free(a_letters);
    free(b_letters);
    return near;
}
