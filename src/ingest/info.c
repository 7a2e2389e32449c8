#include "ingest/info.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/naming.h"
#include "ingest/privacy.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_NAME_BYTES    255  /* as long as a file name may be: 学校, 标题, 编号 */
#define MAX_SUMMARY_BYTES 3072 /* a thousand Han characters; a summary fills one card */
#define MAX_URL_BYTES     2048 /* what browsers and QR codes still take */
#define MAX_BAD_LINES     20   /* a file of prose called 信息.txt; then it is said once more */

enum field {
    FIELD_ID,
    FIELD_SCHOOL,
    FIELD_TITLE,
    FIELD_SUMMARY,
    FIELD_URL,
    FIELD_UNIT,
    FIELD_PHASE,
    FIELD_PUBLISHED,
    FIELD_FROM,
    FIELD_UNTIL,
    FIELD_UNKNOWN
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Compared as letters only. */
static const struct {
    const char *name;
    enum field field;
} field_names[] = {
    {"编号", FIELD_ID},
    {"案例编号", FIELD_ID},
    {"id", FIELD_ID},
    {"学校", FIELD_SCHOOL},
    {"学校名称", FIELD_SCHOOL},
    {"单位", FIELD_SCHOOL},
    {"school", FIELD_SCHOOL},
    {"标题", FIELD_TITLE},
    {"题目", FIELD_TITLE},
    {"案例名称", FIELD_TITLE},
    {"案例标题", FIELD_TITLE},
    {"title", FIELD_TITLE},
    {"摘要", FIELD_SUMMARY},
    {"简介", FIELD_SUMMARY},
    {"案例简介", FIELD_SUMMARY},
    {"summary", FIELD_SUMMARY},
    {"链接", FIELD_URL},
    {"网址", FIELD_URL},
    {"url", FIELD_URL},
    {"单元", FIELD_UNIT},
    {"所属单元", FIELD_UNIT},
    {"unit", FIELD_UNIT},
    {"阶段", FIELD_PHASE},
    {"phase", FIELD_PHASE},
    {"日期", FIELD_PUBLISHED},
    {"发布日期", FIELD_PUBLISHED},
    {"时间", FIELD_PUBLISHED},
    {"发布时间", FIELD_PUBLISHED},
    {"date", FIELD_PUBLISHED},
    {"开始", FIELD_FROM},
    {"开始日期", FIELD_FROM},
    {"开始时间", FIELD_FROM},
    {"start", FIELD_FROM},
    {"结束", FIELD_UNTIL},
    {"结束日期", FIELD_UNTIL},
    {"结束时间", FIELD_UNTIL},
    {"有效期至", FIELD_UNTIL},
    {"end", FIELD_UNTIL},
};

static enum field find_field(const char *name) {
    char *folded = text_fold_letters(name);
    enum field field = FIELD_UNKNOWN;
    for (size_t i = 0; i < COUNT(field_names); i++)
        if (strcmp(field_names[i].name, folded) == 0)
            field = field_names[i].field;
    free(folded);
    return field;
}

static bool set_text(char **place, const char *value, size_t limit) {
    if (strlen(value) > limit)
        return false;
    free(*place);
    *place = xstrdup(value);
    return true;
}

static bool set_phase(const char *value, struct info *info) {
    static const struct {
        const char *name;
        enum phase phase;
    } names[] = {
        {"自主展示", PHASE_SELF},        {"自主", PHASE_SELF},
        {"推荐", PHASE_RECOMMENDED},     {"推荐案例", PHASE_RECOMMENDED},
        {"推荐展示", PHASE_RECOMMENDED}, {"集中展示", PHASE_FEATURED},
        {"集中", PHASE_FEATURED},        {"精选", PHASE_FEATURED},
        {"精选案例", PHASE_FEATURED},
    };
    char *folded = text_fold_letters(value);
    bool known = phase_parse(folded, &info->phase);
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(names[i].name, folded) == 0) {
            info->phase = names[i].phase;
            known = true;
        }
    info->has_phase = info->has_phase || known;
    free(folded);
    return known;
}

static char *without_spaces(const char *text) {
    struct str out = {0};
    for (; *text; text++)
        if (*text != ' ')
            str_add_char(&out, *text);
    return str_take(&out);
}

/* Also full-width digits and spaces: "２０２６ 年 10 月 8 日". */
static bool set_date(const char *value, bool end_of_day, int64_t *ms) {
    char *folded = text_normalise_line(value);
    char *date = text_fold(value);
    char *dense = without_spaces(date);
    bool good = time_parse(folded, end_of_day, ms) || time_parse(dense, end_of_day, ms);
    free(dense);
    free(date);
    free(folded);
    return good;
}

static bool set_until(const char *value, int64_t *ms) {
    if (!strcmp(value, "长期") || !strcmp(value, "长期有效")) {
        *ms = 0;
        return true;
    }
    return set_date(value, true, ms);
}

static bool set_url(char **place, const char *value) {
    const char *host = !strncasecmp(value, "https://", 8)  ? value + 8
                       : !strncasecmp(value, "http://", 7) ? value + 7
                                                           : "";
    return *host && !strpbrk(value, " <>\"") && set_text(place, value, MAX_URL_BYTES);
}

static bool set_field(struct info *info, enum field field, const char *value) {
    switch (field) {
    case FIELD_ID:
        return set_text(&info->id, value, MAX_NAME_BYTES);
    case FIELD_SCHOOL:
        return set_text(&info->school, value, MAX_NAME_BYTES);
    case FIELD_TITLE:
        return set_text(&info->title, value, MAX_NAME_BYTES);
    case FIELD_SUMMARY:
        return set_text(&info->summary, value, MAX_SUMMARY_BYTES);
    case FIELD_URL:
        return set_url(&info->url, value);
    case FIELD_UNIT: {
        bool known = naming_unit(value, &info->unit);
        info->has_unit = info->has_unit || known;
        return known;
    }
    case FIELD_PHASE:
        return set_phase(value, info);
    case FIELD_PUBLISHED:
        return set_date(value, false, &info->published_ms);
    case FIELD_FROM:
        return set_date(value, false, &info->valid_from_ms);
    case FIELD_UNTIL:
        return set_until(value, &info->valid_until_ms);
    case FIELD_UNKNOWN:
        break;
    }
    return false;
}

/* The first colon of either width: its place and, in *behind, what follows. */
static const char *find_colon(const char *line, const char **behind) {
    for (const char *at = line; *at;) {
        const char *here = at;
        uint32_t c = utf8_next(&at);
        if (c == ':' || c == 0xFF1A) {
            *behind = at;
            return here;
        }
    }
    return NULL;
}

/* Sets a field, unless that would end the case before it starts. */
static enum reject take_field(struct info *info, enum field field, const char *value) {
    int64_t from_ms = info->valid_from_ms, until_ms = info->valid_until_ms;
    if (!set_field(info, field, value))
        return REJECT_INFO_LINE;
    if (!info->valid_until_ms || info->valid_from_ms <= info->valid_until_ms)
        return REJECT_COUNT;
    info->valid_from_ms = from_ms;
    info->valid_until_ms = until_ms;
    return REJECT_INFO_DATES;
}

/* REJECT_COUNT: all is well. */
static enum reject parse_line(const char *line, struct info *info) {
    const char *behind = NULL;
    const char *colon = *line == '#' ? NULL : find_colon(line, &behind);
    if (!*line || *line == '#')
        return REJECT_COUNT;
    if (!colon)
        return REJECT_INFO_LINE;
    char *name = xstrndup(line, (size_t)(colon - line));
    char *value = text_normalise_line(behind);
    enum field field = find_field(name);
    enum reject reject = field == FIELD_UNKNOWN ? REJECT_INFO_LINE
                         : *value               ? take_field(info, field, value)
                                                : REJECT_COUNT;
    free(value);
    free(name);
    return reject;
}

static void reject_line(struct reject_list *rejects, const char *path, enum reject reject,
                        int number, const char *line) {
    char *detail = xasprintf("第 %d 行 (line %d): %.*s", number, number,
                             (int)utf8_cut(line, MAX_NAME_BYTES), line);
    struct privacy unheard = {0};
    char *masked = privacy_mask(&unheard, "info", detail, NULL);
    reject_add(rejects, path, reject, masked);
    privacy_finish(&unheard);
    free(masked);
    free(detail);
}

void info_parse(const char *text, const char *path, struct info *info,
                struct reject_list *rejects) {
    int number = 0, bad = 0;
    while (*text && bad <= MAX_BAD_LINES) {
        const char *end = strchrnul(text, '\n');
        char *raw = xstrndup(text, (size_t)(end - text));
        char *line = text_normalise_line(raw);
        number++;
        enum reject reject = parse_line(line, info);
        if (reject != REJECT_COUNT && bad++ < MAX_BAD_LINES)
            reject_line(rejects, path, reject, number, line);
        free(line);
        free(raw);
        text = *end ? end + 1 : end;
    }
    if (bad > MAX_BAD_LINES)
        reject_add(rejects, path, REJECT_INFO_LINE, "其余略 (and more)");
}

void info_finish(struct info *info) {
    free(info->id);
    free(info->school);
    free(info->title);
    free(info->summary);
    free(info->url);
    *info = (struct info){0};
}
